"""Somebody of the inquiry leaves the office: nothing stays with him, and nothing of it goes to his successor in the post."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prongsai.acts.models import Due
from prongsai.inquiries import acts, duties, naming
from prongsai.inquiries.models import Seat
from prongsai.inquiries.tests import steps
from prongsai.inquiries.tests.steps import CHAIR, REASON
from prongsai.notices.models import Notice
from prongsai.staff.clock import complete_departures
from prongsai.staff.tests.test_leaving import ordered, tomorrow

pytestmark = pytest.mark.django_db

NEW_CHAIR = "officer_6"


def report_due(inquiry) -> Due:
    return Due.objects.open().get(record_id=inquiry.pk, duty=duties.Report.key())


def replace(matter, seat: Seat, by: str = "vice_governor") -> None:
    steps.make_keys(matter.world, NEW_CHAIR)
    new = {"seat": str(seat.pk), "person": steps.name_of(matter.world[NEW_CHAIR]), "reason": REASON}
    steps.act(matter.desk(by), acts.ReplaceMember, seat.inquiry, order_no="๑๔/๒๕๗๐", **new)


def test_a_chair_who_leaves_the_office_leaves_the_committee_to_the_orderer(matter, client_of):
    inquiry, world = matter.working(), matter.world
    chair, successor = world[CHAIR].person, world["head_agency"].person
    orderer = world["vice_governor"].person
    assert report_due(inquiry).owed_person == chair
    departure = ordered(client_of, "governor", world[CHAIR], successor=successor.pk)
    with tomorrow():
        matter.again()
        assert complete_departures() == 1
        seat = inquiry.seats.get(person=chair)
        assert seat.state == Seat.State.REPLACED
        departure.refresh_from_db()
        assert departure.handed_over["การสอบข้อเท็จจริง (ลับ)"] == 2, "seat and report"
        assert report_due(inquiry).owed_person == orderer
        assert not Due.objects.open().filter(owed_person__in=[chair, successor], secrecy="S3").exists()
        told = Notice.objects.filter(kind="inquiries.leave_seat", record_id=str(seat.pk))
        assert {notice.recipient for notice in told} == {orderer}

        replace(matter, seat)
        new = inquiry.seats.get(replaces=seat)
        assert (new.role, new.person) == (Seat.Role.CHAIR, world[NEW_CHAIR].person)
        assert report_due(inquiry).owed_person == new.person
        shown = steps.said(steps.page(matter.desk(NEW_CHAIR), new))
        assert seat.label in shown


def test_a_chair_who_withdraws_owes_nothing_more(matter):
    """It stayed with him, who may not see the matter any more: nobody was warned."""
    inquiry, world = matter.working(), matter.world
    seat = inquiry.seats.get(person=world[CHAIR].person)
    steps.act(matter.desk(CHAIR), acts.DeclareInterest, seat, reason=REASON)
    assert report_due(inquiry).owed_person == world["vice_governor"].person
    replace(matter, seat)
    assert report_due(inquiry).owed_person == world[NEW_CHAIR].person
    page = matter.desk("vice_governor").get(steps.url(acts.ReplaceMember, inquiry))
    offered = [value for value, _label in page.context["form"].fields["seat"].choices]
    assert str(seat.pk) not in offered, "his seat is filled"


def test_what_a_replaced_chair_owes_goes_to_the_new_one_alone(matter):
    """It went to who ordered the inquiry, and from there to the new chair, in one act."""
    inquiry, world = matter.working(), matter.world
    seat = inquiry.seats.get(person=world[CHAIR].person)
    with CaptureQueriesContext(connection) as asked:
        replace(matter, seat)
    given = [re.match(r'UPDATE "acts_due" SET "owed_person_id" = (\d+)', q["sql"]) for q in asked]
    assert {int(to[1]) for to in given if to} == {world[NEW_CHAIR].person_id}
    assert report_due(inquiry).owed_person == world[NEW_CHAIR].person


def test_who_is_to_decide_and_leaves_is_followed_by_one_who_may_decide(matter, client_of):
    """The governor ordered nothing here; of the executives he may decide, and the named successor may not."""
    inquiry, world = matter.reported(), matter.world
    leaver, barred = world["vice_governor"].person, world["head_agency"]
    due = Due.objects.open().get(record_id=inquiry.pk, duty=duties.DecideResult.key())
    assert due.owed_person == leaver
    naming.name_in(inquiry.case, [barred.person])
    ordered(client_of, "governor", world["vice_governor"], successor=barred.person_id)
    with tomorrow():
        complete_departures()
        due.refresh_from_db()
        assert due.owed_person == world["governor"].person
