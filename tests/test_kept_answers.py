"""A kept answer holds exactly as long as the tables that it was looked up from."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from prongsai.config.postgresql.kept import Kept, fingerprint, grown, together
from prongsai.organisation.models import Agency, Person

pytestmark = pytest.mark.django_db


class Names:
    """The names of the agencies, and how often they were looked up."""

    def __init__(self) -> None:
        self.kept = Kept[list[str]](fingerprint("organisation_agency"))
        self.times = 0

    def look_up(self) -> list[str]:
        self.times += 1
        return list(Agency.objects.order_by("pk").values_list("name_th", flat=True))

    def get(self, key: str = "50") -> list[str]:
        return self.kept.get(key, self.look_up)


def test_an_answer_is_kept_until_a_row_changes(world):
    names = Names()
    before = names.get()
    assert names.get() is before and names.times == 1
    agency = Agency.objects.order_by("pk").first()

    Agency.objects.filter(pk=agency.pk).update(name_th="ชื่อใหม่")  # tells nobody, as a bulk write does
    assert "ชื่อใหม่" in names.get() and names.times == 2
    Agency.objects.filter(pk=agency.pk).update(name_th=agency.name_th)
    assert names.get() == before and names.times == 3


def test_what_was_rolled_back_is_forgotten(world):
    names = Names()
    before = names.get()
    agency = Agency.objects.order_by("pk").first()
    with transaction.atomic():
        Agency.objects.filter(pk=agency.pk).update(name_th="ชื่อที่ยกเลิก")
        assert "ชื่อที่ยกเลิก" in names.get()
        transaction.set_rollback(True)
    assert names.get() == before


def test_every_key_has_its_own_answer(world):
    kept = Kept[int](fingerprint("organisation_agency"))
    assert [kept.get(n, lambda n=n: n) for n in range(40)] == list(range(40))


def test_a_history_that_grew_is_noticed(world):
    kept = Kept[int](grown("organisation_personevent", "pgh_id"))
    look_up = iter(range(10)).__next__
    assert [kept.get("", look_up), kept.get("", look_up)] == [0, 0]
    Person.objects.filter(pk=Person.objects.first().pk).update(position="นักวิชาการ")
    assert kept.get("", look_up) == 1


def test_several_are_asked_in_one_statement_and_hold_within_the_block(world):
    names, others = Names(), Kept[int](fingerprint("organisation_agency"), fingerprint("organisation_post"))
    before = names.get()
    others.get("", lambda: 1)
    with CaptureQueriesContext(connection) as asked, together(names.kept, others):
        assert (names.get(), others.get("", lambda: 2)) == (before, 1)
        Agency.objects.filter(pk=Agency.objects.first().pk).update(name_th="ชื่อใหม่")
        assert names.get() == before
    assert [q["sql"].count("organisation_agency") for q in asked if q["sql"].startswith("SELECT (")] == [1]
    assert "ชื่อใหม่" in names.get()
    assert others.get("", lambda: 2) == 2
