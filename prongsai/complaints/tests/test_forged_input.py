"""Whatever a script sends that no page offered, and at the sender's own door: never a server error, nothing filed (C10)."""

from __future__ import annotations

import re

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from django.urls import reverse

from prongsai.complaints import tokens
from prongsai.complaints.models import Case
from prongsai.complaints.tests import steps
from prongsai.complaints.tests.nasty import CHOICES, LONG, NASTY, OTHERS, box, is_thai, shortened, summary
from prongsai.organisation.models import Agency, Province

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", NASTY)
def test_C10_forged_choices_and_hidden_fields_are_no_server_error(world, kind):
    client = Client()
    for field in [*CHOICES, *OTHERS]:
        answer = client.post(reverse("complaints:new"), steps.complaint(**{"token": "", field: NASTY[kind]}))
        assert answer.status_code == 422, field
        assert [p for p in steps.problems(answer) if not is_thai(p)] == [], field
        assert [p for p in summary(answer) if not is_thai(p)] == [], field
        assert steps.NARRATIVE in steps.said(answer), field
    assert not Case.objects.exists()


FORGED = {
    "missing": None,
    "empty": "",
    "one letter": "x",
    "no signature": "AAAA:1a:zzz",
    "changed": tokens.new_token() + "x",
    "of another form": TimestampSigner(salt="other").sign("AAAAAAAAAAAAAAAAAAAAAA=="),
}


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_token_files_nothing_and_the_form_comes_back_with_a_good_one(world, kind):
    client = Client()
    answer = client.post(reverse("complaints:new"), steps.complaint(token=FORGED[kind]))

    assert answer.status_code == 422
    assert "แบบฟอร์มนี้หมดอายุหรือมิได้มาจากระบบนี้" in steps.said(answer)
    assert steps.NARRATIVE in steps.said(answer)
    fresh = re.search(r'name="token" value="([^"]+)"', answer.content.decode()).group(1)
    assert steps.file_complaint(client, token=fresh).case.sequence == 1


def test_C07_a_form_of_yesterday_comes_back_with_what_was_typed(world, time_machine):
    time_machine.move_to("2026-05-18T10:00:00+07:00", tick=True)
    client = Client()
    token = steps.blank_form(client)
    time_machine.shift(25 * 3600)

    answer = client.post(reverse("complaints:new"), steps.complaint(token=token))

    assert answer.status_code == 422
    assert steps.NARRATIVE in steps.said(answer)


def test_an_agency_of_another_province_and_an_unknown_ground_are_no_choices(world):
    other = Province.objects.create(code="99", name_th="สมมติ", region="N")
    elsewhere = Agency.objects.create(
        province=other, code="X", name_th="สำนักงานสมมติ", kind="district", active_from="2020-01-01"
    )
    client = Client()

    for field, value in [
        ("accused_agency", str(elsewhere.pk)),
        ("grounds", ["G1", "G9"]),
        ("request_choice", "burn"),
    ]:
        answer = steps.send(client, **{field: value})
        assert answer.status_code == 422
        assert is_thai(steps.problem_of(answer, field)), field
    assert not Case.objects.exists()


def test_what_has_been_asked_may_be_forged_without_harm(world):
    answer = steps.send(Client(), request_choice=None, asked="x" * 500)
    assert answer.status_code == 422
    asked = re.search(r'name="asked" value="([^"]*)"', answer.content.decode()).group(1)
    assert asked == "request_choice"

    assert steps.file_complaint(request_choice=None, asked="request_choice,<script>").case.items_missing


@pytest.mark.parametrize("kind", NASTY)
def test_C10_the_tracking_form_and_the_senders_own_page(world, kind):
    text = NASTY[kind]
    for fields in (
        {"number": text, "code": "x"},
        {"number": "x", "code": text},
        {"number": text, "code": text},
    ):
        answer = Client().post(reverse("complaints:track"), fields)
        assert answer.status_code == 422
        assert [p for p in summary(answer) if not is_thai(p)] == []
    filed = steps.file_complaint()
    client = steps.tracking(filed)
    for field in ("text", "token", "files-held"):
        answer = client.post(steps.MORE, {**steps.more_fields(client, "ข้อความที่พิมพ์ไว้"), field: text})
        assert answer.status_code in (303, 422), field
        if field != "text":
            assert answer.status_code == 422
            assert "ข้อความที่พิมพ์ไว้" in steps.said(answer)
    assert steps.matter(filed)


def test_C10_ten_megabytes_on_the_senders_own_page_and_at_its_door(world):
    for field in ("number", "code"):
        answer = Client().post(reverse("complaints:track"), {"number": "x", "code": "x", field: LONG})
        assert (answer.status_code, is_thai(steps.problem_of(shortened(answer), field))) == (422, True)
    client = steps.tracking(steps.file_complaint())
    answer = shortened(client.post(steps.MORE, steps.more_fields(client, LONG)))
    assert (answer.status_code, is_thai(steps.problem_of(answer, "text"))) == (422, True)
    assert box(answer, "text") == "LONG-TEXT"
