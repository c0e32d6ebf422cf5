"""Who handles complaints: the centre's officers and its head, never a person named in the matter or below one.

The team of a new case is everybody who may handle it; the key of the case is sealed to each of them. Whoever is named as
the accused, and everybody who reports to him (``line``), is left out at once and so never holds a key. When that leaves
fewer than two, or the centre itself is accused, the vice governors and the governor stand in, by the same rule (two persons
decide). A complaint about the governor that its sender has forwarded is sealed to the identity custodians alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from prongsai.complaints import governor, line
from prongsai.complaints.line import never_told
from prongsai.complaints.models import Case, Receipt, Reveal
from prongsai.complaints.staffing import STAND_INS, AboutGovernor, NoTeam, Staff, centre_of, staff
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Agency, Person, Province
from prongsai.sealed.models import Keyholder, Slot

__all__ = [
    "AboutGovernor",
    "NoTeam",
    "Team",
    "accused_text",
    "barred",
    "centre_of",
    "choose",
    "custodians_alone",
    "is_kept_from",
    "may_handle",
    "never_told",
]

FEWEST = 2  # two persons decide
DESTROYED = "เรื่องนี้ถูกทำลายตามกำหนดเก็บรักษาแล้ว"
CONCERNED = "ท่านเกี่ยวข้องกับเรื่องนี้ จึงดำเนินการมิได้"
TYPED_IN = "ท่านเป็นผู้รับและบันทึกเรื่องนี้ ผู้รับเรื่อง ผู้รับผิดชอบ และผู้วินิจฉัยต้องมิใช่บุคคลเดียวกัน"


@dataclass(frozen=True)
class Team:
    """``handlers`` and ``custodians`` each hold one share of the identity; ``readers`` open the case and its letters."""

    centre: Agency
    handlers: list[Keyholder]
    custodians: list[Keyholder]
    excluded: list[Person]
    recovery: Mapping[str, Keyholder]
    readers: list[Keyholder] = field(default_factory=list)
    accused: list[int] = field(default_factory=list)  # people of the staff list who are named
    above: bool = False  # stand-ins are on it, in place of the centre or beside its one officer
    slot: Slot = Slot.CENTRE  # which recovery key opens the case


def choose(
    province: Province,
    accused: Mapping[str, str],
    *,
    agency_id: int | None = None,
    received_by: int | None = None,
    about_governor: bool = True,
) -> Team:
    """The team of a new case. ``accused``: what the sender wrote (agency, name); ``agency_id``: the agency chosen.

    ``received_by``: who typed it in, and so may not handle it. ``about_governor`` False: the sender has said that the
    governor is only mentioned; he is kept from it, and nobody because of him. Raises ``NoTeam``, ``AboutGovernor``.
    """
    here = staff(province)
    written = accused_text(accused, agency_id)
    if about_governor and governor.is_named(province, written, here.governors):
        raise AboutGovernor
    named = _named(here, province, written)
    ruling = {p.pk for p in here.governors} if not about_governor else set()
    causes = named - ruling
    everybody = list(dict.fromkeys([*here.officers, *here.custodians, *here.stand_ins]))
    kept_out = [
        p for p in everybody if p.pk in named or p.pk in ruling or not causes.isdisjoint(here.above[p.pk])
    ]
    out = {p.pk for p in kept_out}
    if agency_id == here.centre.pk:
        kept_out += [p for p in here.officers if p.pk not in out]
        out |= {p.pk for p in here.officers}
    keeping = _able(here, here.custodians, out)
    ids = _able(here, here.officers, out | {p.pk for p in here.custodians} | {received_by})
    above = len(ids) < FEWEST
    if above:
        ids |= _able(here, here.stand_ins, out | {p.pk for p in here.custodians})
    if not keeping or len(ids) < (FEWEST if out else 1):
        raise NoTeam("nobody with a key remains for this complaint", named=bool(out))
    handlers = [key for person, key in here.keys.items() if person in ids]
    custodians = [key for person, key in here.keys.items() if person in keeping]
    return Team(
        here.centre, handlers, custodians, kept_out, here.recovery, handlers, sorted(causes), above=above
    )


def accused_text(accused: Mapping[str, str], agency_id: int | None) -> str:
    """What was written of who is accused; an agency of the list is not a person's name."""
    return " ".join(v for k, v in accused.items() if v and (k != "agency" or agency_id is None))


def custodians_alone(province: Province, accused: Mapping[str, str], agency_id: int | None = None) -> Team:
    """For a complaint about the governor: the custodians, each with one half of the identity. Raises ``NoTeam``.

    Whoever else is named is kept from it as ever; everybody stands below the governor, so he keeps nobody out.
    """
    here = staff(province)
    ruling = {p.pk for p in here.governors}
    causes = _named(here, province, accused_text(accused, agency_id)) - ruling
    out = {p.pk for p in here.custodians if p.pk in causes or not causes.isdisjoint(here.above[p.pk])}
    keys = [here.keys[pk] for pk in sorted(_able(here, here.custodians, out))]
    if len(keys) < FEWEST:
        raise NoTeam("fewer than two custodians with a key remain", named=True)
    keepers = {key.person_id for key in keys}
    others = [p for p in (*here.officers, *here.stand_ins, *here.custodians) if p.pk not in keepers]
    return Team(
        here.centre,
        keys[:1],
        keys[1:],
        list(dict.fromkeys(others)),
        here.recovery,
        keys,
        sorted(causes),
        slot=Slot.CUSTODIANS,
    )


def _named(here: Staff, province: Province, written: str) -> set[int]:
    plain = line.written_plain(written)
    if not plain:
        return set()
    found = {p.pk for p in line.named_in_province(province, written)}
    for words, people in here.posts:
        if any(line.says_post(plain, one) for one in words):
            found.update(people)
    return found


def _able(here: Staff, people: Iterable[Person], out: Collection[int | None]) -> set[int]:
    return {p.pk for p in people if p.pk not in out and p.pk in here.keys}


def is_kept_from(person: Person | None, case: Case) -> bool:
    """Named in it, below somebody who is, or in conflict."""
    if person is None:
        return False
    return bool(never_told([str(case.pk)], [person.pk]))


def barred(case: Case, people: Iterable[Person]) -> set[int]:
    """Of these people, those who may not have the case: kept from it, or the one who typed it in."""
    ids = [p.pk for p in people]
    kept = {person for _case, person in never_told([str(case.pk)], ids)}
    return kept | typed_in(case)


def typed_in(case: Case) -> set[int]:
    """Who received and wrote down a receipt of the matter."""
    receipts: Iterable[Receipt] = case.all_receipts().exclude(received_by=None)
    return {receipt.received_by_id for receipt in receipts if receipt.received_by_id}


def may_handle(actor: Actor, case: Case) -> str | None:
    """None when the actor is on the team; else why not. Rows are already hidden from everybody else."""
    if case.custodians_only:
        keeps = actor.kind == "staff" and actor.has("identity_custodian") and _holds_key(actor, case)
        return None if keeps else "เฉพาะผู้เก็บรักษาข้อมูลผู้ร้องเรียน"
    if actor.kind != "staff" or not (
        actor.has("center_officer")
        or actor.has("head_agency", agency_id=case.agency_id)
        or _stands_in(actor, case)
    ):
        return "เฉพาะเจ้าหน้าที่ศูนย์ปฏิบัติการต่อต้านการทุจริต"
    if is_kept_from(actor.person, case):
        return CONCERNED
    return DESTROYED if case.destroyed_at else None


def never_told_of_reveals(record_ids: Collection[str], person_ids: Collection[int]) -> set[tuple[str, int]]:
    """As ``never_told``, for the requests to see a sender's identity."""
    cases = dict(Reveal.objects.filter(pk__in=record_ids).values_list("pk", "case_id"))
    pairs = never_told({str(case) for case in cases.values()}, person_ids)
    return {(str(pk), person) for pk, case in cases.items() for of, person in pairs if of == str(case)}


def _stands_in(actor: Actor, case: Case) -> bool:
    """A vice governor or the governor, on a case that is theirs in place of the centre and whose key they hold.

    Whoever only decides on one question of a case (``Case.executive``) holds its key too, and handles nothing.
    """
    stands = case.handled_above and any(actor.has(role) for role in STAND_INS)
    return stands and _holds_key(actor, case)


def _holds_key(actor: Actor, case: Case) -> bool:
    return case.envelope.grants.filter(keyholder__person=actor.person).exists()
