"""Keys of an inquiry: in hand for an act, passed on to a member, taken away from whoever turns out to be named."""

from __future__ import annotations

from typing import Any

from prongsai import notices, sealed
from prongsai.acts import Refused, Step
from prongsai.complaints.keyring import envelopes_of, key_in_hand
from prongsai.complaints.models import Case
from prongsai.inquiries import naming
from prongsai.inquiries.models import Inquiry, Respondent, Sanction, Seat, Statement, Summons
from prongsai.organisation.models import Person
from prongsai.sealed.models import Grant, Keyholder


def pass_on(inquiry: Inquiry, step: Step, people: list[Person]) -> None:
    """The inquiry's key to these people; raises ``Refused`` for one who has no key of his own."""
    unlocked = key_in_hand(step)
    keys = {key.person_id: key for key in Keyholder.objects.of(*[p.pk for p in people])}
    without = [p.full_name for p in people if p.pk not in keys]
    if without:
        raise Refused(f"ยังไม่ได้สร้างรหัสเปิดผนึก โปรดแจ้งให้สร้างก่อน: {', '.join(without)}")
    try:
        for key in keys.values():
            sealed.add_member(inquiry.envelope, unlocked, key)
    except sealed.SealError as error:
        raise Refused(str(error)) from error


def take_back(inquiry: Inquiry, person: Person | int) -> None:
    _take(inquiry.envelope_id, person if isinstance(person, int) else person.pk)


def shut_out(case: Case, people: list[Person], step: Step) -> None:
    """Whoever is named in the case: excluded from it, without any of its keys, off its committees, from now on.

    Raises ``Refused`` where that would leave the matter without a handler or a key: then somebody must take over first.
    """
    if case.handler_id in {p.pk for p in people}:
        raise Refused("ผู้ถูกกล่าวหาเป็นผู้รับผิดชอบสำนวนนี้ โปรดแจ้งหัวหน้าศูนย์ให้มอบหมายผู้รับผิดชอบใหม่ก่อน")
    naming.name_in(case, people)
    for person in people:
        for envelope_id in _envelopes(case):
            _take(envelope_id, person.pk)
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
    from prongsai.acts import perform
    from prongsai.inquiries import access
    from prongsai.inquiries.acts.seats import LeaveSeat
    from prongsai.organisation.actors import Actor

    seats = Seat.objects.filter(inquiry__case=case, state__in=Seat.SITTING, inquiry__state__in=Inquiry.OPEN)
    for seat in seats.select_related("person__agency", "person__supervisor", "inquiry__case", "province"):
        if access.why_in_conflict(seat.person, case):
            perform(LeaveSeat, seat, actor=Actor.system(case.province), at=step.now)


def _envelopes(case: Case) -> list[Any]:
    """Of the case and of everything merged into it, and of its inquiries."""
    of_the_case = [envelope.pk for envelope in envelopes_of(case, identity=True)]
    return [*of_the_case, *case.inquiries.values_list("envelope_id", flat=True)]


def _take(envelope_id: Any, person_id: int) -> None:
    grants = Grant.objects.filter(envelope=envelope_id, keyholder__person_id=person_id)
    for grant in grants.select_related("keyholder", "envelope"):
        assert grant.keyholder is not None  # filtered by its person
        try:
            sealed.remove_member(grant.envelope, grant.keyholder)
        except sealed.LastMember as error:
            raise Refused(f"{error} โปรดเพิ่มผู้ถือกุญแจที่มิได้เกี่ยวข้องก่อน") from error
