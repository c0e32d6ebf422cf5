"""The page of an act: nothing typed is lost, one result for two clicks, and the reason in words (C06, G10)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from prongsai.complaints import acts
from prongsai.complaints.models import Case
from prongsai.complaints.reveal import AllowReveal, RequestReveal
from prongsai.complaints.tests.steps import (
    REASON,
    act,
    act_url,
    entries,
    file_complaint,
    file_signed,
    said,
    screen,
    try_act,
)

pytestmark = pytest.mark.django_db

STALE = "มีผู้ดำเนินการกับเรื่องนี้ก่อนท่าน"


def test_a_step_leads_back_to_the_record_with_a_word(client_of: Any) -> None:
    officer, case = client_of("center_officer"), file_complaint().case

    answer = officer.post(act_url(acts.StartScreening, case), {"version": case.version}, follow=True)

    assert answer.redirect_chain == [(reverse("office:record", args=["complaints", case.pk]), 303)]
    assert acts.StartScreening.done in said(answer)


def test_what_was_typed_stays_when_a_field_is_wrong(client_of: Any) -> None:
    officer = client_of("center_officer")
    case = screen(officer, file_signed().case)

    answer = try_act(officer, acts.ProposeAcceptance, case, reason="สั้นไป")

    assert answer.status_code == 422
    assert ">\nสั้นไป</textarea>" in said(answer)
    assert Case.objects.get(pk=case.pk).state == Case.State.SCREENING


def test_two_tabs_give_one_result_and_the_second_keeps_its_words(client_of: Any) -> None:
    officer, other = client_of("center_officer"), client_of("center_officer_2")
    case = screen(officer, file_signed().case)
    seen = case.version
    act(officer, acts.ProposeAcceptance, case, reason=REASON)

    answer = try_act(other, acts.ProposeAcceptance, case, version=seen, reason=f"{REASON} (คนที่สอง)")

    assert answer.status_code == 409
    page = said(answer)
    assert STALE in page
    assert f"{REASON} (คนที่สอง)" in page
    assert "เสนอรับพิจารณา" in page.partition("สถานะล่าสุด")[2]
    assert len(entries(case, acts.ProposeAcceptance.key())) == 1


def test_a_form_that_is_older_than_the_record_is_stale_even_in_the_same_state(client_of: Any) -> None:
    officer = client_of("center_officer")
    case = screen(officer, file_signed().case)
    seen = case.version
    act(officer, acts.RecordCheck, case, text=REASON)

    answer = try_act(officer, acts.ProposeAcceptance, case, version=seen, reason=REASON)

    assert answer.status_code == 409
    # The way on: the same words may be sent again, now for the record as it is shown.
    assert f'name="version" value="{seen + 1}"' in said(answer)
    assert try_act(officer, acts.ProposeAcceptance, case, reason=REASON).status_code == 303


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 30])
def test_a_form_without_a_version_does_nothing(client_of: Any, version: str) -> None:
    case = file_complaint().case

    answer = client_of("center_officer").post(act_url(acts.StartScreening, case), {"version": version})

    assert answer.status_code == 409
    assert Case.objects.get(pk=case.pk).state == Case.State.RECEIVED


def test_the_second_persons_step_is_refused_to_the_proposer_and_kept(client_of: Any) -> None:
    officer = client_of("center_officer")
    case = screen(officer, file_signed().case)
    case = act(officer, acts.ProposeAcceptance, case, reason=REASON)

    assert officer.get(act_url(acts.Accept, case)).status_code == 403
    answer = try_act(officer, acts.Accept, case, reason="")

    assert answer.status_code == 403
    assert "ผู้เสนอและผู้พิจารณาต้องมิใช่บุคคลเดียวกัน" in said(answer)
    assert len(entries(case, "complaints.accept.refused")) == 1
    assert Case.objects.get(pk=case.pk).state == Case.State.ACCEPT_PROPOSED


def test_a_step_out_of_turn_is_explained(client_of: Any) -> None:
    case = file_complaint().case

    answer = client_of("center_officer").get(act_url(acts.Accept, case))

    assert answer.status_code == 409
    assert 'type="submit" data-prevent' not in said(answer)


def test_the_page_says_what_will_follow_and_as_whom(client_of: Any, actor_of: Any) -> None:
    case = file_complaint().case

    page = said(client_of("center_officer").get(act_url(acts.StartScreening, case)))

    assert "รับเรื่องแล้ว → อยู่ระหว่างกลั่นกรอง" in page
    assert "วินิจฉัยว่ารับพิจารณาหรือไม่" in page
    assert actor_of("center_officer").label in page


def test_a_step_that_reads_what_is_sealed_asks_for_the_key_first(
    client_of: Any, unlocked_client_of: Any
) -> None:
    officer = client_of("center_officer")
    case = act(officer, acts.StartScreening, file_complaint().case)
    act(officer, RequestReveal, case, purpose="contact", reason=REASON)
    asked = case.reveals.get()
    url = reverse("office:act", args=[AllowReveal.key(), asked.pk])

    answer = client_of("identity_custodian").get(url)

    assert answer.status_code == 303
    assert answer["Location"].startswith(reverse("sealed:unlock"))
    assert unlocked_client_of("identity_custodian").get(url).status_code == 200


@pytest.mark.parametrize(
    "key", ["complaints.file_complaint", "complaints.return_unanswered", "complaints.nothing"]
)
def test_what_is_no_step_for_staff_has_no_page(client_of: Any, key: str) -> None:
    case = file_complaint().case
    assert client_of("center_officer").get(reverse("office:act", args=[key, case.pk])).status_code == 404
    assert client_of("center_officer").get(reverse("office:make", args=[key])).status_code == 404


def test_a_statement_is_made_from_its_register(client_of: Any) -> None:
    from prongsai.compliance.models import Statement

    register, url = (
        reverse("office:register", args=["statements"]),
        reverse("office:make", args=["complaints.declare_no_complaint"]),
    )
    assert url in said(client_of("center_officer").get(register))
    assert url not in said(client_of("officer").get(register))
    typed = {"period_from": "1/10/2568", "period_to": "31/12/2568"}
    assert client_of("officer").post(url, typed).status_code == 403

    answer = client_of("center_officer").post(url, typed)
    again = client_of("center_officer_2").post(url, typed)

    assert (answer.status_code, answer["Location"]) == (303, register)
    assert again.status_code == 409
    assert "มีคำรับรองสำหรับช่วงเวลานี้แล้ว" in said(again)
    assert Statement.objects.count() == 1
