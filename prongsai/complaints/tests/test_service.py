"""Undue delay: accepted, of the class service, may go to Damrongtham, and marked as a non-conformity of M7.1.3 (AT-M5-17)."""

from __future__ import annotations

import pytest

from prongsai.complaints import acts
from prongsai.complaints.forms_sending import CHECKLIST
from prongsai.complaints.models import Case
from prongsai.complaints.tests import steps, traces
from prongsai.complaints.tests.steps import REASON

pytestmark = [pytest.mark.django_db, pytest.mark.at("AT-M5-17")]


def accepted(client_of, **changes) -> steps.Filed:
    filed = steps.file_signed(grounds=["G4"], narrative="ขอใบอนุญาตไว้สี่เดือนแล้วยังไม่ได้คำตอบ")
    officer = client_of("center_officer")
    case = steps.screen(officer, filed.case, **changes)
    case = steps.act(officer, acts.ProposeAcceptance, case, reason=REASON)
    steps.act(client_of("center_head"), acts.Accept, case)
    return filed


def test_a_delayed_licence_is_accepted_and_marked_for_measure_7(world, client_of):
    filed = accepted(client_of, case_class=Case.Class.SERVICE.value)

    case = filed.case
    assert (case.state, case.case_class, case.nonconformity) == (Case.State.ACCEPTED, "service", True)
    entry = traces.entries(case, "complaints.accept")[-1]
    assert {"M7.1.3", "M5.2.1.1.(4)"} <= set(entry.clauses)
    page = steps.said(steps.record_page(client_of("center_officer"), case))
    assert "การปฏิบัติที่ไม่เป็นไปตามหลักเกณฑ์" in page


def test_it_may_go_to_the_damrongtham_centre_with_the_working_text_and_the_sender_is_told(world, client_of):
    filed = accepted(client_of, case_class=Case.Class.SERVICE.value)
    officer = client_of("center_officer")
    letter = {"letter_no": "ศปท ๑/๒๕๗๐", "letter_date": steps.thai_today(), "reason": REASON}
    assert steps.try_act(officer, acts.ReferToDamrongtham, filed.case, **letter).status_code == 409
    checked = [key for key, _label in CHECKLIST]
    case = steps.act(officer, acts.WriteWorkingText, filed.case, text="ใบอนุญาตล่าช้าสี่เดือน", checked=checked)
    case = steps.act(officer, acts.ReferToDamrongtham, case, **letter)

    assert (case.state, case.nonconformity) == (Case.State.REFERRED, True)
    assert "ศูนย์ดำรงธรรม" in case.referral.to_authority
    assert "ศปท ๑/๒๕๗๐" in steps.matter(filed)


def test_another_class_is_neither_marked_nor_sent_there(world, client_of):
    filed = accepted(client_of)
    assert not filed.case.nonconformity
    answer = client_of("center_officer").get(steps.act_url(acts.ReferToDamrongtham, filed.case))
    assert answer.status_code == 409 and "เฉพาะเรื่องการให้บริการ" in steps.said(answer)
