"""Unsigned letters (M5.2.3): two tests signed by two officers; accepted, put before the head, or kept; never refused by rule."""

from __future__ import annotations

import pytest
from django.urls import reverse

from prongsai.complaints import acts
from prongsai.complaints.models import Case
from prongsai.complaints.tests import steps, traces
from prongsai.complaints.tests.steps import NOTICE, REASON
from prongsai.documents.tests.samples import flat, pdf_text
from prongsai.notices.models import Notice

pytestmark = pytest.mark.django_db

EVIDENCE = "ระบุสลิปโอนเงินครบทุกงวดพร้อมเลขที่บัญชีปลายทาง"
WITNESS = "ระบุชื่อเสมียนสองคนที่เห็นการรับเงินในวันนั้น"


@pytest.fixture
def first(unlocked_client_of):
    return unlocked_client_of("center_officer")


@pytest.fixture
def second(unlocked_client_of):
    return unlocked_client_of("center_officer_2")


@pytest.fixture
def screened(first):
    """An unsigned letter in screening; nothing is said of its foundation yet."""
    return steps.screen(first, steps.file_complaint().case, foundation=Case.Foundation.UNCLEAR.value)


def with_test(first, second, case, *, evidence: str, witness: str) -> Case:
    answers = {"evidence_test": evidence, "evidence_text": EVIDENCE, "witness_test": witness, "witness_text": WITNESS}  # fmt: skip
    case = steps.act(first, acts.TestUnsigned, case, **answers)
    return steps.act(second, acts.SignTest, case, agrees="yes")


@pytest.mark.at("AT-M5-01")
def test_evidence_and_witnesses_must_be_accepted_and_no_button_refuses_it(first, second, screened, client_of):
    answers = {
        "evidence_test": "yes",
        "evidence_text": EVIDENCE,
        "witness_test": "yes",
        "witness_text": WITNESS,
    }
    case = steps.act(first, acts.TestUnsigned, screened, **answers)
    own = steps.try_act(first, acts.SignTest, case, agrees="yes")
    assert own.status_code == 403 and "ต้องมิใช่บุคคลเดียวกัน" in steps.said(own)
    early = steps.try_act(first, acts.ProposeAcceptance, case, reason=REASON)
    assert early.status_code == 409, "one signature is not enough"
    case = steps.act(second, acts.SignTest, case, agrees="yes")

    page = steps.said(steps.record_page(first, case))
    for closed in (acts.ProposeRefusal, acts.ProposeKeep, acts.AskHead):
        assert steps.act_url(closed, case) not in page
    refusal = steps.try_act(first, acts.ProposeRefusal, case, ground="2.3", reason=REASON, notice=NOTICE)
    assert refusal.status_code in (409, 422)
    why = steps.said(first.get(steps.act_url(acts.ProposeRefusal, case)))
    assert "จึงต้องรับไว้พิจารณา" in why
    assert 'value="2.3"' not in why

    case = steps.act(first, acts.ProposeAcceptance, case, reason=REASON)
    assert steps.act(client_of("center_head"), acts.Accept, case).state == Case.State.ACCEPTED


@pytest.mark.at("AT-M5-02")
def test_strong_documents_without_a_witness_go_to_the_head_who_decides_with_a_reason(
    first, second, screened, unlocked_client_of, world
):
    case = with_test(first, second, screened, evidence="yes", witness="no")
    for closed in (acts.ProposeRefusal, acts.ProposeKeep, acts.ProposeAcceptance):
        page = steps.said(first.get(steps.act_url(closed, case)))
        assert "มาตรา ๖๐" in page and "มาตรา ๒๔" in page, closed

    choices = steps.said(first.get(steps.act_url(acts.AskHead, case)))
    assert "พิมพ์ใจ ศรีวิลัย" in choices and "ดวงใจ ปัญญาดี" in choices and "เกรียงไกร" in choices
    vice = world["vice_governor"].person
    case = steps.act(first, acts.AskHead, case, executive=str(vice.pk), reason=REASON)
    assert (case.state, case.executive) == (Case.State.HEAD_DECIDES, vice)
    assert Notice.objects.of(vice.pk).filter(kind="complaints.ask_head").exists()
    assert steps.try_act(second, acts.HeadAccepts, case, reason=REASON).status_code == 403
    assert steps.try_act(first, acts.HeadKeeps, case, reason=REASON).status_code == 403

    head = unlocked_client_of("vice_governor")
    form = steps.said(head.get(steps.act_url(acts.HeadAccepts, case)))
    assert "มาตรา ๖๐" in form and "มาตรา ๒๔" in form
    opened = steps.said(steps.record_page(head, case))
    assert steps.NARRATIVE in opened and steps.NAME not in opened, "the case, not the sender"
    assert steps.act_url(acts.Assess, case) not in opened, "one question, not the whole case"
    silent = steps.try_act(head, acts.HeadAccepts, case, reason="รับ")
    assert steps.problem_of(silent, "reason")
    case = steps.act(head, acts.HeadAccepts, case, reason=REASON)

    assert case.state == Case.State.ACCEPTED
    assert (case.decided_by, case.proposed_by) == (vice, world["center_officer"].person)
    assert traces.dues(case)["complaints.decide_unsigned"].met_by == "complaints.head_accepts"
    text = _paper(first, case)
    for expected in (
        "แบบพิจารณาบัตรสนเท่ห์",
        EVIDENCE,
        REASON,
        "กิตติ ศรีบุญเรือง",
        "อรทัย จันทร์แก้ว",
        "พิมพ์ใจ ศรีวิลัย",
        "มาตรา ๖๐",
    ):
        assert flat(expected) in text, expected


def test_new_evidence_takes_back_the_whole_decision_of_the_head(first, second, unlocked_client_of, world):
    filed = steps.file_complaint()
    case = steps.screen(first, filed.case, foundation=Case.Foundation.UNCLEAR.value)
    case = with_test(first, second, case, evidence="yes", witness="no")
    vice = world["vice_governor"].person
    case = steps.act(first, acts.AskHead, case, executive=str(vice.pk), reason=REASON)
    case = steps.act(unlocked_client_of("vice_governor"), acts.HeadKeeps, case, reason=REASON)
    assert (case.state, case.executive) == (Case.State.KEPT, vice)

    steps.send_more(steps.tracking(filed), "มีพยานแล้ว", steps.pdf())

    case = steps.fresh(case)
    assert (case.state, case.reopened, case.decided_by) == (Case.State.SCREENING, True, None)
    assert (case.executive, case.executive_label) == (None, ""), "nobody is named as having decided"


@pytest.mark.at("AT-M5-03")
def test_a_rumour_is_kept_as_information_by_two_officers_and_may_be_looked_at_again(first, second, screened):
    case = with_test(first, second, screened, evidence="no", witness="no")
    unchecked = steps.try_act(first, acts.ProposeKeep, case, reason=REASON)
    assert unchecked.status_code == 409 and "การตรวจสอบเบื้องต้น" in steps.said(unchecked)
    case = steps.act(first, acts.RecordCheck, case, text=REASON)
    case = steps.act(first, acts.ProposeKeep, case, reason=REASON)
    assert steps.try_act(first, acts.ConfirmKeep, case, reason=REASON).status_code == 403
    letters = case.receipts.get().messages.count()
    case = steps.act(second, acts.ConfirmKeep, case, reason=REASON)

    assert (case.state, case.decision) == (Case.State.KEPT, Case.Decision.KEEP)
    assert case.proposed_by != case.decided_by
    assert case.receipts.get().messages.count() == letters, "no notice goes out"
    assert [e.clauses for e in traces.entries(case, "complaints.confirm_keep")] == [["M5.2.3"]]
    case = steps.act(second, acts.ReopenKept, case, reason=REASON)
    assert (case.state, case.decision, case.decided_by) == (Case.State.SCREENING, "", None)


@pytest.mark.at("AT-M5-03")
def test_the_second_officer_may_disagree_and_the_test_is_made_again(first, second, screened):
    answers = {
        "evidence_test": "no",
        "evidence_text": EVIDENCE,
        "witness_test": "no",
        "witness_text": WITNESS,
    }
    case = steps.act(first, acts.TestUnsigned, screened, **answers)
    silent = steps.try_act(second, acts.SignTest, case, agrees="no", reason="ไม่")
    assert steps.problem_of(silent, "reason")
    case = steps.act(second, acts.SignTest, case, agrees="no", reason=REASON)
    assert (case.evidence_test, case.tested_by) == (None, None)
    again = steps.try_act(first, acts.ProposeKeep, case, reason=REASON)
    assert again.status_code == 409 and "ข้อ ๒.๓" in steps.said(again)


def _paper(client, case) -> str:
    url = reverse("office:document", args=["complaints", case.pk, "complaint-unsigned", "pdf"])
    answer = client.get(url)
    assert answer.status_code == 200
    return flat(pdf_text(answer.content))
