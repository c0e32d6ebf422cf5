"""Who holds the keys of a case, and how they change hands: a member passes on what he holds, nothing is opened.

A case has its own envelope, one for the letters of each receipt, and one for each identity, whose key is split.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from prongsai import sealed
from prongsai.acts import Refused, Step
from prongsai.complaints.models import Case
from prongsai.complaints.staffing import NoTeam, Staff, staff
from prongsai.complaints.team import barred
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.sealed.models import Envelope, Keyholder

LOCKED = "โปรดเปิดผนึกด้วยรหัสของท่านก่อน"


def envelopes_of(case: Case, *, identity: bool) -> list[Envelope]:
    receipts = case.all_receipts().select_related("correspondence", "identity__envelope", "case__envelope")
    found = {case.envelope_id: case.envelope}
    for receipt in receipts:
        found[receipt.case.envelope_id] = receipt.case.envelope
        found[receipt.correspondence_id] = receipt.correspondence
        if identity and hasattr(receipt, "identity"):
            found[receipt.identity.envelope_id] = receipt.identity.envelope
    return list(found.values())


def key_in_hand(step: Step) -> sealed.Unlocked:
    """The actor's key: that of the session; a program that has no session (the sample) brings it in ``data``.

    Raises ``Refused`` without one.
    """
    unlocked = step.data.get("unlocked") or (sealed.unlocked(step.request) if step.request else None)
    if unlocked is None:
        raise Refused(LOCKED)
    return unlocked


def admit(step: Step, person: Person, *, identity: bool) -> None:
    """Give the person what the actor holds of the case: its file and letters; with ``identity`` the handlers' share too.

    Raises ``Refused``: the actor's key is not in hand, or opens nothing here; the person has none.
    """
    unlocked = key_in_hand(step)
    to = Keyholder.objects.of(person.pk).first()
    if to is None:
        raise Refused(f"{person.full_name} ยังไม่ได้ตั้งรหัสเปิดผนึก จึงรับเรื่องมิได้")
    try:
        for envelope in envelopes_of(step.record, identity=identity):
            sealed.add_member(envelope, unlocked, to)
    except sealed.SealError as error:
        raise Refused(str(error)) from error


def dismiss(case: Case, person: Person) -> None:
    """Take every key of the case from the person. Raises ``Refused`` when nobody else would hold one of them."""
    keys = Keyholder.objects.filter(person=person)
    try:
        for envelope in envelopes_of(case, identity=True):
            for key in keys:
                sealed.remove_member(envelope, key)
    except sealed.LastMember as error:
        raise Refused(str(error)) from error


def holding(case: Case) -> set[int]:
    """Persons who hold the case's key now."""
    grants = case.envelope.grants.filter(keyholder__person__isnull=False, keyholder__retired_at=None)
    return set(grants.values_list("keyholder__person_id", flat=True))


def able(case: Case, *, with_key: bool = True) -> list[Person]:
    """Who may handle the case: the centre's officers, or who stands in for them; not barred, in service, with a key.

    ``with_key`` False: also those to whom the case's key would have to be passed on first.
    """
    try:
        here = staff(case.province)
    except NoTeam:
        return []
    people = [*here.officers, *(here.stand_ins if case.handled_above else [])]
    out = barred(case, people) | {p.pk for p in here.custodians}
    keys = holding(case) if with_key else set(here.keys)
    return [p for p in dict.fromkeys(people) if p.pk in keys and p.pk not in out and p.is_in_service()]


def executives(case: Case, *, heads: bool) -> list[Person]:
    """Who above the handlers may decide on one question: vice governors, the governor; with ``heads`` the centre's head.

    Never somebody kept from the case, nor who handles, proposed or decided it; and only who can be given its key.
    """
    here: Staff = staff(case.province)
    people = [*(here.heads if heads else []), *here.stand_ins]
    out = barred(case, people) | {case.handler_id, case.proposed_by_id, case.decided_by_id}
    return [p for p in dict.fromkeys(people) if p.pk not in out and p.pk in here.keys]


def least_busy(officers: Iterable[Person]) -> Person | None:
    """Who has the fewest open cases."""
    open_cases = Case.objects.filter(handler__in=officers).exclude(state__in=Case.OVER)
    busy = dict(open_cases.values_list("handler").annotate(cases=Count("pk")))
    return min(officers, key=lambda p: (busy.get(p.pk, 0), p.pk), default=None)


def choices(people: Iterable[Person]) -> list[tuple[str, str]]:
    """For a form: who, with the post of today."""
    return [(str(p.pk), Actor.of(p).label) for p in people]


def chosen(data: dict[str, Any], name: str) -> Person:
    return Person.objects.get(pk=int(data[name]))
