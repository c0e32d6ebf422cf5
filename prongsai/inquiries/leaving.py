"""Who leaves the office leaves the committee: the chair owes its report, the orderer names another, and nothing of it goes to
the successor in his post, who may be the one whom it concerns."""

from __future__ import annotations

from django.db.models import QuerySet

from prongsai.acts import perform
from prongsai.acts.declaration import record_type
from prongsai.acts.models import Due
from prongsai.acts.registry import duty_of
from prongsai.inquiries import access, duties
from prongsai.inquiries.acts.base import inquiry_of
from prongsai.inquiries.acts.seats import LeaveSeat
from prongsai.inquiries.models import Inquiry, Respondent, Sanction, Seat, Summons
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person

RECORDS = {record_type(model): model for model in (Inquiry, Respondent, Sanction, Summons)}


class Inquiries:
    """What ``staff.handover`` asks of this room."""

    title = "การสอบข้อเท็จจริง (ลับ)"

    def count(self, person: Person) -> int:
        return _seats(person).count() + _dues(person).count()

    def hand_over(self, person: Person, successor: Person) -> int:
        given = self.count(person)
        for seat in _seats(person).select_related("inquiry__case", "person", "province"):
            perform(LeaveSeat, seat, actor=Actor.system(seat.province), data={"left_office": True})
        for due in _dues(person):
            _give(due, person, successor)
        return given


def _seats(person: Person) -> QuerySet[Seat]:
    return Seat.objects.filter(person=person, state__in=Seat.SITTING, inquiry__state__in=Inquiry.OPEN)


def _dues(person: Person) -> QuerySet[Due]:
    return Due.objects.open().filter(record_type__in=RECORDS, owed_person=person)


def _give(due: Due, leaver: Person, successor: Person) -> None:
    """To whom the duty's own rule names now; what an executive owes to another who may decide, the successor first. Where
    there is nobody, to the centre, whose alarm goes up."""
    record = RECORDS[due.record_type].objects.get(pk=due.record_id)
    inquiry = inquiry_of(record)
    if (
        due.duty == duties.AnswerSummons.key()
    ):  # who was asked has left: the committee looks for him elsewhere
        owed = duties.Report.owed_by(duties.Report(), inquiry)
    else:
        owed = duty_of(due.duty).owed_by(record)
    to = owed.person_id
    if to is None or to == leaver.pk:
        others = [p.pk for p in access.deciders_of(inquiry) if p != leaver]
        by_role = owed.role == "center_officer"
        to = None if by_role else successor.pk if successor.pk in others else next(iter(others), None)
    role = "center_officer" if to is None else due.owed_role
    agency = inquiry.case.agency_id if to is None else due.agency_id
    Due.objects.filter(pk=due.pk).update(owed_person_id=to, owed_role=role, agency_id=agency)
