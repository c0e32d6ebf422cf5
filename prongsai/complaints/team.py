"""Who handles complaints: the centre's officers and its head, never a person named in the matter.

The team of a new case is everybody who may handle it; the key of the case is sealed to each of them. A person whose
name the sender gives as the accused is left out at once (and so never holds a key); when that leaves fewer than two,
the vice governors and the governor stand in, by the same rule (two persons decide).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from prongsai.complaints.models import Case, Reveal
from prongsai.complaints.staffing import STAND_INS, NoTeam, centre_of, staff
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Agency, Person, Province
from prongsai.sealed.models import Keyholder
from prongsai.thai.text import name_key

__all__ = ["NoTeam", "Team", "centre_of", "choose", "may_handle", "named", "never_told"]

FEWEST = 2  # two persons decide

# By hand, because every notice of a complaint asks it.
NEVER_TOLD = """
SELECT case_id, person_id FROM complaints_exclusion WHERE case_id = ANY(%s::uuid[]) AND person_id = ANY(%s::bigint[])
"""


@dataclass(frozen=True)
class Team:
    centre: Agency
    handlers: list[Keyholder]
    custodians: list[Keyholder]
    excluded: list[Person]
    recovery: Mapping[str, Keyholder]


def choose(province: Province, accused: str) -> Team:
    """The team of a new case; ``accused`` is what the sender wrote of the accused (names, posts)."""
    here = staff(province)
    excluded = named(accused, [*here.officers, *here.custodians])
    custodians = {p.pk for p in here.custodians}
    ids = {p.pk for p in here.officers} - {p.pk for p in excluded} - custodians
    if len(ids) < FEWEST:
        named_above = named(accused, here.stand_ins)
        excluded += named_above
        ids |= {p.pk for p in here.stand_ins if p not in named_above} - custodians
    keeping = custodians - {p.pk for p in excluded}
    team = Team(
        here.centre,
        [key for person, key in here.keys.items() if person in ids],
        [key for person, key in here.keys.items() if person in keeping],
        excluded,
        here.recovery,
    )
    if not team.handlers or not team.custodians:
        raise NoTeam("no officer of the centre, or no custodian, has made a key")
    return team


def named(accused: str, people: Iterable[Person]) -> list[Person]:
    """The people whose first name and surname both stand in what was written, each once."""
    written = name_key(accused)
    return [
        p
        for p in dict.fromkeys(people)
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
    return "เรื่องนี้ถูกทำลายตามกำหนดเก็บรักษาแล้ว" if case.destroyed_at else None


def never_told(record_ids: Collection[str], person_ids: Collection[int]) -> set[tuple[str, int]]:
    """Of cases and people, the pairs where the person is excluded from the case: no notice, no mail, no alarm."""
    with connection.cursor() as cursor:
        cursor.execute(NEVER_TOLD, [list(record_ids), list(person_ids)])
        return {(str(case), person) for case, person in cursor.fetchall()}


def never_told_of_reveals(record_ids: Collection[str], person_ids: Collection[int]) -> set[tuple[str, int]]:
    """As ``never_told``, for the requests to see a sender's identity."""
    found = Reveal.objects.filter(pk__in=record_ids, case__exclusions__person_id__in=person_ids)
    return {(str(pk), person) for pk, person in found.values_list("pk", "case__exclusions__person_id")}


def _stands_in(actor: Actor, case: Case) -> bool:
    """A vice governor or the governor, on a case whose key was sealed to him."""
    if not any(actor.has(role) for role in STAND_INS):
        return False
    return case.envelope.grants.filter(keyholder__person=actor.person).exists()
