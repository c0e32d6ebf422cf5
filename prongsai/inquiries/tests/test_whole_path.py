"""From an accepted complaint to its end, through the pages: every step by the person whose it is."""

from __future__ import annotations

import pytest

from prongsai import ledger
from prongsai.complaints.models import Case
from prongsai.complaints.tests import steps as complaints
from prongsai.complaints.tests import traces
from prongsai.inquiries import acts
from prongsai.inquiries.models import Inquiry, Note, Respondent, Sanction
from prongsai.inquiries.tests import steps
from prongsai.inquiries.tests.steps import REASON, REPORT, SUMMARY, WORKING
from prongsai.ledger.models import Entry

pytestmark = pytest.mark.django_db


def test_a_matter_goes_from_acceptance_to_its_end(matter):
    inquiry = matter.ordered(grounds=["G1"])
    assert complaints.fresh(matter.case).state == Case.State.FACT_FINDING
    assert "อยู่ระหว่างตรวจสอบข้อเท็จจริง" in complaints.matter(matter.filed)
    inquiry = matter.declare(inquiry)
    assert inquiry.state == Inquiry.State.WORKING

    first = matter.found(matter.heard(matter.respondent(inquiry)))
    second = matter.respondent(inquiry, "นางสาวข ไม่เกี่ยว", staff_type="contract_worker")
    matter.found(matter.heard(second, "refused"), finding="unfounded", part="")
    inquiry = matter.reported(inquiry)
    assert complaints.fresh(matter.case).state == Case.State.CONCLUDED

    inquiry = matter.decided(inquiry)
    (sanction,) = inquiry.sanctions.all()
    assert (sanction.respondent, sanction.state) == (first, Sanction.State.PROPOSED)
    assert complaints.fresh(matter.case).state == Case.State.ACTION
    order = {"penalty": "pay_cut", "order_no": "๓๓/๒๕๗๐", "order_date": steps.today()}
    sanction = steps.act(matter.desk("governor"), acts.OrderSanction, sanction, **order)
    officer = matter.desk("center_officer")
    appeal = {"appeal_to": "ก.พ.ค.", "appealed_on": steps.today(), "text": ""}
    sanction = steps.act(officer, acts.RecordAppeal, sanction, **appeal)
    result = {"appeal_result": "dismissed", "final_on": steps.today(), "text": ""}
    sanction = steps.act(officer, acts.RecordAppealResult, sanction, **result)
    assert sanction.state == Sanction.State.FINAL

    case = steps.act(officer, acts.NotifyResult, matter.case)
    case = steps.act(officer, acts.CloseCase, case)
    assert case.state == Case.State.CLOSED
    moves = [(e.content["from"], e.content["to"]) for e in traces.entries(case) if "to" in e.content]
    changed = [after for before, after in moves if before != after]
    assert changed[-5:] == ["factfinding", "concluded", "action", "notified", "closed"]
    ledger.integrate()
    assert ledger.verify().ok


def test_nothing_of_it_stands_in_the_open(matter):
    """Neither a text nor a name: not in the ledger, not in the tables of the inquiry."""
    inquiry = matter.reported()
    matter.decided(inquiry)

    for note in Note.objects.filter(inquiry=inquiry):
        raw = bytes(note.sealed)
        assert not any(text.encode() in raw for text in (WORKING, SUMMARY, REPORT, REASON, "สมมติกล้า"))
    for entry in Entry.objects.filter(kind__startswith="inquiries."):
        assert not any(text in str(entry.content) for text in (WORKING, SUMMARY, REPORT, REASON, "สมมติกล้า"))
    rows = (
        list(Respondent.objects.values()) + list(Inquiry.objects.values()) + list(Sanction.objects.values())
    )
    assert "สมมติกล้า" not in str(rows)


def test_members_read_the_working_text_and_never_who_sent_it(matter):
    inquiry = matter.working()

    text = steps.said(steps.page(matter.desk(steps.MEMBER), inquiry))

    assert WORKING in text
    for private in (complaints.NAME, complaints.ADDRESS, complaints.EMAIL, complaints.NARRATIVE):
        assert private not in text
    reads = Entry.objects.filter(kind="inquiries.read", subject_id=str(inquiry.pk))
    assert reads.filter(actor_id=matter.world[steps.MEMBER].person.pk).exists()
