"""Whoever is asked for facts must help (M6.2.2): reminded, then the supervisor; a refusal is a fact, not guilt."""

from __future__ import annotations

import pytest

from prongsai.inquiries import acts
from prongsai.inquiries.clock import chase_summonses
from prongsai.inquiries.models import Summons
from prongsai.inquiries.tests import steps
from prongsai.inquiries.tests.steps import MEMBER, REASON
from prongsai.ledger.models import Entry
from prongsai.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.mark.at("AT-M6-26")
def test_an_unanswered_summons_is_reminded_goes_past_who_is_involved_and_is_a_fact(matter, time_machine):
    """Given an officer asked for facts, whose supervisor is accused; when the due date passes without an answer."""
    time_machine.move_to("2026-12-14T09:00:00+07:00", tick=True)
    inquiry = matter.working(agency="HEALTH")
    world = matter.world
    asked, supervisor = world["officer"].person, world["supervisor"].person
    fields = {
        "kind": "officer", "name": steps.name_of(world["officer"]), "letter_no": "ลับ ๑", "letter_date": "14/12/2569",
        "asked": "โปรดชี้แจงการใช้สมุดคุมน้ำมันเชื้อเพลิง",
    }  # fmt: skip
    steps.act(matter.desk(MEMBER), acts.SendSummons, inquiry, **fields)
    matter.respondent(inquiry, steps.name_of(world["supervisor"]))
    summons = inquiry.summonses.get()
    assert str(summons.due_on) == "2026-12-29"
    own = matter.plain("officer")
    assert steps.page(own, summons).status_code == 200
    assert fields["asked"] not in steps.said(steps.page(own, summons))
    assert steps.page(matter.plain("officer_2"), summons).status_code == 404

    time_machine.move_to("2026-12-29T18:00:00+07:00", tick=True)
    assert chase_summonses() == 0, "the day itself is in time"
    time_machine.move_to("2026-12-30T09:00:00+07:00", tick=True)
    assert (chase_summonses(), chase_summonses()) == (1, 0)
    summons.refresh_from_db()
    assert summons.state == Summons.State.REMINDED
    told = Notice.objects.filter(record_id=str(summons.pk), kind="inquiries.remind_summons")
    assert [n.recipient_id for n in told] == [asked.pk]

    # Three working days later: past the supervisor, who is accused, to the head of the agency.
    time_machine.move_to("2027-01-11T09:00:00+07:00", tick=True)
    assert (chase_summonses(), chase_summonses()) == (1, 0)
    summons.refresh_from_db()
    assert summons.escalated_to == world["head_agency"].person and summons.escalated_label
    heard = set(
        Notice.objects.filter(record_id=str(summons.pk), kind="inquiries.escalate_summons").values_list(
            "recipient_id", flat=True
        )
    )
    assert world["head_agency"].person.pk in heard and supervisor.pk not in heard
    assert steps.page(matter.plain("head_agency"), summons).status_code == 200
    assert steps.page(matter.plain("supervisor"), summons).status_code == 404

    matter.again()
    summons = steps.act(matter.desk(MEMBER), acts.RecordUncooperative, summons, text=REASON)
    assert "ข้อเท็จจริง" in summons.get_state_display()
    assert not inquiry.respondents.exclude(finding="").exists(), "nobody is found guilty of silence"
    assert not Entry.objects.filter(kind="inquiries.record_finding").exists()
    # A late answer is still an answer.
    late = {"answered_on": "11/1/2570", "text": "ชี้แจงตามเอกสารแนบ"}
    assert steps.act(matter.desk(MEMBER), acts.RecordAnswer, summons, **late).state == Summons.State.ANSWERED
