"""Figures of the overview, for one scope (the province, or the agencies that a person answers for).

What is known from secret matters (S2–S4) counts for the whole province only, never for one agency: the same rule as on
the public site, because a governor who may not open a complaint must not read it off an agency's row either.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Func, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone

from prongsai.acts.models import Due
from prongsai.acts.registry import all_acts
from prongsai.compliance.evidence import open_evidence
from prongsai.compliance.models import Announcement, Clause, Measure
from prongsai.compliance.office_registers import Duties
from prongsai.compliance.standing import OPEN, STATES, Board, Standing
from prongsai.ledger.models import Entry
from prongsai.office.addresses import row_url
from prongsai.office.scope import Scope
from prongsai.organisation.models import Agency
from prongsai.thai.dates import fiscal_year, fiscal_year_range, format_date
from prongsai.ui.parts import Bar, Cell, HeatRow, Segment, Task

YEARS = 5
WEEK = dt.timedelta(days=7)
LONGEST = 10
TONES = {
    "late": "late",
    "due_soon": "soon",
    "in_progress": "progress",
    "done": "done",
    "none": "neutral",
}  # worst first
RING_ORDER = ("done", "in_progress", "due_soon", "late", "none")


@dataclass(frozen=True)
class Late:
    """What became late in the last seven days: what may be named, and how many secret matters besides."""

    tasks: list[Task]
    more: int  # visible ones beyond the list
    secret: int  # in the whole province; 0 for a scope of agencies
    url: str


@dataclass(frozen=True)
class MeasureCard:
    measure: Measure
    segments: list[Segment]
    url: str


@dataclass(frozen=True)
class ClauseRow:
    clause: Clause
    standing: Standing
    tone: str
    url: str
    evidence_url: str  # "" when none of the evidence may be shown one by one
    duties_url: str  # "" when none of the duties may

    @property
    def deadline(self) -> str:
        """The clause's clock in words; "" when nothing runs and nothing ran late."""
        if self.standing.overdue:
            return f"เกินกำหนด {self.standing.overdue} รายการ"
        if self.standing.next_due:
            return f"ครบกำหนด {format_date(self.standing.next_due, style='short')}"
        if self.standing.met_late:
            return f"เคยล่าช้า {self.standing.met_late} รายการ"
        return "ดูกำหนดเวลา" if self.duties_url else ""


class Overview:
    def __init__(self, scope: Scope, announcement: Announcement) -> None:
        self.scope, self.announcement = scope, announcement
        self.today = timezone.localdate()
        self.board = Board(announcement, self.today, public=True)

    @cached_property
    def measures(self) -> list[Measure]:
        """With something to be done in them; the announcement's own body stands last."""
        with_duties = {c.measure_id for c in self.board.operative}
        found = [m for m in self.announcement.measures.all() if m.pk in with_duties]
        return sorted(found, key=lambda m: m.code == Measure.BODY)

    def clauses(self, measure: Measure) -> list[Clause]:
        return [c for c in self.board.operative if c.measure_id == measure.pk]

    def standing(self, clause: Clause, agency_id: int | None = None) -> Standing:
        """Of one agency, or of the scope as a whole."""
        if agency_id is not None:
            return self.board.agency(clause, agency_id)
        if self.scope.agency_ids is None:
            return self.board.of(clause)
        total = Standing(_today=self.today)
        for one in self.scope.agency_ids:
            total.add(self.board.agency(clause, one))
        return total

    def counts(self, measure: Measure, agency_id: int | None = None) -> Counter[str]:
        return Counter(self.standing(clause, agency_id).state for clause in self.clauses(measure))

    # Charts

    def cards(self) -> list[MeasureCard]:
        return [MeasureCard(m, _segments(self.counts(m)), self.cell_url(m)) for m in self.measures]

    def whole(self) -> list[Segment]:
        return _segments(sum((self.counts(m) for m in self.measures), Counter()))

    def heat_rows(self, *, everyone: bool) -> list[HeatRow]:
        """Agencies down, measures across. Without ``everyone`` only agencies with something to show."""
        rows = [self._heat_row("ทั้งจังหวัด", None)] if self.scope.whole else []
        for agency in self.scope.agencies():
            row = self._heat_row(agency.name_th, agency)
            if everyone or any(cell.tone != "neutral" for cell in row.cells):
                rows.append(row)
        return rows

    def _heat_row(self, label: str, agency: Agency | None) -> HeatRow:
        return HeatRow(label, [self._cell(measure, agency) for measure in self.measures])

    def _cell(self, measure: Measure, agency: Agency | None) -> Cell:
        counts = self.counts(measure, agency.pk if agency else None)
        total = counts.total()
        worst = next(state for state in TONES if counts[state] or state == "none")
        text = "–" if worst == "none" else f"{counts['done']}/{total}"
        hint = ", ".join(f"{STATES[state][0]} {counts[state]} ข้อ" for state in TONES if counts[state])
        return Cell(text, self.cell_url(measure, agency), TONES[worst], hint)

    def cell_url(self, measure: Measure, agency: Agency | None = None) -> str:
        if agency:
            return reverse("office:dashboard-cell", args=[measure.code, agency.pk])
        return reverse("office:dashboard-measure", args=[measure.code])

    def rows_of(self, measure: Measure, agency: Agency | None) -> list[ClauseRow]:
        return [self._clause_row(clause, agency) for clause in self.clauses(measure)]

    def _clause_row(self, clause: Clause, agency: Agency | None) -> ClauseRow:
        standing = self.standing(clause, agency.pk if agency else None)
        query = urlencode({"clause": clause.code, **({"agency": agency.pk} if agency else {})})
        return ClauseRow(
            clause,
            standing,
            TONES[standing.state],
            reverse("portal:clause", args=[self.announcement.key, clause.code]),
            self._list_url("evidence", query) if self._any(self._open_evidence, clause, agency) else "",
            self._list_url("duties", query) if self._any(self._seen_duties, clause, agency) else "",
        )

    @staticmethod
    def _list_url(key: str, query: str) -> str:
        return f"{reverse('office:register', args=[key])}?{query}"

    @cached_property
    def _open_evidence(self) -> set[tuple[str, int | None]]:
        """(practice, agency) of entries that have a line in the register of evidence."""
        rows = open_evidence(self.announcement.province_id).annotate(
            practice=Func(F("clauses"), function="unnest")
        )
        return set(rows.order_by().values_list("practice", "agency_id").distinct())

    @cached_property
    def _seen_duties(self) -> set[tuple[str, int | None]]:
        """(practice, agency) of duties that this person may see."""
        rows = Duties().rows(self.scope.actor).order_by()
        return set(rows.values_list("practice", "agency_id").distinct())

    @staticmethod
    def _any(pairs: set[tuple[str, int | None]], clause: Clause, agency: Agency | None) -> bool:
        return any(p in clause.practices and (agency is None or a == agency.pk) for p, a in pairs)

    # Lists

    def became_late(self) -> Late:
        first, last = self.today - WEEK, self.today - dt.timedelta(days=1)
        ended = Due.objects.late(self.today).filter(province=self.announcement.province_id, cancelled_at=None)
        week = self._in_scope(ended.filter(due_on__gte=first, due_on__lte=last))
        register = Duties()
        seen = register.rows(self.scope.actor).filter(pk__in=week.values("pk")).order_by("due_on", "pk")
        count = seen.count()
        tasks = [Task(d.title, row_url(register, d), _owner(d), d.due_on) for d in seen[:LONGEST]]
        query = urlencode({"late": 1, "due_from": first.isoformat(), "due_to": last.isoformat()})
        url = f"{reverse('office:register', args=['duties'])}?{query}"
        secret = (
            week.counted().exclude(secrecy__in=OPEN).exclude(pk__in=seen.values("pk")).count()
            if self.scope.whole
            else 0
        )
        return Late(tasks, count - len(tasks), secret, url)

    def trend(self) -> list[Bar]:
        """Evidence of each fiscal year, with the share of duties that were met in time."""
        this = fiscal_year(self.today)
        since = fiscal_year_range(this - YEARS + 1)[0]
        evidence, duties = self._evidence_by_year(since), self._duties_by_year(since)
        bars = []
        first = min([this, *evidence, *duties])  # years before the first record would only say nothing
        for year in range(first, this + 1):
            in_time, past = duties.get(year, (0, 0))
            note = f"ทันกำหนด {in_time} จาก {past} รายการ" if past else "ไม่มีกำหนดเวลาที่ครบในปีนั้น"
            bars.append(Bar(f"ปีงบประมาณ {year}", evidence[year], note=note))
        return bars

    def _evidence_by_year(self, since: dt.date) -> Counter[int]:
        start = timezone.make_aware(dt.datetime.combine(since, dt.time()))
        kinds = [act.key() for act in all_acts()]
        rows = Entry.objects.filter(
            province=self.announcement.province_id, at__gte=start, kind__in=kinds, clauses__len__gt=0
        )
        months = (
            self._in_scope(rows)
            .annotate(month=TruncMonth("at"))
            .values("month")
            .annotate(n=Count("pk"))
            .order_by()
        )
        years: Counter[int] = Counter()
        for row in months:
            years[fiscal_year(timezone.localdate(row["month"]))] += row["n"]
        return years

    def _duties_by_year(self, since: dt.date) -> dict[int, tuple[int, int]]:
        """Fiscal year → (met in time, all that came due or were met)."""
        past = Q(due_on__lt=self.today) | Q(met_on__isnull=False)
        rows = Due.objects.counted().filter(
            past, province=self.announcement.province_id, cancelled_at=None, due_on__gte=since
        )
        months = (
            self._in_scope(rows)
            .annotate(month=TruncMonth("due_on"))
            .values("month")
            .annotate(n=Count("pk"), in_time=Count("pk", filter=Q(met_on__lte=F("due_on"))))
            .order_by()
        )
        years: dict[int, tuple[int, int]] = {}
        for row in months:
            year = fiscal_year(row["month"])
            in_time, total = years.get(year, (0, 0))
            years[year] = (in_time + row["in_time"], total + row["n"])
        return years

    def _in_scope(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The province's, secret matters included, because only the sum is shown; of single agencies the open ones."""
        if self.scope.agency_ids is None:
            return rows
        return rows.filter(agency_id__in=self.scope.agency_ids, secrecy__in=OPEN)


def _owner(due: Due) -> str:
    return f"{due.record_label} · {due.agency.name_th}" if due.agency else due.record_label


def _segments(counts: Counter[str]) -> list[Segment]:
    return [Segment(STATES[s][0], counts[s], TONES[s]) for s in RING_ORDER if counts[s] or s == "done"]
