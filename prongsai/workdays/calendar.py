"""Government working days of Thailand. Plain Python, no Django.

A working day is Monday to Friday and not a government holiday at the place of the office. Holidays are scoped:
the whole country, one region (``N NE C E W S``) or one province (DOPA code), because the cabinet grants days off
to a region or to a few provinces only (e.g. Friday 26 March 2564 in the North).

All dates are calendar dates in Asia/Bangkok; the start day is never counted: day 1 is the next (working) day
(Civil and Commercial Code s.193/3).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
SATURDAY = 5
WEEKEND_TH = {5: "วันเสาร์", 6: "วันอาทิตย์"}
WEEKEND_EN = {5: "Saturday", 6: "Sunday"}


class Scope(StrEnum):
    NATIONAL = "national"
    REGION = "region"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day off. ``scope_code``: "" (national), a region code, or a two-digit province code."""

    date: date
    name: str
    scope: Scope = Scope.NATIONAL
    scope_code: str = ""
    kind: str = "ordinary"
    source: str = ""
    name_en: str = ""

    def __post_init__(self) -> None:
        if (self.scope == Scope.NATIONAL) != (self.scope_code == ""):
            raise ValueError(f"a {self.scope} holiday with scope code {self.scope_code!r}: {self.date}")

    def applies(self, region: str | None, province: str | None) -> bool:
        """Whether an office in this region and province is closed."""
        if self.scope == Scope.NATIONAL:
            return True
        return self.scope_code == (region if self.scope == Scope.REGION else province)


class Skipped(NamedTuple):
    """A day that was not counted. ``holiday`` is None on an ordinary Saturday or Sunday."""

    date: date
    reason: str
    reason_en: str
    holiday: Holiday | None


@dataclass(frozen=True, slots=True)
class Computation:
    """A due date with every day that was passed over, so that a reader can check it by hand.

    ``beyond_table``: the count ran into a year without any holiday in the table; the date may still move later.
    """

    start: date
    days: int
    due: date
    skipped: tuple[Skipped, ...]
    beyond_table: bool

    @property
    def holidays(self) -> tuple[Skipped, ...]:
        """The holidays on weekdays that were passed over, without ordinary weekends."""
        return tuple(day for day in self.skipped if day.holiday)


@dataclass(frozen=True, slots=True)
class CalendarComputation:
    """``strict``: the n-th day itself. ``effective``: the next working day when that day is a day off

    (Civil and Commercial Code s.193/8). ``skipped`` lists the days between the two.
    """

    start: date
    days: int
    strict: date
    effective: date
    skipped: tuple[Skipped, ...]
    beyond_table: bool


class WorkCalendar:
    """Counts working days against a set of holidays. Immutable after construction, safe to share."""

    def __init__(self, holidays: Iterable[Holiday]) -> None:
        self._by_date: dict[date, list[Holiday]] = {}
        for holiday in holidays:
            self._by_date.setdefault(holiday.date, []).append(holiday)
        self._years = {
            day.year for day, items in self._by_date.items() if any(h.scope == Scope.NATIONAL for h in items)
        }

    def covers(self, year: int) -> bool:
        """Whether the table has national holidays for this year (CE)."""
        return year in self._years

    def holiday_on(self, day: date, region: str | None = None, province: str | None = None) -> Holiday | None:
        """The holiday that closes the office on ``day``, the widest scope first; None if there is none."""
        return next((h for h in self._by_date.get(day, ()) if h.applies(region, province)), None)

    def day_off(self, day: date, region: str | None = None, province: str | None = None) -> Skipped | None:
        """Why ``day`` is not a working day; None when it is one."""
        if day.weekday() >= SATURDAY:
            return Skipped(day, WEEKEND_TH[day.weekday()], WEEKEND_EN[day.weekday()], None)
        holiday = self.holiday_on(day, region, province)
        return Skipped(day, holiday.name, holiday.name_en or holiday.name, holiday) if holiday else None

    def is_working_day(self, day: date, region: str | None = None, province: str | None = None) -> bool:
        return self.day_off(day, region, province) is None

    def next_working_day(self, day: date, region: str | None = None, province: str | None = None) -> date:
        """``day`` itself when it is a working day, otherwise the first one after it."""
        while not self.is_working_day(day, region, province):
            day += ONE_DAY
        return day

    def add_working_days(
        self, start: date, n: int, region: str | None = None, province: str | None = None
    ) -> Computation:
        """The n-th working day after ``start`` (n ≥ 1). Raises ValueError for n < 1."""
        if n < 1:
            raise ValueError("a period has at least one working day")
        day, left, skipped = start, n, []
        while left:
            day += ONE_DAY
            if off := self.day_off(day, region, province):
                skipped.append(off)
            else:
                left -= 1
        return Computation(start, n, day, tuple(skipped), self._beyond(start, day))

    def working_days_between(
        self, start: date, end: date, region: str | None = None, province: str | None = None
    ) -> int:
        """Working days after ``start`` up to and including ``end``; negative when ``end`` is earlier.

        The inverse of ``add_working_days``; from a due date to the day of the deed it is the number of days late.
        """
        if end < start:
            return -self.working_days_between(end, start, region, province)
        return sum(self.is_working_day(day, region, province) for day in _days(start + ONE_DAY, end))

    def add_calendar_days(
        self, start: date, n: int, region: str | None = None, province: str | None = None
    ) -> CalendarComputation:
        """The n-th calendar day after ``start`` (n ≥ 1), strict and moved to the next working day."""
        if n < 1:
            raise ValueError("a period has at least one day")
        strict = start + timedelta(days=n)
        effective = self.next_working_day(strict, region, province)
        between = (self.day_off(day, region, province) for day in _days(strict, effective))
        skipped = tuple(off for off in between if off)
        return CalendarComputation(start, n, strict, effective, skipped, self._beyond(start, effective))

    def nth_working_day_of_month(
        self, year: int, month: int, n: int, region: str | None = None, province: str | None = None
    ) -> Computation:
        """The n-th working day of a month (``year`` in CE). Raises ValueError when the month has fewer."""
        found = self.add_working_days(date(year, month, 1) - ONE_DAY, n, region, province)
        if (found.due.year, found.due.month) != (year, month):
            raise ValueError(f"{year}-{month:02} has fewer than {n} working days")
        return found

    def _beyond(self, first: date, last: date) -> bool:
        return any(not self.covers(year) for year in range(first.year, last.year + 1))


def _days(first: date, last: date) -> Iterator[date]:
    """Every date from ``first`` to ``last``, both included."""
    while first <= last:
        yield first
        first += ONE_DAY
