"""Who comes in where: the sign-in page for strangers, 404 for what is not one's own, and no side door (G33, G38, G41)."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db.models import Max
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from prongsai.complaints import acts
from prongsai.complaints.models import Case, Exclusion
from prongsai.complaints.tests.steps import act_url, file_complaint, said
from prongsai.ledger.models import Entry

pytestmark = pytest.mark.django_db

STRANGERS = (
    "governor",
    "vice_governor",
    "head_agency",
    "system_admin",
    "officer",
    "auditor",
    "damrongtham_officer",
)


def doors(case: Case) -> list[str]:
    """Every address at which a case could be met."""
    return [
        reverse("office:register", args=["complaints"]),
        reverse("office:register-csv", args=["complaints"]),
        reverse("office:register-xlsx", args=["complaints"]),
        reverse("office:record", args=["complaints", case.pk]),
        act_url(acts.StartScreening, case),
    ]


def test_a_stranger_is_sent_to_sign_in_and_back() -> None:
    case = file_complaint().case
    pages = ("office:my-work", "office:notices", "office:registers", "office:dashboard", "office:search")
    for url in [*map(reverse, pages), *doors(case)]:
        answer = Client().get(url)
        assert answer.status_code == 302
        assert answer["Location"] == f"{reverse('account_login')}?next={url}"


def test_after_signing_in_one_stands_where_one_wanted_to_go(world: Any) -> None:
    from prongsai.organisation.sample import SAMPLE_PASSWORD

    wanted, browser = reverse("office:registers"), Client()
    typed = {"login": world["officer"].email, "password": SAMPLE_PASSWORD, "next": wanted}

    answer = browser.post(reverse("account_login"), typed)

    assert (answer.status_code, answer["Location"]) == (302, wanted)
    assert browser.get(wanted).status_code == 200


@pytest.mark.parametrize("key", STRANGERS)
def test_G38_for_those_outside_the_team_the_matter_does_not_exist(client_of: Any, key: str) -> None:
    case, client = file_complaint().case, client_of(key)

    assert [client.get(url).status_code for url in doors(case)] == [404] * 5
    assert client.post(act_url(acts.StartScreening, case), {"version": 1}).status_code == 404
    for page in (
        reverse("office:search") + "?q=0001",
        reverse("office:register", args=["duties"]),
        reverse("office:registers"),
    ):
        answer = client.get(page)
        assert case.number not in said(answer)
    assert Case.objects.get(pk=case.pk).state == Case.State.RECEIVED


def test_a_named_officer_does_not_meet_the_matter_anywhere(client_of: Any, world: Any) -> None:
    case, other = file_complaint().case, file_complaint().case
    Exclusion.objects.create(case=case, person=world["center_officer"].person)
    client = client_of("center_officer")

    listed, exported = (client.get(url) for url in doors(case)[:2])
    texts = [said(listed), b"".join(exported).decode("utf-8-sig")]
    texts += [said(client.get(reverse("office:search") + f"?q={case.number}"))]
    texts += [said(client.get(reverse("office:register", args=["duties"])))]

    assert all(f">{case.number}<" not in text and f"{case.number}," not in text for text in texts)
    assert all(other.number in text for text in (texts[0], texts[1], texts[3]))
    assert "พบ 1 รายการ" in texts[0]
    assert client.get(doors(case)[3]).status_code == 404
    assert client.get(act_url(acts.StartScreening, case)).status_code == 404


def test_G01_G34_G37_list_count_csv_and_xlsx_agree_and_the_export_is_on_record(client_of: Any) -> None:
    cases = [file_complaint().case for _ in range(3)]
    client = client_of("center_officer")
    query = "?state=received"
    # Reads are committed on their own: other tests' stay in the ledger.
    before = Entry.objects.aggregate(last=Max("pk"))["last"] or 0

    page = said(client.get(reverse("office:register", args=["complaints"]) + query))
    raw = b"".join(client.get(reverse("office:register-csv", args=["complaints"]) + query))
    book = client.get(reverse("office:register-xlsx", args=["complaints"]) + query)
    sheet = load_workbook(io.BytesIO(b"".join(book))).active

    assert raw.startswith(b"\xef\xbb\xbf")
    head, *lines = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    assert {"เลขที่เรื่อง", "วันที่รับเรื่อง", "สถานะ", "เหตุหลัก"} <= set(head)
    numbers = {case.number for case in cases}
    assert {line[0] for line in lines} == {row[0].value for row in list(sheet.rows)[1:]} == numbers
    assert f"พบ {len(cases)} รายการ" in page
    reads = Entry.objects.filter(kind="registers.export_read", pk__gt=before).order_by("pk")
    assert [(e.content["kind"], e.content["rows"], e.secrecy) for e in reads] == [
        ("csv", 3, "S3"),
        ("xlsx", 3, "S3"),
    ]


def test_secret_pages_are_not_kept_by_any_cache(client_of: Any) -> None:
    case = file_complaint().case
    for url in doors(case):
        assert "no-store" in client_of("center_officer").get(url)["Cache-Control"], url


def test_an_account_without_a_person_is_told_why_it_may_do_nothing(db: None) -> None:
    from prongsai.organisation.models import User

    nobody, browser = User.objects.create_user("nobody@example.org", "long-enough-for-this-1"), Client()
    browser.force_login(nobody, backend="prongsai.organisation.accounts.Backend")

    answer = browser.get(reverse("office:my-work"))

    assert answer.status_code == 403
    assert "ยังมิได้ผูกกับบุคคล" in said(answer)


@pytest.mark.parametrize("name", ["office:register", "office:register-csv"])
def test_an_unknown_register_is_not_found(client_of: Any, name: str) -> None:
    assert client_of("governor").get(reverse(name, args=["nothing"])).status_code == 404


def test_G39_people_are_listed_as_far_as_a_post_reaches(client_of: Any, world: Any) -> None:
    def names(key: str) -> str:
        return said(client_of(key).get(reverse("office:register", args=["people"])))

    own, foreign = world["officer"].person.full_name, world["officer_6"].person.full_name
    assert own in names("head_agency")
    assert foreign not in names("head_agency")
    assert own in names("supervisor")
    assert world["acting_head"].person.full_name not in names("supervisor")
    assert foreign in names("governor")
    assert client_of("officer").get(reverse("office:register", args=["people"])).status_code == 404


def test_C41_a_list_is_sorted_in_the_order_of_the_thai_dictionary(client_of: Any, world: Any) -> None:
    """In the order of code points เกา and ไก่ would stand behind น้ำ."""
    ordered = ["กา", "เกา", "ไก่", "ขา", "น้ำ"]
    people = ("officer", "supervisor", "auditor", "officer_6", "head_agency")
    for name, key in zip(ordered, people, strict=True):
        person = world[key].person
        person.first_name, person.last_name = name, "เรียงลำดับ"
        person.save()

    def listed(sort: str) -> list[str]:
        query = {"q": "เรียงลำดับ", "sort": sort}
        answer = client_of("governor").get(reverse("office:register", args=["people"]), query)
        return [row.record.first_name for row in answer.context["shown"].rows]

    assert listed("name") == ordered
    assert listed("-name") == ordered[::-1]


def test_G39_people_are_found_by_any_part_of_a_name_or_post(client_of: Any, world: Any) -> None:
    """By a former surname too, for whoever married; of another agency's people nothing is found (G39)."""
    person = world["officer"].person
    person.former_last_names = ["นามสกุลเดิมทดสอบ"]
    person.save()

    def found(key: str, words: str) -> bool:
        answer = client_of(key).get(reverse("office:register", args=["people"]), {"q": words})
        assert answer.status_code == 200
        return person.full_name in answer.content.decode()

    for words in (
        person.last_name[1:],
        person.first_name,
        "สกุลเดิมทดสอบ",
        f"{person.last_name} {person.first_name}",
    ):
        assert found("governor", words), words
    assert not found("governor", "ไม่มีผู้ใดชื่อนี้")
    assert not found("head_health", person.last_name)
