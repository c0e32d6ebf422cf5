"""Who may open a protection file: officers of protection, governor and vice governors; nobody who is feared or accused.

The key of a file is sealed to each of them when it begins. Whoever does not hold it finds the file at no door and hears of
it in no notice, whatever the role; nor does whoever holds it and is kept from the complaint by now, because he, or somebody above
him, turned out to be accused in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from prongsai import sealed
from prongsai.complaints import line
from prongsai.complaints.models import Case, Receipt
from prongsai.organisation.actors import Actor
from prongsai.organisation.holders import holders
from prongsai.organisation.models import Person, Province
from prongsai.protection.matching import receipt_link
from prongsai.protection.models import Instruction, ProtectionCase, RetaliationAlert
from prongsai.sealed.models import Grant, Keyholder

OFFICER, DECIDERS = "protection_officer", ("governor", "vice_governor")
NOT_OFFICER = "เฉพาะเจ้าหน้าที่คุ้มครองผู้แจ้งเบาะแส"
NOT_DECIDER = "เฉพาะผู้ว่าราชการจังหวัดหรือรองผู้ว่าราชการจังหวัด"


class NoTeam(RuntimeError):
    """No protection officer with a key may have the file."""


def choose(province: Province, case: Case | None, feared: str) -> list[Keyholder]:
    """Raises NoTeam. ``feared``: what the reporter wrote of those from whom retaliation is feared."""
    officers = list(holders(OFFICER, province))
    deciders = [person for role in DECIDERS for person in holders(role, province)]
    people = {p.pk: p for p in (*officers, *deciders)}
    barred = {p.pk for p in line.named(feared, people.values())}
    if case is not None:
        barred |= {person for _case, person in line.never_told([str(case.matter.pk)], list(people))}
    keys = sealed.keyholders_of([p.pk for p in (*officers, *deciders) if p.pk not in barred])
    if not {k.person_id for k in keys} & {p.pk for p in officers}:
        raise NoTeam
    return keys


def holds_key(actor: Actor, record: ProtectionCase | Instruction) -> bool:
    """And is not kept from the complaint."""
    held = Grant.objects.filter(envelope=record.envelope_id, keyholder__person=actor.person_id).exists()
    return held and not kept_from(file_of(record), [actor.person_id])


def file_of(record: ProtectionCase | Instruction | RetaliationAlert) -> ProtectionCase:
    return record if isinstance(record, ProtectionCase) else record.case


def kept_links(person_id: int) -> set[bytes]:
    """The files of the complaints that the person is kept from. It is asked from this side: no file says whose complaint it is."""
    matters = line.matters_kept_from(person_id)
    receipts = Receipt.objects.filter(Q(case__in=matters) | Q(case__merged_into__in=matters))
    return {receipt_link(pk) for pk in receipts.values_list("pk", flat=True)} if matters else set()


def kept_from(file: ProtectionCase, person_ids: Iterable[int]) -> set[int]:
    """Of these people, those who are kept from the complaint of the file."""
    return {pk for pk in person_ids if bytes(file.link) in kept_links(pk)}


def is_team(actor: Actor) -> bool:
    return actor.kind == "staff" and any(actor.has(role) for role in (OFFICER, *DECIDERS))


def mine(actor: Actor, envelope: str, link: str) -> Q:
    """The condition that the actor holds the key in the column ``envelope``, and is not kept from the file of ``link``."""
    held = Grant.objects.filter(envelope=OuterRef(envelope), keyholder__person=actor.person)
    person = actor.person_id
    kept = actor.once("protection.kept", lambda: kept_links(person)) if person else set()
    return Q(Exists(held)) & ~Q(**{f"{link}__in": kept})


def officer(actor: Actor, case: ProtectionCase) -> str | None:
    """None for a protection officer who holds the file's key."""
    may = actor.kind == "staff" and actor.has(OFFICER) and holds_key(actor, case)
    return None if may else NOT_OFFICER


def decider(actor: Actor, case: ProtectionCase) -> str | None:
    """None for the governor or a vice governor who holds the file's key."""
    may = actor.kind == "staff" and any(actor.has(r) for r in DECIDERS) and holds_key(actor, case)
    return None if may else NOT_DECIDER


def members(case: ProtectionCase) -> QuerySet[Person]:
    """Whoever opens the file today; a key that was given up (a lost passphrase) does not count: he may be added again."""
    held = {"keyholders__grants__envelope": case.envelope_id, "keyholders__retired_at": None}
    found = Person.objects.filter(**held)
    return found.exclude(pk__in=kept_from(case, found.values_list("pk", flat=True))).distinct()


def officers_of(case: ProtectionCase) -> Iterable[int]:
    able = holders(OFFICER, case.province).values_list("pk", flat=True)
    return set(members(case).filter(pk__in=list(able)).values_list("pk", flat=True))


def deciders_of(case: ProtectionCase) -> Iterable[int]:
    able = {p.pk for role in DECIDERS for p in holders(role, case.province)}
    return set(members(case).filter(pk__in=able).values_list("pk", flat=True))


def never_told(record_ids: Collection[str], person_ids: Collection[int]) -> set[tuple[str, int]]:
    """Of files and people, the pairs where the person does not hold the file's key, or is kept from the complaint."""
    return _apart(ProtectionCase.objects.filter(pk__in=record_ids), "envelope_id", "link", person_ids)


def never_told_of_alerts(record_ids: Collection[str], person_ids: Collection[int]) -> set[tuple[str, int]]:
    alerts = RetaliationAlert.objects.filter(pk__in=record_ids)
    return _apart(alerts, "case__envelope_id", "case__link", person_ids)


def never_told_of_instructions(
    record_ids: Collection[str], person_ids: Collection[int]
) -> set[tuple[str, int]]:
    instructions = Instruction.objects.filter(pk__in=record_ids)
    return _apart(instructions, "envelope_id", "case__link", person_ids)


def _apart(rows: QuerySet, envelope: str, link: str, person_ids: Collection[int]) -> set[tuple[str, int]]:
    kept = {person: kept_links(person) for person in person_ids}
    wrong = set()
    for pk, sealed_to, of in rows.values_list("pk", envelope, link):
        grants = Grant.objects.filter(envelope=sealed_to, keyholder__person__in=person_ids)
        able = set(grants.values_list("keyholder__person_id", flat=True))
        wrong |= {
            (str(pk), person) for person in person_ids if person not in able or bytes(of) in kept[person]
        }
    return wrong
