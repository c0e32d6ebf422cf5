"""Periods of whole days: ``start`` and ``end`` are both included, an empty ``end`` means "until further notice"."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone


def today() -> date:
    """The date in Asia/Bangkok, which is the project's time zone."""
    return timezone.localdate()


def covers(on: date, *, prefix: str = "", start: str = "start", end: str = "end") -> Q:
    """The condition that a period includes the day ``on``; ``prefix`` is a relation path such as ``post__``."""
    first = Q(**{f"{prefix}{start}__lte": on})
    return first & (Q(**{f"{prefix}{end}__isnull": True}) | Q(**{f"{prefix}{end}__gte": on}))


def overlaps(start: date, end: date | None) -> Q:
    """The condition that a row's period shares a day with ``start``–``end``."""
    shared = Q(end__isnull=True) | Q(end__gte=start)
    return shared & Q(start__lte=end) if end else shared


class DateRange(Func):
    """The period as a PostgreSQL ``daterange``, for exclusion constraints."""

    function = "daterange"

    def __init__(self, start: str = "start", end: str = "end", **extra: object) -> None:
        super().__init__(F(start), F(end), Value("[]"), output_field=DateRangeField())


class PeriodQuerySet(models.QuerySet):
    """Rows with ``start`` and ``end``."""

    def in_force(self, on: date | None = None) -> Self:
        """Rows valid on a day, by default today."""
        return self.filter(covers(on or today()))
