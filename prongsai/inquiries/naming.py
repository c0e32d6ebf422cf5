"""Who is kept from an inquiry: whoever is kept from its case, by the same marks (``complaints.line``)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from prongsai.complaints import line
from prongsai.complaints.models import Accused, Case, Exclusion
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person


def on_the_staff_list(case: Case, written: str) -> list[Person]:
    """Everybody in service in the province whose first name and surname stand in what was written."""
    return line.named_in_province(case.province, written)


def name_in(case: Case, people: Iterable[Person]) -> None:
    """They are accused: kept from the case for good, and so is whoever works under them."""
    marks = [Accused(case=case, mark=line.mark_of(person.pk)) for person in people]
    Accused.objects.bulk_create(marks, ignore_conflicts=True)


def withdraw_from(case: Case, person: Person) -> None:
    """The person has declared an interest: kept from the case, but not accused of anything."""
    Exclusion.objects.get_or_create(case=case, person=person, defaults={"why": Exclusion.Why.CONFLICT})


def is_kept_from(person_id: int | None, case: Case) -> bool:
    return person_id is not None and bool(line.never_told([str(case.pk)], [person_id]))


def is_named_in(person: Person, case: Case) -> bool:
    return Accused.objects.filter(case=case, mark=line.mark_of(person.pk)).exists()


def is_under_the_named(person: Person, case: Case) -> bool:
    """Whether somebody above the person is named. Who withdrew for an interest of his own bars nobody else."""
    above = [line.mark_of(pk) for pk in line.above_one(person.pk)]
    return Accused.objects.filter(case=case, mark__in=above).exists()


def kept_from(actor: Actor, path: str, *, named_only: bool = False) -> Q:
    """The rows whose case (``path``) the person is kept from; with ``named_only`` only where he is named himself: for what is
    his own, a seat that he has left or a summons to him."""
    if named_only and actor.person_id is not None:
        return Q(Exists(Accused.objects.filter(case=OuterRef(path), mark=line.mark_of(actor.person_id))))
    return line.kept_from(actor, path)


def pairs(
    model: Any, path: str, record_ids: Collection[str], person_ids: Collection[int]
) -> set[tuple[str, int]]:
    """Of records of ``model`` (``path``: their way to the case) and people, the pairs to keep apart.

    Whoever is asked by a record itself hears of it, unless he is named in the matter.
    """
    rows = list(model.objects.filter(pk__in=record_ids).values("pk", path, *own_fields(model)))
    cases = {row[path] for row in rows}
    kept = line.never_told({str(case) for case in cases}, person_ids)
    named = {
        (case, bytes(mark))
        for case, mark in Accused.objects.filter(case__in=cases).values_list("case", "mark")
    }
    own = {
        (str(row["pk"]), row[name])
        for row in rows
        for name in own_fields(model)
        if row[name] is not None and (row[path], line.mark_of(row[name])) not in named
    }
    return {(str(row["pk"]), person) for row in rows for of, person in kept if of == str(row[path])} - own


def own_fields(model: Any) -> list[str]:
    """The columns of a record that name who is asked by it."""
    there = {field.name for field in model._meta.get_fields()}
    return [name for name in ("person", "escalated_to") if name in there]
