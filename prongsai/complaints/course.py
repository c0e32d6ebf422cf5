"""How the matters of a period went: class, how long each step took, what was refused, kept, looked at again, opened.

Counted over the same matters as ``statistics.figures``, public and internal alike.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from prongsai.acts.models import Due
from prongsai.acts.registry import duty_of
from prongsai.complaints import duties
from prongsai.complaints.models import Case, Reveal
from prongsai.registers.language import pick

# What is owed by somebody outside, and what would tell that a complaint is about the governor.
NO_STEP = (duties.AnswerRequest.key(), duties.ForwardMatter.key())


@dataclass(frozen=True)
class Stage:
    """A step of the way: how often it was done, in how many days (median), how often late. ``open_late``: still undone."""

    duty: str
    done: int
    days: float | None
    late: int
    open_late: int

    @property
    def title(self) -> str:
        declared = duty_of(self.duty)
        return pick(declared.title, declared.title_en)


@dataclass
class Course:
    by_class: dict[str, int] = field(default_factory=dict)  # Case.Class → matters; "unset"
    refusals: dict[str, int] = field(default_factory=dict)  # RefusalGround → matters refused
    unsigned: int = 0
    unsigned_accepted: int = 0
    unsigned_kept: int = 0
    reviews_asked: int = 0
    reviews_upheld: int = 0
    reveals: int = 0  # times that a sender's identity was opened
    overdue: int = 0  # matters on which something is late today
    stages: list[Stage] = field(default_factory=list)

    @property
    def unsigned_rate(self) -> int | None:
        """Of the unsigned ones that were decided on, how many per cent were accepted."""
        decided = self.unsigned_accepted + self.unsigned_kept
        return round(100 * self.unsigned_accepted / decided) if decided else None


def course(ids: Iterable[UUID], today: dt.date | None = None) -> Course:
    """Of the matters ``ids`` (merged ones are counted with theirs)."""
    ids, today = list(ids), today or timezone.localdate()
    rows = Case.objects.filter(pk__in=ids).values_list(
        "state", "case_class", "refusal_ground", "signed", "decision", "review_asked_at", "review_upheld"
    )
    result, classes, refusals = Course(), Counter[str](), Counter[str]()
    for state, kind, ground, signed, decision, asked, upheld in rows:
        classes[kind or "unset"] += 1
        if state == Case.State.REFUSED and ground:
            refusals[ground] += 1
        if not signed:
            result.unsigned += 1
            result.unsigned_accepted += (
                decision == Case.Decision.ACCEPT and state != Case.State.ACCEPT_PROPOSED
            )
            result.unsigned_kept += state in (Case.State.KEPT, Case.State.REFUSED)
        result.reviews_asked += asked is not None
        result.reviews_upheld += upheld is True
    result.by_class, result.refusals = dict(classes), dict(refusals)
    result.reveals = (
        Reveal.objects.filter(Q(case__in=ids) | Q(case__merged_into__in=ids)).exclude(opened_at=None).count()
    )
    dues = Due.objects.filter(record_type="complaints.case", record_id__in=ids, cancelled_at=None)
    _stages(result, dues.exclude(duty__in=NO_STEP), today)
    return result


def _stages(result: Course, dues: Any, today: dt.date) -> None:
    days: dict[str, list[int]] = defaultdict(list)
    late, open_late, records = Counter[str](), Counter[str](), set()
    for duty, record, started, due, met in dues.values_list(
        "duty", "record_id", "started_on", "due_on", "met_on"
    ):
        if met is not None:
            days[duty].append((met - started).days)
            late[duty] += met > due
        elif due < today:
            days.setdefault(duty, [])
            open_late[duty] += 1
            records.add(record)
    order = {declared.key(): place for place, declared in enumerate(duties.ALL)}
    result.overdue = len(records)
    result.stages = [
        Stage(duty, len(spent), median(spent) if spent else None, late[duty], open_late[duty])
        for duty, spent in sorted(days.items(), key=lambda item: (order.get(item[0], len(order)), item[0]))
    ]
