"""Whoever turns out to be named in a matter loses what he has of it, within the act that names him."""

from __future__ import annotations

from typing import Any

from prongsai import notices
from prongsai.acts import Refused, Step, perform
from prongsai.complaints.keyring import envelopes_of
from prongsai.complaints.models import Case
from prongsai.inquiries import access, naming
from prongsai.inquiries.acts.seats import LeaveSeat
from prongsai.inquiries.models import Inquiry, Respondent, Sanction, Seat, Statement, Summons
from prongsai.inquiries.sealing import take_from
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person


def shut_out(case: Case, people: list[Person], step: Step) -> None:
    """Whoever is named in the case: excluded from it, without any of its keys, off its committees, from now on.

    Raises ``Refused`` where that would leave the matter without a handler or a key: then somebody must take over first.
    """
    if case.handler_id in {p.pk for p in people}:
        raise Refused("ผู้ถูกกล่าวหาเป็นผู้รับผิดชอบสำนวนนี้ โปรดแจ้งหัวหน้าศูนย์ให้มอบหมายผู้รับผิดชอบใหม่ก่อน")
    naming.name_in(case, people)
    for person in people:
        for envelope_id in _envelopes(case):
            take_from(person, envelope_id)
    if people:
        notices.withdraw(_records(case), [p.pk for p in people])
        _unseat(case, step)


def _records(case: Case) -> list[Any]:
    """The ids of the case and of everything in its inquiries."""
    inquiries = list(case.inquiries.values_list("pk", flat=True))
    found = [case.pk, *inquiries]
    for part in (Seat, Respondent, Summons, Statement, Sanction):
        found += part.objects.filter(inquiry__in=inquiries).values_list("pk", flat=True)
    return found


def _unseat(case: Case, step: Step) -> None:
    """Members who are named, or work under somebody who is: off the committee; the orderer names another."""
    seats = Seat.objects.filter(inquiry__case=case, state__in=Seat.SITTING, inquiry__state__in=Inquiry.OPEN)
    for seat in seats.select_related("person__agency", "person__supervisor", "inquiry__case", "province"):
        if access.why_in_conflict(seat.person, case):
            perform(LeaveSeat, seat, actor=Actor.system(case.province), at=step.now)


def _envelopes(case: Case) -> list[Any]:
    """Of the case and of everything merged into it, and of its inquiries."""
    of_the_case = [envelope.pk for envelope in envelopes_of(case, identity=True)]
    return [*of_the_case, *case.inquiries.values_list("envelope_id", flat=True)]
