"""Complaint statistics, public and internal, from one query. Cases are counted once, by their main ground.

Public figures below province level are hidden when they are 1–4 (k = 5), and when a hidden figure could be worked out
from the total, the next smallest is hidden with it. Hidden agencies are not named, and agencies are shown for whole years
only: a year less its quarters would tell the rest. Zero is published: "ไม่มีเรื่องร้องเรียน".
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.db.models import Q

from prongsai.complaints.course import Course, course
from prongsai.complaints.models import Case, Channel, Ground, Receipt, RefusalGround
from prongsai.complaints.said import SAID
from prongsai.compliance.models import Statement
from prongsai.compliance.standing import SMALLEST_CELL
from prongsai.organisation.models import Agency
from prongsai.thai.dates import fiscal_year_range

HIDDEN = None  # a figure that must not be shown


@dataclass
class Figures:
    """Figures of one period: received cases and their receipts."""

    first: dt.date
    last: dt.date
    total: int = 0
    receipts: int = 0
    done: int = 0
    by_ground: dict[str, int] = field(default_factory=dict)  # main ground → cases
    also_grounds: dict[str, int] = field(default_factory=dict)  # any ground → cases that name it
    by_channel: dict[str, int] = field(default_factory=dict)
    by_state: dict[str, int] = field(default_factory=dict)
    by_agency: dict[int | None, int] = field(
        default_factory=dict
    )  # accused agency; None: outside the province
    by_month: dict[str, int] = field(default_factory=dict)  # "2026-11" → cases
    days_to_decide: float | None = None
    statements: list[Statement] = field(default_factory=list)
    course: Course = field(default_factory=Course)

    @property
    def in_progress(self) -> int:
        return self.total - self.done


def figures(province: Any, first: dt.date, last: dt.date, rows: Any = None) -> Figures:
    """Figures of cases received from ``first`` to ``last``. ``rows``: a scoped queryset for internal use."""
    cases = Case.objects.filter(province=province) if rows is None else rows
    cases = list(
        cases.filter(received_on__gte=first, received_on__lte=last)
        .exclude(state=Case.State.MERGED)  # counted with the case that they lead to, their receipts too
        .values_list(
            "id", "state", "main_ground", "grounds", "accused_agency_id", "received_on", "decided_on"
        )
    )
    result = Figures(first, last, total=len(cases))
    ground, also, state, agency, month = Counter(), Counter(), Counter(), Counter(), Counter()
    days = []
    for _id, status, main, grounds, accused, received, decided in cases:
        ground[main or "unset"] += 1
        also.update(grounds)
        # What waits sealed counts as received: a figure of its own would tell that the governor is accused.
        state[Case.State.RECEIVED if status == Case.State.FORWARDING else status] += 1
        agency[accused] += 1
        month[f"{received:%Y-%m}"] += 1
        if decided:
            days.append((decided - received).days)
    result.done = sum(state[s] for s in Case.OVER)
    result.by_ground, result.also_grounds = dict(ground), dict(also)
    result.by_state, result.by_agency, result.by_month = (
        dict(state),
        dict(agency),
        dict(sorted(month.items())),
    )
    result.days_to_decide = median(days) if days else None
    ids = [c[0] for c in cases]
    result.course = course(ids)
    receipts = Receipt.objects.filter(Q(case_id__in=ids) | Q(case__merged_into_id__in=ids))
    channel = Counter(receipts.values_list("channel", flat=True))
    result.by_channel, result.receipts = dict(channel), sum(channel.values())
    result.statements = list(
        Statement.objects.filter(
            province=province,
            subject=Statement.Subject.NO_COMPLAINT,
            period_from__lte=last,
            period_to__gte=first,
        ).order_by("period_from")
    )
    return result


def public(figures_: Figures, province: Any, *, with_agencies: bool = True) -> dict[str, Any]:
    """What the public page and the open data show: province totals as they are, agencies with small figures hidden.

    ``agencies``: (agency, or None for those outside the province; cases); ``unnamed``: whether others are hidden.
    """
    cells = suppress(figures_.by_agency) if with_agencies else {}
    shown = {key: count for key, count in cells.items() if count is not HIDDEN}
    # As their senders are told: not what is proposed, nor an outcome before its notice.
    states = Counter[str]()
    for state, n in figures_.by_state.items():
        states[SAID.get(Case.State(state), state)] += n
    way = figures_.course
    names = {a.pk: a for a in Agency.objects.filter(pk__in=[key for key in shown if key])}
    return {
        "total": figures_.total,
        "receipts": figures_.receipts,
        "done": figures_.done,
        "in_progress": figures_.in_progress,
        "grounds": [
            (g, figures_.by_ground.get(g.value, 0), figures_.also_grounds.get(g.value, 0)) for g in Ground
        ],
        "unset": figures_.by_ground.get("unset", 0),
        "channels": [(c, figures_.by_channel.get(c.value, 0)) for c in Channel],
        "states": [(s, states[s.value]) for s in Case.State if states[s.value]],
        "classes": [(c, way.by_class.get(c.value, 0)) for c in Case.Class],
        "class_unset": way.by_class.get("unset", 0),
        "refusals": [(g, way.refusals.get(g.value, 0)) for g in RefusalGround],
        "course": way,
        "with_agencies": with_agencies,
        "agencies": [(names.get(key), n) for key, n in sorted(shown.items(), key=lambda kv: -kv[1])],
        "unnamed": len(shown) < len(cells),
        "days_to_decide": figures_.days_to_decide,
        "statements": figures_.statements,
    }


def suppress(cells: dict[Any, int]) -> dict[Any, int | None]:
    """Hide figures of 1–4. The total is public, and so is the sum of what is hidden: it must not be small either, nor that
    of a single cell; so the next smallest are hidden too."""
    small = {key for key, n in cells.items() if 0 < n < SMALLEST_CELL}
    others = sorted(
        (key for key, n in cells.items() if n >= SMALLEST_CELL), key=lambda key: (cells[key], str(key))
    )
    while small and others and (len(small) == 1 or sum(cells[key] for key in small) < SMALLEST_CELL):
        small.add(others.pop(0))
    return {key: HIDDEN if key in small else n for key, n in cells.items()}


def fiscal_period(year: int, quarter: int | None = None) -> tuple[dt.date, dt.date]:
    """First and last day of fiscal year ``year`` (B.E.), or of its quarter 1–4."""
    first, last = fiscal_year_range(year)
    if quarter is None:
        return first, last
    starts = [first, dt.date(last.year, 1, 1), dt.date(last.year, 4, 1), dt.date(last.year, 7, 1)]
    end = last if quarter == 4 else starts[quarter] - dt.timedelta(days=1)
    return starts[quarter - 1], end
