"""Somebody leaves: shut out on the day after, nothing left without somebody who answers for it, nothing of history changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from prongsai import sealed
from prongsai.acts.models import Due
from prongsai.complaints.acts import StartScreening
from prongsai.complaints.leaving import next_handler
from prongsai.complaints.models import Case, Exclusion
from prongsai.complaints.tests.steps import file_complaint
from prongsai.ledger.models import Entry
from prongsai.notices.models import Notice
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person, RoleAssignment, Tenure, User
from prongsai.organisation.periods import today
from prongsai.organisation.sample import SAMPLE_PASSWORD
from prongsai.staff.acts import CancelDeparture, OrderDeparture
from prongsai.staff.clock import complete_departures
from prongsai.staff.models import Departure
from prongsai.staff.tests.steps import do, make, sign_in
from prongsai.staff.thaid.identity import citizen_key, link, linked
from prongsai.thai.dates import format_date

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_attempts_counted() -> None:
    cache.clear()


def order(client_of: Any, by: str, who: Any, days: int = 0, **data: Any) -> Any:
    last = format_date(today() + dt.timedelta(days=days), style="numeric")
    return make(client_of(by), OrderDeparture, leaver=who.person_id, cause="retired", last_day=last, **data)


def ordered(client_of: Any, by: str, who: Any, days: int = 0, **data: Any) -> Departure:
    answer = order(client_of, by, who, days, **data)
    assert answer.status_code == 303, answer.content.decode()
    return Departure.objects.get(person=who.person_id)


def tomorrow() -> Any:
    return time_machine.travel(timezone.now() + dt.timedelta(days=1), tick=True)


def test_the_account_works_to_the_last_day_and_not_after(client_of: Any, world: dict[str, Any]):
    who = world["web_officer"]
    browser, _answer = sign_in(who.email, SAMPLE_PASSWORD)
    ordered(client_of, "head_agency", who, successor=world["officer"].person_id)
    assert browser.get(reverse("office:my-work")).status_code == 200
    with tomorrow():
        # Before the clock has run.
        assert browser.get(reverse("office:my-work")).status_code == 302
        assert sign_in(who.email, SAMPLE_PASSWORD)[1].url == reverse("account_inactive")
        assert not Actor.of(Person.objects.get(pk=who.person_id)).roles
        assert complete_departures() == 1
        assert complete_departures() == 0
    account = User.objects.get(pk=who.pk)
    assert not account.is_active and not account.has_usable_password()
    # Even if somebody opened the account again, no session of before would live.
    User.objects.filter(pk=who.pk).update(is_active=True)
    Person.objects.filter(pk=who.person_id).update(end=None)
    assert browser.get(reverse("office:my-work")).status_code == 302


def test_roles_posts_and_the_tie_to_thaid_end_and_history_stays(client_of: Any, world: dict[str, Any]):
    who = world["head_health"]
    link(who, citizen_key("1101700230708"))
    departure = ordered(client_of, "governor", who, successor=world["head_agency"].person_id)
    tenure = Tenure.objects.get(person=who.person)
    assert (tenure.start, tenure.end) == (dt.date(2017, 10, 1), today())
    with tomorrow():
        complete_departures()
    assert linked(who) is None
    assert Person.objects.get(pk=who.person_id).full_name == who.person.full_name
    departure.refresh_from_db()
    assert departure.state == Departure.State.COMPLETED and departure.completed_at
    (entry,) = Entry.objects.filter(kind="staff.complete_departure")
    assert entry.actor_label == "ระบบ" and entry.content["account_closed"] is True


def test_C31_C33_cases_go_to_a_colleague_who_holds_the_key(
    client_of: Any, unlocked_client_of: Any, world: dict[str, Any]
):
    handler, successor = world["center_officer"], world["center_officer_3"]
    filed = file_complaint()
    case = filed.case
    assert do(unlocked_client_of("center_officer"), StartScreening, case).status_code == 303
    notes = list(Entry.objects.for_subject("complaints.case", str(case.pk)).values("id", "actor_label"))
    departure = ordered(client_of, "head_provincial_office", handler, successor=successor.person_id)
    page = (
        client_of("head_provincial_office")
        .get(f"/office/registers/departures/{departure.pk}/")
        .content.decode()
    )
    assert "เรื่องร้องเรียน (ลับ) 1 เรื่อง" in page and filed.number not in page
    with tomorrow():
        complete_departures()
        case = Case.objects.get(pk=case.pk)
        assert case.handler == successor.person and case.state == Case.State.SCREENING
        assert not Due.objects.open().filter(owed_person=handler.person).exists()
        assert Due.objects.open().get(record_id=case.pk).owed_person == successor.person
        assert Notice.objects.filter(recipient=successor.person, kind="complaints.hand_over").exists()
    old = list(
        Entry.objects.filter(pk__in=[n["id"] for n in notes]).order_by("pk").values("id", "actor_label")
    )
    assert old == sorted(notes, key=lambda n: n["id"])
    assert sealed.keyholder_of(handler.person) is None
    departure.refresh_from_db()
    assert departure.handed_over == {"เรื่องร้องเรียน (ลับ)": 1}


def test_C31_a_case_never_goes_to_whom_it_names_nor_to_one_without_the_key(
    unlocked_client_of: Any, world: dict[str, Any]
):
    """The successor of everything else may be barred from this very case."""
    filed = file_complaint()
    case = filed.case
    do(unlocked_client_of("center_officer"), StartScreening, case)
    leaver, barred = world["center_officer"].person, world["center_officer_2"].person
    Exclusion.objects.create(case=case, person=barred)
    for successor in (barred, world["head_provincial_office"].person):
        chosen = next_handler(case, leaver, successor)
        assert chosen is not None and chosen not in (leaver, barred, successor)
        assert case.envelope.grants.filter(keyholder__person=chosen).exists()


def test_open_duties_and_subordinates_go_to_the_successor_or_the_head(client_of: Any, world: dict[str, Any]):
    leaver, head = world["supervisor"].person, world["head_agency"].person
    subordinates = set(leaver.subordinates.values_list("pk", flat=True))
    assert len(subordinates) >= 3
    departure = ordered(client_of, "head_agency", world["supervisor"], successor=world["officer"].person_id)
    with tomorrow():
        complete_departures()
    officer = Person.objects.get(pk=world["officer"].person_id)
    assert officer.supervisor == head  # not his own superior
    assert set(officer.subordinates.values_list("pk", flat=True)) == subordinates - {officer.pk}
    departure.refresh_from_db()
    assert departure.handed_over == {"ผู้ใต้บังคับบัญชา": len(subordinates)}


def test_without_a_successor_the_head_takes_over(client_of: Any, world: dict[str, Any]):
    departure = ordered(client_of, "head_agency", world["officer"])
    assert departure.successor == world["head_agency"].person
    # Nobody else heads this agency.
    assert order(client_of, "governor", world["head_agency"]).status_code == 409


def test_a_day_that_is_over_closes_at_once(client_of: Any, world: dict[str, Any]):
    departure = ordered(client_of, "head_agency", world["officer"], days=-1)
    assert departure.state == Departure.State.COMPLETED
    assert not User.objects.get(pk=world["officer"].pk).is_active


def test_cancelling_gives_back_every_end(client_of: Any, world: dict[str, Any]):
    who = world["supply_officer"]
    departure = ordered(client_of, "head_agency", who, days=3)
    assert order(client_of, "head_agency", who, days=4).status_code == 409
    assert RoleAssignment.objects.get(person=who.person).end == departure.last_day
    assert do(client_of("head_agency"), CancelDeparture, departure).status_code == 303
    assert RoleAssignment.objects.get(person=who.person).end is None
    assert Person.objects.get(pk=who.person_id).end is None
    with time_machine.travel(timezone.now() + dt.timedelta(days=5)):
        assert complete_departures() == 0


def test_who_may_order_it(client_of: Any, world: dict[str, Any]):
    who = world["officer"]
    for by in ("officer", "supervisor", "system_admin", "center_officer", "auditor"):
        assert order(client_of, by, who).status_code == 403
    for by in ("head_health", "governor"):  # of another agency; not of heads
        assert order(client_of, by, who).status_code == 422
    assert order(client_of, "head_agency", world["head_agency"]).status_code == 422  # nobody for himself
    assert not Departure.objects.exists()


def test_the_last_key_is_pointed_out_before_it_is_lost(client_of: Any, world: dict[str, Any]):
    file_complaint()
    for key in ("center_head", "center_officer_2", "center_officer_3", "head_provincial_office"):
        if holder := sealed.keyholder_of(world[key].person):
            sealed.retire_keys(holder)
    departure = ordered(client_of, "head_provincial_office", world["center_officer"], days=3)
    page = client_of("head_provincial_office").get(f"/office/registers/departures/{departure.pk}/")
    assert "ไม่มีผู้อื่นถือกุญแจ" in page.content.decode()
