"""Who stands above whom: the accused, and everybody who reports to him, are kept from the matter (M5.2.2.2, AT-M5-06).

Above a person stand the supervisors of the staff list, up to the last, and the heads of his agency and of those that it
belongs to, by tenure or acting order. The governor and the vice governors belong to the provincial office and are not below its head:
else nobody would be left for a complaint about him. What is kept of an accused is a keyed hash: with the database alone nobody is named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from prongsai.complaints.models import Accused, Case, Exclusion
from prongsai.config.postgresql.kept import Kept, fingerprint, grown
from prongsai.organisation.actors import Actor
from prongsai.organisation.keyed import keyed_hash
from prongsai.organisation.models import Person, Province
from prongsai.organisation.periods import today
from prongsai.thai.digits import to_arabic
from prongsai.thai.text import clean, name_key

ABOVE = """
WITH RECURSIVE chain (person, above) AS (
    SELECT id, supervisor_id FROM organisation_person WHERE id = ANY(%(ids)s::bigint[]) AND supervisor_id IS NOT NULL
    UNION
    SELECT chain.person, p.supervisor_id FROM chain JOIN organisation_person p ON p.id = chain.above
    WHERE p.supervisor_id IS NOT NULL
), held (agency, kind, person) AS (
    SELECT post.agency_id, post.kind, now.person_id FROM organisation_post post JOIN (
        SELECT post_id, person_id, start, "end" FROM organisation_tenure
        UNION ALL SELECT post_id, person_id, start, "end" FROM organisation_actingappointment
    ) now ON now.post_id = post.id AND now.start <= %(day)s AND (now."end" IS NULL OR now."end" >= %(day)s)
), office (person, agency) AS (
    SELECT id, agency_id FROM organisation_person WHERE id = ANY(%(ids)s::bigint[])
    AND NOT EXISTS (SELECT FROM held WHERE held.person = id AND held.kind IN ('governor', 'vice_governor'))
    UNION
    SELECT office.person, a.parent_id FROM office JOIN organisation_agency a ON a.id = office.agency
    WHERE a.parent_id IS NOT NULL
)
SELECT person, above FROM chain
UNION
SELECT office.person, held.person FROM office
JOIN held ON held.agency = office.agency AND held.kind IN ('agency_head', 'unit_head') AND held.person <> office.person
"""
# By hand, because every notice of a complaint asks it.
NEVER_TOLD = """
SELECT case_id, person_id, NULL::bytea FROM complaints_exclusion
WHERE case_id = ANY(%(cases)s::uuid[]) AND person_id = ANY(%(people)s::bigint[])
UNION ALL SELECT case_id, NULL, mark FROM complaints_accused WHERE case_id = ANY(%(cases)s::uuid[])
UNION ALL SELECT c.merged_into_id, e.person_id, NULL FROM complaints_case c JOIN complaints_exclusion e ON e.case_id = c.id
WHERE c.merged_into_id = ANY(%(cases)s::uuid[]) AND e.person_id = ANY(%(people)s::bigint[])
UNION ALL SELECT c.merged_into_id, NULL, a.mark FROM complaints_case c JOIN complaints_accused a ON a.case_id = c.id
WHERE c.merged_into_id = ANY(%(cases)s::uuid[])
"""
# Both names of somebody in service, in any order; the comparison is made again in Python, by the key of names.
NAMED = """
SELECT id FROM organisation_person WHERE province_id = %(province)s AND start <= %(day)s AND ("end" IS NULL OR "end" >= %(day)s)
AND strpos(%(written)s, lower(replace(first_name, ' ', ''))) > 0
AND EXISTS (
    SELECT FROM unnest(last_name || former_last_names) AS surname
    WHERE surname <> '' AND strpos(%(written)s, lower(replace(surname, ' ', ''))) > 0
)
"""
# What stands before a post and makes it another person's: the deputy, a former holder, who works for him.
ANOTHERS = re.compile(
    r"(รอง|อดีต|ผู้ช่วย|เลขานุการ|เลขา|หน้าห้อง|คนขับรถ|ที่ปรึกษา|คนสนิท|ลูกน้อง|ญาติ|vice-?|deputy|former|ex-?|assistant|secretaryto)"
    r"(ของ|ท่าน|the)*$"
)

_above = Kept[frozenset[int]](
    *(grown(f"organisation_{name}event", "pgh_id") for name in ("person", "tenure", "actingappointment")),
    fingerprint("organisation_agency"),
    fingerprint("organisation_post"),
)


def above(person_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """For each person, the ids of everybody above."""
    found: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, {"ids": list(person_ids), "day": today()})
        for person, boss in cursor.fetchall():
            found[person].add(boss)
    return {pk: frozenset(found[pk]) for pk in person_ids}


def above_one(person_id: int) -> frozenset[int]:
    """As ``above`` for one person; kept, because every list of complaints asks it."""
    return _above.get((person_id, today()), lambda: above([person_id])[person_id])


def mark_of(person_id: int) -> bytes:
    return keyed_hash(str(person_id).encode(), b"prongsai.accused")


def marks_against(person_id: int) -> list[bytes]:
    """The marks that keep a person from a case: his own, and those of everybody above him."""
    return [mark_of(pk) for pk in (person_id, *above_one(person_id))]


def kept_from(actor: Actor, case: str = "pk") -> Q:
    """The cases that are hidden from a member of staff, for ``exclude``. ``case``: the column that holds the case.

    Whoever is kept from a case is kept from the one that it was merged into.
    """
    of_the_matter = Q(case=OuterRef(case)) | Q(case__merged_into=OuterRef(case))
    if actor.person_id is None:
        raise ValueError("whoever is no member of staff is kept from all of it")
    person = actor.person_id
    marks = actor.once("complaints.marks", lambda: marks_against(person))
    excluded = Exclusion.objects.filter(of_the_matter, person=person)
    named = Accused.objects.filter(of_the_matter, mark__in=marks)
    return Q(Exists(excluded)) | Q(Exists(named))


def never_told(record_ids: Collection[str], person_ids: Collection[int]) -> set[tuple[str, int]]:
    """Of cases and people, the pairs where the person is kept from the case: no notice, no mail, no alarm."""
    with connection.cursor() as cursor:
        cursor.execute(NEVER_TOLD, {"cases": list(record_ids), "people": list(person_ids)})
        rows = [(str(case), person, mark) for case, person, mark in cursor.fetchall()]
    pairs = {(case, person) for case, person, _mark in rows if person is not None}
    if marks := [(case, bytes(mark)) for case, _person, mark in rows if mark is not None]:
        bosses = above(person_ids)
        for person in person_ids:
            against = {mark_of(pk) for pk in (person, *bosses[person])}
            pairs |= {(case, person) for case, mark in marks if mark in against}
    return pairs


def matters_kept_from(person_id: int) -> set[UUID]:
    """The ids of the matters that the person is kept from now, whenever that began: the cases that are worked on."""
    excluded = Exclusion.objects.filter(person=person_id).values("case")
    named = Accused.objects.filter(mark__in=marks_against(person_id)).values("case")
    cases = Case.objects.filter(Q(pk__in=excluded) | Q(pk__in=named))
    return {merged or pk for pk, merged in cases.values_list("pk", "merged_into")}


def written_plain(text: str) -> str:
    """What was written, as names and posts are looked for in it: no spaces, small letters, Arabic digits."""
    return "".join(to_arabic(clean(text)).split()).casefold()


@lru_cache(maxsize=1024)
def post_plain(words: str) -> str:
    """As ``written_plain`` for the words of a post: these are no secret, and each complaint is searched for them."""
    return written_plain(words)


def named(written: str, people: Iterable[Person]) -> list[Person]:
    """The people whose first name and surname (or a former one) both stand in what was written, each once."""
    plain = written_plain(written)
    return [
        p
        for p in dict.fromkeys(people)
        if plain
        and name_key(p.first_name) in plain
        and any(name_key(last) in plain for last in (p.last_name, *p.former_last_names) if last)
    ]


def named_in_province(province: Province, written: str) -> list[Person]:
    """Everybody in service in the province who is named: one pass over the staff list."""
    plain = written_plain(written)
    if not plain:
        return []
    with connection.cursor() as cursor:
        cursor.execute(NAMED, {"province": province.pk, "day": today(), "written": plain})
        ids = [pk for (pk,) in cursor.fetchall()]
    return named(written, Person.objects.filter(pk__in=ids)) if ids else []


def says_post(plain: str, words: str, *, not_followed_by: Collection[str] = ()) -> bool:
    """Whether a post is named by its words as the accused's own: not its deputy, a former holder, or who works for him.

    ``plain``: what was written, by ``written_plain``.
    """
    for hit in re.finditer(re.escape(post_plain(words)), plain):
        rest = plain[hit.end() :].lstrip(".ฯ")
        if ANOTHERS.search(plain[: hit.start()]) or rest.startswith(("คนก่อน", "คนเดิม", "คนเก่า")):
            continue
        if any(rest.startswith(words) for words in not_followed_by):
            continue
        return True
    return False
