"""The decision and its clocks, what the sender is told, and opening the matter again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from prongsai.acts.models import Due, RuleParameter
from prongsai.complaints.models import Case
from prongsai.complaints.tests import steps as complaints
from prongsai.complaints.tests import traces
from prongsai.complaints.tests.traces import day
from prongsai.inquiries import acts
from prongsai.inquiries.models import Inquiry, Reopening, Sanction
from prongsai.inquiries.tests import steps
from prongsai.inquiries.tests.steps import REASON

pytestmark = pytest.mark.django_db


def clocks(record) -> dict[str, Due]:
    return {due.duty.partition(".")[2]: due for due in Due.objects.filter(record_id=record.pk)}


@pytest.mark.at("AT-M5-19")
def test_corruption_found_opens_the_statutory_clocks_and_a_proposal_nobody_ordered(matter, time_machine):
    """Given fact-finding that shows corruption, in a matter that the PACC sent; when the result is recorded."""
    time_machine.move_to("2026-12-14T09:00:00+07:00", tick=True)
    inquiry = matter.working(grounds=["G1"])
    pacc = {"letter_no": "ปป ๐๐๐๔/๑", "letter_date": "10/12/2569"}
    steps.act(matter.desk("center_officer"), acts.RecordPaccReferral, inquiry, **pacc)
    inquiry = matter.decided(matter.reported(inquiry), corruption_1="on")

    (sanction,) = inquiry.sanctions.all()
    assert (sanction.track, sanction.state, sanction.penalty) == ("discipline", Sanction.State.PROPOSED, "")
    found = clocks(sanction)
    assert set(found) == {"tell_nacc", "punish_for_pacc"}
    # s.136: 30 days from the superior's decision; s.41: 30 days from the receipt of the PACC's letter.
    assert (found["tell_nacc"].started_on, found["tell_nacc"].due_on) == (
        day("2026-12-14"),
        day("2027-01-13"),
    )
    assert (found["punish_for_pacc"].started_on, found["punish_for_pacc"].due_on) == (
        day("2026-12-10"),
        day("2027-01-09"),
    )
    assert not any(due.is_default for due in found.values())
    rules = RuleParameter.objects.filter(
        province="50", key__in=["nacc_notice", "pacc_punishment", "pacc_order_copy"]
    )
    assert all(rule.origin == "law" and "มาตรา" in rule.source for rule in rules) and len(rules) == 3

    # The handler cannot close before the law is done with.
    officer = matter.desk("center_officer")
    case = steps.act(officer, acts.NotifyResult, matter.case)
    assert steps.try_act(officer, acts.CloseCase, case).status_code == 409
    order = {"penalty": "dismissal", "order_no": "๑", "order_date": "14/12/2569"}
    sanction = steps.act(matter.desk("governor"), acts.OrderSanction, sanction, **order)
    copy = clocks(sanction)["copy_to_pacc"]
    assert (copy.started_on, copy.due_on) == (day("2026-12-14"), day("2026-12-29"))
    for authority in ("nacc", "pacc"):
        letter = {"authority": authority, "letter_no": "ชม ๐๐๑๗/๑", "letter_date": "14/12/2569"}
        sanction = steps.act(officer, acts.TellAuthority, sanction, **letter)
    assert sanction.state == Sanction.State.TOLD
    assert all(due.met_on == day("2026-12-14") for due in clocks(sanction).values())
    assert steps.act(officer, acts.CloseCase, case).state == Case.State.CLOSED


@pytest.mark.at("AT-M5-19")
def test_without_corruption_no_statutory_clock_runs(matter):
    inquiry = matter.decided()

    assert clocks(inquiry.sanctions.get()) == {}


@pytest.mark.at("AT-M5-20")
def test_the_sender_is_told_the_class_of_the_outcome_by_the_case_key_and_it_opens_again_by_two(
    matter, time_machine
):
    """Given a result; when the sender, who has no name here, is told: in 15 days, the class only."""
    time_machine.move_to("2026-12-14T09:00:00+07:00", tick=True)
    matter.decided()
    due = clocks(matter.case)["tell_sender"]
    assert (due.started_on, due.due_on, due.is_default) == (day("2026-12-14"), day("2026-12-29"), True)
    before = complaints.matter(matter.filed)
    assert "อยู่ระหว่างตรวจสอบข้อเท็จจริง" in before and "ดำเนินการทางวินัย" not in before

    officer = matter.desk("center_officer")
    case = steps.act(officer, acts.NotifyResult, matter.case)

    assert clocks(case)["tell_sender"].met_on == day("2026-12-14")
    text = complaints.matter(matter.filed)
    assert "ดำเนินการทางวินัย ทางปกครอง หรือทางกฎหมาย" in text and "แจ้งผลแล้ว" in text
    for private in ("สมมติกล้า", "มีมูลวินัยร้ายแรง", "ตัวการ", REASON, steps.REPORT, "นักวิชาการ"):
        assert private not in text
    steps.act(officer, acts.CloseCase, case)

    # Only on new evidence, and by two persons.
    empty = {"source": "officer", "reason": REASON}
    assert steps.try_act(officer, acts.ProposeReopening, case, **empty).status_code == 422
    assert (
        steps.try_act(officer, acts.ProposeReopening, case, **{**empty, "source": "sender"}).status_code
        == 409
    )
    new = {**empty, "files": [complaints.pdf("ใหม่.pdf")]}
    steps.act(officer, acts.ProposeReopening, case, **new)
    assert steps.try_act(officer, acts.ConfirmReopening, case).status_code == 403
    case = steps.act(matter.desk("center_head"), acts.ConfirmReopening, case)
    assert (case.state, case.reopened) == (Case.State.ACCEPTED, True)
    reopening = Reopening.objects.get(case=case)
    assert reopening.proposed_by != reopening.decided_by and REASON.encode() not in bytes(reopening.reason)

    # The earlier result stays to be read, and another inquiry may be proposed beside it.
    page = steps.said(officer.get(reverse("office:record", args=["complaints", case.pk])))
    assert "สมมติกล้า" in page and "มีมูลวินัยร้ายแรง" in page
    matter.share()
    assert case.inquiries.count() == 2
    assert Inquiry.objects.filter(case=case, state=Inquiry.State.ACTION).count() == 1
    assert traces.dues(case)["complaints.start_fact_finding"].met_on is None


def test_who_reports_or_handles_never_decides_and_a_report_can_be_sent_back(matter):
    inquiry = matter.reported()
    fields = {"reason": REASON, "tracks_1": ["discipline"]}

    for key, status in [(steps.CHAIR, 403), ("center_officer", 403), ("officer", 404), ("head_health", 404)]:
        answer = steps.try_act(matter.plain(key), acts.DecideAction, inquiry, **fields)
        assert answer.status_code == status, key
    empty = steps.try_act(matter.desk("governor"), acts.DecideAction, inquiry, reason=REASON)
    assert empty.status_code == 422, "nothing is proposed by the system"
    inquiry = steps.act(matter.desk("governor"), acts.ReturnReport, inquiry, reason=REASON)
    assert inquiry.state == Inquiry.State.WORKING
    assert complaints.fresh(matter.case).state == Case.State.FACT_FINDING
    inquiry = matter.reported(inquiry)
    inquiry = steps.act(matter.desk("governor"), acts.DecideNoAction, inquiry, reason=REASON)
    assert (inquiry.outcome, complaints.fresh(matter.case).state) == ("no_action", Case.State.NO_ACTION)
