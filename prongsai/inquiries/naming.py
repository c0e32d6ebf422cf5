"""Who is kept from a case, and why: named in it, or withdrawn for an interest. The one place that knows how complaints keep this."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from prongsai.complaints.models import Case, Exclusion
from prongsai.complaints.team import named
from prongsai.organisation.models import Person


def on_the_staff_list(case: Case, written: str) -> list[Person]:
    """Everybody in service in the province whose first name and surname stand in what was written."""
    people = Person.objects.of(case.province).in_service().select_related("agency", "supervisor", "province")
    return named(written, people)


def name_in(case: Case, people: Iterable[Person]) -> None:
    """They are accused: kept from the case for good, whatever kept them from it before."""
    for person in people:
        Exclusion.objects.update_or_create(case=case, person=person, defaults={"by_rule": True})


def withdraw_from(case: Case, person: Person) -> None:
    """The person has declared an interest: kept from the case, but not accused of anything."""
    Exclusion.objects.get_or_create(case=case, person=person, defaults={"by_rule": False})


def is_kept_from(person_id: int | None, case: Case) -> bool:
    return person_id is not None and case.exclusions.filter(person_id=person_id).exists()


def is_named_in(person: Person, case: Case) -> bool:
    return case.exclusions.filter(person=person, by_rule=True).exists()


def is_under_the_named(person: Person, case: Case, above: Collection[int]) -> bool:
    """Whether one of those ``above`` the person is named. Who withdrew for an interest of his own bars nobody else."""
    return case.exclusions.filter(person__in=above, by_rule=True).exists()


def kept_from(person: Person | None, path: str, *, named_only: bool = False) -> Q:
    """The rows whose case (``path``) the person is kept from; with ``named_only`` not those he withdrew from himself."""
    found: Any = Exclusion.objects.filter(case=OuterRef(path), person=person)
    return Q(Exists(found.filter(by_rule=True) if named_only else found))


def pairs(
    model: Any, path: str, record_ids: Collection[str], person_ids: Collection[int]
) -> set[tuple[str, int]]:
    """Of records of ``model`` (``path``: their way to the case) and people, the pairs to keep apart."""
    wanted = set(person_ids)
    found = model.objects.filter(pk__in=record_ids).values_list("pk", f"{path}__exclusions__person_id")
    return {(str(pk), person) for pk, person in found if person in wanted}
