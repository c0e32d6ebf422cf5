"""From filing to decision: each step is in the ledger under its clauses, and opens and meets its duty on the right day.

10 April 2569 is the Friday before Songkran: Monday to Wednesday are holidays.
"""

from __future__ import annotations

import pytest

from prongsai import ledger
from prongsai.acts.models import Due
from prongsai.complaints import acts
from prongsai.complaints.models import Case, Ground
from prongsai.complaints.tests import steps, traces
from prongsai.complaints.tests.steps import REASON
from prongsai.complaints.tests.traces import day
from prongsai.compliance.models import Announcement
from prongsai.compliance.standing import Board

pytestmark = pytest.mark.django_db


@pytest.fixture
def friday(world, time_machine):
    time_machine.move_to("2026-04-10T10:00:00+07:00", tick=True)
    return time_machine


@pytest.fixture
def at(time_machine, client_of):
    """A person at a desk at nine o'clock of a day; sessions do not last overnight."""

    def sit_down(date: str, key: str):
        time_machine.move_to(f"{date}T09:00:00+07:00", tick=True)
        return client_of(key)

    return sit_down


def walk(at) -> steps.Filed:
    """Filed on Friday 10 April, screened on the 16th, asked, answered on the 20th, proposed and accepted on the 22nd."""
    filed = steps.file_signed(grounds=["G1", "G3"])
    officer = at("2026-04-16", "center_officer")
    case = steps.screen(officer, filed.case)
    steps.ask(officer, case)
    at("2026-04-20", "anonymous")
    assert steps.send_more(steps.tracking(filed), "ขอส่งเอกสารเพิ่มเติม").status_code == 303
    case = steps.act(at("2026-04-22", "center_officer"), acts.ProposeAcceptance, case, reason=REASON)
    case = steps.act(at("2026-04-22", "center_head"), acts.Accept, case)
    assert case.state == Case.State.ACCEPTED
    return filed


def test_every_step_is_in_the_ledger_with_its_clauses(friday, at):
    filed = walk(at)
    reads = {"complaints.read", "complaints.file_read"}
    entries = [entry for entry in traces.entries(filed.case) if entry.kind not in reads]

    assert [(e.kind, e.content["from"], e.content["to"]) for e in entries] == [
        ("complaints.file_complaint", None, "received"),
        ("complaints.confirm_signature", "received", "received"),
        ("complaints.start_screening", "received", "screening"),
        ("complaints.assess", "screening", "screening"),
        ("complaints.ask_more", "screening", "more_info"),
        ("complaints.send_more", "more_info", "screening"),
        ("complaints.propose_acceptance", "screening", "accept_proposed"),
        ("complaints.accept", "accept_proposed", "accepted"),
    ]
    by_kind = {e.kind.removeprefix("complaints."): set(e.clauses) for e in entries}
    assert {"M5.2.1.1.(1)", "M5.2.1.1.(3)", "M5.2.2", "M5.2.2.4", "M5.2.2.7", "M5.2.5.2"} <= by_kind[
        "file_complaint"
    ]
    assert by_kind["confirm_signature"] == {"M5.2.2.5"}
    assert "M5.1.D1" in by_kind["assess"]
    assert by_kind["ask_more"] == {"M5.2.4.2", "M5.2.4.3"}
    assert {"M5.2.1", Ground.CORRUPTION.practice, Ground.NEGLECT.practice} <= by_kind["accept"]
    assert all(entry.secrecy == "S3" and entry.province == "50" for entry in entries)
    assert [e.actor_id for e in entries[:2]] == [None, None], "the citizen has no name here"
    assert "กิตติ ศรีบุญเรือง" in entries[2].actor_label


def test_the_ledger_stays_whole(friday, at):
    filed = walk(at)
    ledger.integrate()

    proof = ledger.proof(traces.entries(filed.case, "complaints.accept")[0].pk)
    report = ledger.verify()

    assert proof["opening"]["content"]["content"]["to"] == "accepted"
    assert report.ok, report


def test_duties_open_and_are_met_on_the_right_days(friday, at):
    filed = walk(at)

    found = Due.objects.filter(record_id=filed.case.pk).order_by("pk")
    kept = [
        (d.duty.partition(".")[2], str(d.started_on), str(d.due_on), str(d.met_on), bool(d.cancelled_at))
        for d in found
    ]

    assert kept == [
        # 13–15 April are holidays, 18 and 19 a weekend.
        ("begin_screening", "2026-04-10", "2026-04-16", "2026-04-16", False),
        ("decide", "2026-04-10", "2026-04-20", "None", True),
        # Fifteen calendar days for the sender.
        ("answer_request", "2026-04-16", "2026-05-01", "2026-04-20", False),
        ("decide", "2026-04-20", "2026-04-23", "2026-04-22", False),
        ("confirm_acceptance", "2026-04-22", "2026-04-23", "2026-04-22", False),
        # Seven calendar days until fact-finding is ordered.
        ("start_fact_finding", "2026-04-22", "2026-04-29", "None", False),
    ]
    assert all(due.is_default and due.practice.startswith("M5.2") for due in found)
    assert [d.duty for d in found if d.is_late(day("2026-05-30"))] == ["complaints.start_fact_finding"]


def test_a_late_step_is_marked_late_for_ever(friday, at):
    filed = steps.file_signed()
    assert not traces.dues(filed.case)["complaints.begin_screening"].is_late(day("2026-04-16"))

    case = steps.act(at("2026-04-17", "center_officer"), acts.StartScreening, filed.case)

    begun = traces.dues(case)["complaints.begin_screening"]
    assert (begun.due_on, begun.met_on) == (day("2026-04-16"), day("2026-04-17"))
    assert begun.is_late(day("2027-01-01"))


def test_a_refusal_is_confirmed_within_seven_working_days(friday, at):
    filed = steps.file_complaint()
    case = steps.ready_to_refuse(at("2026-04-16", "center_officer"), filed)
    case = steps.propose_refusal(at("2026-04-20", "center_officer"), case)

    confirm = traces.dues(case)["complaints.confirm_refusal"]

    assert (confirm.started_on, confirm.due_on) == (day("2026-04-20"), day("2026-04-29"))
    steps.act(at("2026-04-29", "center_officer_2"), acts.Refuse, case, reason=REASON)
    assert traces.dues(case)["complaints.confirm_refusal"].met_on == day("2026-04-29")


def test_the_clauses_of_measure_5_show_the_evidence_and_where_they_stand(friday, at):
    announcement = Announcement.objects.get(province_id="50")
    clauses = {c.code: c for c in announcement.clauses.all()}
    board = Board(announcement, day("2026-04-10"))
    before = {code: board.of(clauses[code]).evidence for code in ("M5.2.1", "M5.2.2", "M5.2.4.2", "M5.2.5.2")}

    filed = walk(at)

    board = Board(announcement, day("2026-04-22"))
    after = {code: board.of(clauses[code]).evidence - n for code, n in before.items()}
    assert after["M5.2.1"] >= 3, "filed, proposed, accepted"
    assert after["M5.2.2"] == 1
    assert after["M5.2.4.2"] == 2, "asked and answered"
    assert after["M5.2.5.2"] == 1
    assert board.of(clauses["M5.2.1"]).state == "due_soon", "fact-finding is owed next"
    assert board.agency(clauses["M5.2.1"], filed.case.agency_id).evidence >= 3
    public = Board(announcement, day("2026-04-22"), public=True)
    assert public.agency(clauses["M5.2.1"], filed.case.agency_id).evidence == 0, (
        "one complaint shows for no agency"
    )

    steps.file_complaint()
    late = Board(announcement, day("2026-05-30"))
    assert late.of(clauses["M5.2.1.1"]).state == "late"
