"""Who handles complaints: the centre's officers and its head, never a person named in the matter.

The team of a new case is everybody who may handle it; the key of the case is sealed to each of them. A person whose
name the sender gives as the accused is left out at once (and so never holds a key); when that leaves fewer than two,
the vice governors and the governor stand in, by the same rule (two persons decide).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from prongsai.complaints.models import Case
from prongsai.organisation.actors import Actor
from prongsai.organisation.holders import holders
from prongsai.organisation.models import Agency, Person, Province
from prongsai.sealed.models import Keyholder
from prongsai.thai.text import name_key

STAND_INS = ("vice_governor", "governor")
FEWEST = 2  # two persons decide


class NoTeam(RuntimeError):
    """Nobody at the centre can receive a complaint yet (no officer has made a key)."""


@dataclass(frozen=True)
class Team:
    centre: Agency
    handlers: list[Keyholder]
    custodians: list[Keyholder]
    excluded: list[Person]


def centre_of(province: Province) -> Agency:
    """The province's anti-corruption operation centre."""
    centre = Agency.objects.filter(province=province, function=Agency.Function.ANTICORRUPTION_CENTRE).first()
    if centre is None:
        raise NoTeam("no anti-corruption centre is set up")
    return centre


def choose(province: Province, accused: str) -> Team:
    """The team of a new case; ``accused`` is what the sender wrote of the accused (names, posts)."""
    centre = centre_of(province)
    custodians = list(holders("identity_custodian", province))
    people = [*holders("center_officer", province), *holders("head_agency", province, agency_id=centre.pk)]
    excluded = named(accused, [*people, *custodians])
    out = {p.pk for p in [*excluded, *custodians]}
    ids = {p.pk for p in people} - out
    if len(ids) < FEWEST:
        stand_ins = [p for role in STAND_INS for p in holders(role, province)]
        named_above = named(accused, stand_ins)
        excluded += named_above
        ids |= {p.pk for p in stand_ins if p not in named_above} - {p.pk for p in custodians}
    keeping = {p.pk for p in custodians} - {p.pk for p in excluded}
    keys = list(Keyholder.objects.of(*ids, *keeping))
    team = Team(
        centre,
        [k for k in keys if k.person_id in ids],
        [k for k in keys if k.person_id in keeping],
        excluded,
    )
    if not team.handlers or not team.custodians:
        raise NoTeam("no officer of the centre, or no custodian, has made a key")
    return team


def named(accused: str, people: Iterable[Person]) -> list[Person]:
    """The people whose first name and surname both stand in what was written."""
    written = name_key(accused)
    return [
        p
        for p in people
        if written and name_key(p.first_name) in written and name_key(p.last_name) in written
    ]


def may_handle(actor: Actor, case: Case) -> str | None:
    """None when the actor is on the team; else why not. Rows are already hidden from everybody else."""
    if actor.kind != "staff" or not (
        actor.has("center_officer")
        or actor.has("head_agency", agency_id=case.agency_id)
        or _stands_in(actor, case)
    ):
        return "เฉพาะเจ้าหน้าที่ศูนย์ปฏิบัติการต่อต้านการทุจริต"
    if case.exclusions.filter(person=actor.person).exists():
        return "ท่านเกี่ยวข้องกับเรื่องนี้ จึงดำเนินการมิได้"
    return None


def _stands_in(actor: Actor, case: Case) -> bool:
    """A vice governor or the governor, on a case whose key was sealed to him."""
    if not any(actor.has(role) for role in STAND_INS):
        return False
    return case.envelope.grants.filter(keyholder__person=actor.person).exists()
