"""Findings are about one respondent each; figures count the matter once."""

from __future__ import annotations

import pytest

from prongsai.inquiries import acts
from prongsai.inquiries.models import Inquiry
from prongsai.inquiries.statistics import outcomes
from prongsai.inquiries.tests import steps
from prongsai.inquiries.tests.steps import REASON
from prongsai.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.at("AT-M6-20")
@pytest.mark.at("AT-M6-23")
def test_who_ignored_is_found_apart_and_several_items_are_one_case(matter):
    """Given an officer who took money and used the office car, and a supervisor who knew; when findings are recorded."""
    inquiry = matter.working()
    taker = matter.heard(matter.respondent(inquiry))
    knew = matter.respondent(inquiry, "นางค หัวหน้าสมมติ", position="หัวหน้ากลุ่ม", is_executive="on")
    hired = matter.respondent(inquiry, "นายง คนงานสมมติ", staff_type="contract_worker")
    items = ["M6.2.3.(2)", "M6.2.3.(3)", "M6.2.3.(5)", "M1.1.2"]

    # Nobody is found about, and nothing reported, before each was heard (APA s.30).
    clerk, chair = matter.desk(steps.MEMBER), matter.desk(steps.CHAIR)
    early = steps.try_act(clerk, acts.RecordFinding, knew, finding="grave", part="ignored", reason=REASON)
    assert early.status_code == 409
    taker = matter.found(taker, finding="criminal", conduct=items)
    refused = steps.try_act(chair, acts.SubmitReport, inquiry, text=steps.REPORT)
    assert refused.status_code == 409 and "มาตรา ๓๐" in steps.said(refused)
    wrong = {"finding": "unfounded", "part": "ignored", "reason": REASON}
    assert steps.try_act(clerk, acts.RecordFinding, matter.heard(knew), **wrong).status_code == 422
    knew = matter.found(knew, finding="not_grave", part="ignored", conduct=["M6.2.3.(14)"])
    matter.found(matter.heard(hired, "refused"), finding="unfounded", part="")
    matter.decided(matter.reported(inquiry), tracks_1=["discipline", "legal"], tracks_2=["discipline"])

    knew.refresh_from_db()
    assert (knew.get_part_display(), taker.get_part_display()) == ("เพิกเฉย", "ตัวการ")
    entry = Entry.objects.get(kind="inquiries.record_finding", subject_id=str(taker.pk))
    assert set(items) <= set(entry.clauses)
    figures = outcomes(Inquiry.objects.filter(pk=inquiry.pk))
    assert (figures.inquiries, figures.decided, figures.respondents) == (1, 1, 3)
    assert figures.by_finding == {"criminal": 1}, "one case, by its gravest finding"
    assert figures.by_conduct == {**dict.fromkeys(items, 1), "M6.2.3.(14)": 1}
    assert figures.by_part == {"principal": 1, "ignored": 1}
    assert figures.by_outcome == {"action": 1} and figures.by_track == {"discipline": 2, "legal": 1}
