"""Where a clause stands today: evidence from the ledger, duties from the clock. Computed, never stored.

A clause's evidence is the ledger entries whose act names one of its practices. Its state, for one agency or overall:
``late`` (a duty is past its day), ``due_soon`` (within 7 days), ``done`` (evidence in this fiscal year and nothing owed),
``in_progress`` (something is owed, in time), ``none`` (neither evidence nor a duty yet).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count, F, Min, Q
from django.utils import timezone

from prongsai.acts.models import Due
from prongsai.compliance.models import Announcement, Clause
from prongsai.registers.language import pick
from prongsai.thai.dates import fiscal_year, fiscal_year_range

SOON = dt.timedelta(days=7)
OPEN = ("S0", "S1")  # secrecy classes whose matters may be shown one by one
SMALLEST_CELL = 5  # k-anonymity below province level (domain analysis 2.2)

STATES = {
    "late": ("เกินกำหนด", "Overdue"),
    "due_soon": ("ใกล้ครบกำหนด", "Due soon"),
    "in_progress": ("อยู่ระหว่างดำเนินการ", "In progress"),
    "done": ("มีหลักฐานการปฏิบัติ", "Evidence on record"),
    "none": ("ยังไม่มีหลักฐาน", "No evidence yet"),
}


@dataclass
class Standing:
    """One clause, one agency (or all): figures of the current fiscal year."""

    evidence: int = 0
    latest: dt.datetime | None = None
    next_due: dt.date | None = None
    next_open_due: dt.date | None = None  # the same without secret matters: the date that may be shown
    overdue: int = 0
    met_late: int = 0
    _today: dt.date = field(default_factory=timezone.localdate)

    @property
    def state(self) -> str:
        if self.overdue:
            return "late"
        if self.next_due:
            return "due_soon" if self.next_due - self._today <= SOON else "in_progress"
        return "done" if self.evidence else "none"

    @property
    def label(self) -> str:
        """The state's name in the reader's language."""
        return pick(*STATES[self.state])

    def add(self, other: Standing) -> None:
        self.evidence += other.evidence
        self.overdue += other.overdue
        self.met_late += other.met_late
        self.latest = max(filter(None, (self.latest, other.latest)), default=None)
        self.next_due = min(filter(None, (self.next_due, other.next_due)), default=None)
        self.next_open_due = min(filter(None, (self.next_open_due, other.next_open_due)), default=None)


class Board:
    """All clauses of an announcement × its agencies, from two queries.

    ``public``: what is known from S2–S4 matters counts for the province only, never for one agency, and gives no date;
    otherwise a single complaint could be read off an agency's row.
    """

    def __init__(
        self, announcement: Announcement, today: dt.date | None = None, *, public: bool = False
    ) -> None:
        self.announcement = announcement
        self.public = public
        self.today = today or timezone.localdate()
        self.fiscal_year = fiscal_year(self.today)
        self.clauses = list(announcement.clauses.select_related("measure", "parent"))
        self._by_practice: dict[str, dict[int | None, Standing]] = defaultdict(dict)
        self._read_evidence()
        self._read_duties()

    def _cell(self, practice: str, agency: int | None) -> Standing:
        return self._by_practice[practice].setdefault(agency, Standing(_today=self.today))

    def _read_evidence(self) -> None:
        first, last = fiscal_year_range(self.fiscal_year)
        sql = (
            "SELECT practice, agency_id, secrecy IN ('S0', 'S1'), count(*), max(at)"
            " FROM ledger_entry, unnest(clauses) AS practice"
            " WHERE province = %s AND at >= %s AND at < %s GROUP BY 1, 2, 3"
        )
        zone = timezone.get_current_timezone()
        start = dt.datetime.combine(first, dt.time(), zone)
        end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), zone)
        with connection.cursor() as cursor:
            cursor.execute(sql, [self.announcement.province_id, start, end])
            for practice, agency, is_open, count, latest in cursor.fetchall():
                hidden = self.public and not is_open
                cell = self._cell(practice, None if hidden else agency)
                cell.evidence += count
                if not hidden:
                    cell.latest = max(filter(None, (cell.latest, latest)))

    def _read_duties(self) -> None:
        waiting, today = Q(met_on=None), self.today
        rows = (
            Due.objects.counted()
            .filter(province_id=self.announcement.province_id, cancelled_at=None)
            .values_list("practice", "agency_id", "secrecy")
            .annotate(
                overdue=Count("pk", filter=waiting & Q(due_on__lt=today)),
                next_due=Min("due_on", filter=waiting & Q(due_on__gte=today)),
                met_late=Count("pk", filter=Q(met_on__gt=F("due_on"))),
            )
        )
        for practice, agency, secrecy, overdue, next_due, met_late in rows:
            cell = self._cell(practice, None if self.public and secrecy not in OPEN else agency)
            cell.overdue += overdue
            cell.met_late += met_late
            cell.next_due = min(filter(None, (cell.next_due, next_due)), default=None)
            if secrecy in OPEN:
                cell.next_open_due = min(filter(None, (cell.next_open_due, next_due)), default=None)

    def of(self, clause: Clause, agency_id: int | None = None, *, overall: bool = True) -> Standing:
        """The clause's standing overall, or of one agency."""
        total = Standing(_today=self.today)
        for practice in clause.practices:
            for agency, cell in self._by_practice.get(practice, {}).items():
                if overall or agency == agency_id:
                    total.add(cell)
        return total

    def agency(self, clause: Clause, agency_id: int) -> Standing:
        return self.of(clause, agency_id, overall=False)

    @property
    def operative(self) -> list[Clause]:
        return [c for c in self.clauses if c.operative]

    def count(self, clauses: Iterable[Clause], agency_id: int | None = None) -> dict[str, int]:
        """How many of the clauses stand in each state."""
        counts = dict.fromkeys(STATES, 0)
        for clause in clauses:
            standing = self.agency(clause, agency_id) if agency_id else self.of(clause)
            counts[standing.state] += 1
        return counts
