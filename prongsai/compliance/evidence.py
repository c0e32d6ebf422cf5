"""A clause's evidence as it may be shown: entries about open matters one by one, entries about secret ones as counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import CharField, Count, Func, Max, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from prongsai.acts.registry import all_acts
from prongsai.compliance.models import Clause
from prongsai.compliance.standing import OPEN, SMALLEST_CELL
from prongsai.ledger.models import Entry
from prongsai.registers.language import pick


@dataclass(frozen=True)
class Open:
    """Evidence that anyone may check: one ledger entry."""

    entry_id: int
    at: dt.datetime
    title: str
    agency_id: int | None
    kind: str  # the act's key


@dataclass(frozen=True)
class Month:
    """Evidence about secret matters: how often something was done in a month; small numbers are hidden."""

    month: dt.date
    title: str
    count: int | None  # None: fewer than five
    kind: str  # the act's key


def act_titles() -> dict[str, tuple[str, str]]:
    """Thai and English title by the key under which the ledger names the act."""
    return {act.key(): (act.title, act.title_en) for act in all_acts()}


def open_evidence(province_code: str) -> QuerySet[Entry]:
    """The entries of a province that anyone may see one by one: acts under a clause in S0 and S1 matters."""
    return Entry.objects.filter(
        province=province_code, secrecy__in=OPEN, kind__in=list(act_titles()), clauses__len__gt=0
    )


def title_of(kind: str) -> str:
    """The act's title in the reader's language."""
    return pick(*act_titles().get(kind, (kind, kind)))


def open_entries(clause: Clause, *, agency_id: int | None = None, limit: int = 20) -> list[Open]:
    """The newest evidence about S0 and S1 matters."""
    rows = open_evidence(clause.announcement.province_id).filter(clauses__overlap=clause.practices)
    if agency_id:
        rows = rows.filter(agency_id=agency_id)
    return [_shown(row) for row in rows.order_by("-id")[:limit]]


def newest_of(province_code: str) -> dict[str, Open]:
    """For each practice that has any, its newest evidence in an open matter; two queries, however many practices."""
    last = (
        open_evidence(province_code)
        .annotate(practice=Func("clauses", function="unnest", output_field=CharField()))
        .values("practice")
        .annotate(last=Max("pk"))
        .order_by()
        .values_list("practice", "last")
    )
    found = dict(last)
    rows = Entry.objects.in_bulk(set(found.values()))
    return {practice: _shown(rows[pk]) for practice, pk in found.items()}


def published(province_code: str) -> QuerySet[Entry]:
    """What was done in public (S0): published, announced, certified; the newest first."""
    return open_evidence(province_code).filter(secrecy="S0").order_by("-id")


def published_lately(province_code: str, limit: int) -> list[Open]:
    return [_shown(row) for row in published(province_code)[:limit]]


def _shown(entry: Entry) -> Open:
    return Open(entry.pk, entry.at, title_of(entry.kind), entry.agency_id, entry.kind)


def secret_months(clause: Clause, *, months: int = 12) -> list[Month]:
    """How often each act was done under this clause in S2–S4 matters, by month, province-wide, newest first."""
    titles = act_titles()
    rows = (
        Entry.objects.filter(
            clauses__overlap=clause.practices, province=clause.announcement.province_id, kind__in=list(titles)
        )
        .exclude(secrecy__in=OPEN)
        .annotate(month=TruncMonth("at", tzinfo=timezone.get_current_timezone()))
        .values("month", "kind")
        .annotate(n=Count("id"))
        .order_by("-month", "kind")
    )
    shown: list[Month] = []
    seen: set[dt.date] = set()
    for row in rows:
        seen.add(row["month"].date())
        if len(seen) > months:
            break
        count = row["n"] if row["n"] >= SMALLEST_CELL else None
        shown.append(Month(row["month"].date(), pick(*titles[row["kind"]]), count, row["kind"]))
    return shown
