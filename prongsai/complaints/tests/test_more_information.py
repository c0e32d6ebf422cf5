"""A request for information: once, with fifteen days; the clock only brings the case back, and late evidence is welcome."""

from __future__ import annotations

import pytest

from prongsai.complaints import acts
from prongsai.complaints.clock import return_unanswered
from prongsai.complaints.models import Case
from prongsai.complaints.tests import steps, traces
from prongsai.complaints.tests.steps import NOTICE, REASON
from prongsai.complaints.tests.traces import day
from prongsai.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked_on_monday(world, time_machine, client_of):
    """Asked on Monday 18 May 2569."""
    time_machine.move_to("2026-05-18T10:00:00+07:00", tick=True)
    filed = steps.file_signed()
    case = steps.screen(client_of("center_officer"), filed.case, foundation=Case.Foundation.UNFOUNDED.value)
    steps.ask(client_of("center_officer"), case)
    return filed


def test_the_request_reaches_the_sender_with_what_is_missing_and_the_day(asked_on_monday):
    page = steps.matter(asked_on_monday)

    assert "โปรดส่งเอกสารหรือภาพถ่าย" in page
    assert "พยานเอกสาร พยานวัตถุ พยานบุคคล (ถ้ามี)" in page
    assert "2 มิถุนายน 2569" in page


def test_it_can_be_asked_once_only(asked_on_monday, client_of):
    officer = client_of("center_officer")
    steps.send_more(steps.tracking(asked_on_monday), "ส่งข้อมูลแล้ว")

    answer = steps.try_act(officer, acts.AskMore, asked_on_monday.case, text=REASON)

    assert answer.status_code == 409
    assert "ได้ขอข้อมูลเพิ่มเติมไปแล้วหนึ่งครั้ง" in steps.said(answer)


def test_an_answer_brings_the_case_back_and_meets_the_request(asked_on_monday, unlocked_client_of, world):
    answer = steps.send_more(steps.tracking(asked_on_monday), "ขอส่งภาพถ่ายเพิ่มเติม", steps.pdf("ภาพถ่าย.pdf"))
    assert answer.status_code == 303

    case = asked_on_monday.case
    assert (case.state, case.unanswered, case.evidence.count()) == (Case.State.SCREENING, False, 1)
    dues = traces.dues(case)
    assert dues["complaints.answer_request"].met_on == day("2026-05-18")
    assert dues["complaints.decide"].started_on == day("2026-05-18")
    assert Notice.objects.of(world["center_officer"].person.pk).filter(text__contains=case.number).exists()
    page = steps.said(steps.record_page(unlocked_client_of("center_officer"), case))
    assert "ขอส่งภาพถ่ายเพิ่มเติม" in page
    assert "ภาพถ่าย.pdf" in page


@pytest.mark.at("AT-M5-31")
def test_the_clock_returns_the_case_after_the_fifteenth_day(asked_on_monday, world, time_machine, client_of):
    assert traces.dues(asked_on_monday.case)["complaints.answer_request"].due_on == day("2026-06-02")

    time_machine.move_to("2026-06-02T23:59:00+07:00", tick=True)
    assert return_unanswered() == 0
    assert asked_on_monday.case.state == Case.State.MORE_INFO
    time_machine.move_to("2026-06-03T00:01:00+07:00", tick=True)
    assert return_unanswered() == 1
    assert return_unanswered() == 0

    case = asked_on_monday.case
    assert (case.state, case.unanswered, case.decision) == (Case.State.SCREENING, True, "")
    page = steps.said(steps.record_page(client_of("center_officer"), case))
    assert "ผู้ร้องเรียนมิได้ส่งข้อมูลภายในกำหนด" in page
    dues = traces.dues(case)
    assert dues["complaints.answer_request"].cancelled_at
    assert dues["complaints.decide"].due_on == day("2026-06-08"), "3 June is a holiday, 6 and 7 a weekend"
    entry = traces.entries(case, "complaints.return_unanswered")[-1]
    assert (entry.actor_id, entry.actor_label) == (None, "ระบบ")
    handler = world["center_officer"].person.pk
    assert Notice.objects.of(handler).filter(kind="complaints.return_unanswered").exists()


@pytest.mark.at("AT-M5-31")
def test_refusal_after_silence_still_needs_reason_and_two_persons(asked_on_monday, time_machine, client_of):
    time_machine.move_to("2026-06-03T09:00:00+07:00", tick=True)
    return_unanswered()
    first, second = client_of("center_officer"), client_of("center_officer_2")
    case = steps.act(first, acts.RecordCheck, asked_on_monday.case, text=REASON)

    silent = steps.try_act(first, acts.ProposeRefusal, case, ground="2.4.2", reason="ไม่ตอบ", notice=NOTICE)
    assert steps.problem_of(silent, "reason")
    case = steps.propose_refusal(first, case, ground="2.4.2")
    assert steps.try_act(first, acts.Refuse, case, reason=REASON).status_code == 403
    assert steps.act(second, acts.Refuse, case, reason=REASON).state == Case.State.REFUSED


@pytest.mark.at("AT-M5-31")
def test_late_evidence_reopens_a_refusal(asked_on_monday, time_machine, client_of):
    time_machine.move_to("2026-06-03T09:00:00+07:00", tick=True)
    return_unanswered()
    first, second = client_of("center_officer"), client_of("center_officer_2")
    case = steps.act(first, acts.RecordCheck, asked_on_monday.case, text=REASON)
    case = steps.propose_refusal(first, case, ground="2.4.2")
    case = steps.act(second, acts.Refuse, case, reason=REASON)

    time_machine.move_to("2026-08-20T09:00:00+07:00", tick=True)
    answer = steps.send_more(steps.tracking(asked_on_monday), "พบสลิปโอนเงินแล้ว", steps.pdf("สลิป.pdf"))

    assert answer.status_code == 303
    case = steps.fresh(case)
    assert (case.state, case.reopened, case.evidence.count()) == (Case.State.SCREENING, True, 1)
    assert (case.decision, case.refusal_ground, case.decided_by, case.decided_on) == ("", "", None, None)
    assert traces.dues(case)["complaints.decide"].started_on == day("2026-08-20")
    # The refusal stays in the ledger and in the sender's letters; it is not undone, it is looked at again.
    assert traces.entries(case, "complaints.refuse")
    assert NOTICE in steps.matter(asked_on_monday)
    first, second = client_of("center_officer"), client_of("center_officer_2")
    case = steps.assess(first, case, foundation=Case.Foundation.FOUNDED.value)
    case = steps.act(first, acts.ProposeAcceptance, case, reason=REASON)
    assert steps.act(second, acts.Accept, case).state == Case.State.ACCEPTED


def test_evidence_while_a_refusal_is_proposed_takes_the_proposal_back(asked_on_monday, client_of):
    first = client_of("center_officer")
    steps.send_more(steps.tracking(asked_on_monday), "ยังหาเอกสารอยู่")
    case = steps.act(first, acts.RecordCheck, asked_on_monday.case, text=REASON)
    case = steps.propose_refusal(first, case)

    steps.send_more(steps.tracking(asked_on_monday), "พบเอกสารแล้ว", steps.pdf())

    case = steps.fresh(case)
    assert (case.state, case.proposed_by, case.refusal_ground) == (Case.State.SCREENING, None, "")
    assert steps.try_act(client_of("center_officer_2"), acts.Refuse, case, reason=REASON).status_code == 409
    assert NOTICE not in steps.matter(asked_on_monday)


def test_the_same_page_sent_twice_is_one_message(asked_on_monday):
    client = steps.tracking(asked_on_monday)
    fields = steps.more_fields(client, "ส่งครั้งเดียวแต่กดสองครั้ง")

    answers = [client.post(steps.MORE, fields).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert steps.matter(asked_on_monday).count("ส่งครั้งเดียวแต่กดสองครั้ง") == 1
