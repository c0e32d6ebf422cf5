"""The coming deadlines that everybody may know, each with the clause that sets it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prongsai.acts.models import Due
from prongsai.acts.registry import duty_of
from prongsai.compliance.models import Announcement, Clause
from prongsai.compliance.public import coming_deadlines
from prongsai.portal.pages import clause_url
from prongsai.registers.language import pick


@dataclass(frozen=True)
class Deadline:
    due: Due
    title: str
    clause: Clause | None
    url: str  # of the clause; "" if the announcement in force has none for it


def deadlines(announcement: Announcement, clauses: Iterable[Clause], limit: int) -> Iterator[Deadline]:
    """The next ``limit`` of them, the nearest first. ``clauses``: those of the announcement, in its order."""
    by_practice: dict[str, Clause] = {}
    for clause in clauses:
        for practice in clause.practices:
            by_practice.setdefault(practice, clause)
    rows = coming_deadlines(announcement.province_id).select_related("agency")
    for due in rows[:limit]:
        duty, found = duty_of(due.duty), by_practice.get(due.practice)
        yield Deadline(
            due, pick(duty.title, duty.title_en), found, clause_url(found, announcement) if found else ""
        )
