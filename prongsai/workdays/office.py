"""The calendar of an office, from the holiday table of the database."""

from datetime import date
from typing import Protocol

from django.db import connection

from prongsai.workdays import table
from prongsai.workdays.calendar import Holiday as Record
from prongsai.workdays.calendar import WorkCalendar
from prongsai.workdays.models import Holiday


class Located(Protocol):
    """A province or a place: a code that begins with the province's, and a region (may be empty for a place)."""

    code: str
    region: str


class OfficeCalendar(WorkCalendar):
    """A calendar that knows where its office stands, so that callers need not say."""

    def __init__(self, holidays: list[Record], region: str, province: str) -> None:
        super().__init__(holidays)
        self.region, self.province = region, province

    def holiday_on(self, day: date, region: str | None = None, province: str | None = None) -> Record | None:
        return super().holiday_on(day, region or self.region, province or self.province)


_Version = tuple[int, object]
# Calendars of one version of the table: replaced as a whole when a row was added, changed or removed.
_kept: tuple[_Version, dict[tuple[str, str], OfficeCalendar]] = ((0, None), {})


def calendar_for(province: Located, place: Located | None = None) -> OfficeCalendar:
    """The working days of an office of ``province``, or of one that stands in another ``place``.

    One small query asks whether the table changed; the calendar itself is kept in the process.
    """
    global _kept
    at = place or province
    key = (at.region or province.region, at.code[:2])
    version = _version()
    if _kept[0] != version:
        _kept = (version, {})
    calendars = _kept[1]
    if key not in calendars:
        rows = Holiday.objects.filter(is_cancelled=False)
        calendars[key] = OfficeCalendar([row.as_record() for row in rows], *key)
    return calendars[key]


def load_holidays() -> int:
    """Add the days of the packaged table that the database lacks; returns how many. Edited rows stay as they are."""
    before = Holiday.objects.count()
    Holiday.objects.bulk_create(
        (
            Holiday(
                date=day.date,
                name_th=day.name,
                name_en=day.name_en,
                scope=day.scope.value,
                scope_code=day.scope_code,
                kind=day.kind,
                source=day.source,
            )
            for day in table.packaged_holidays()
        ),
        ignore_conflicts=True,
    )
    return Holiday.objects.count() - before


def _version() -> _Version:
    # Asked for every deadline: the query's own SQL, because building it anew costs ten times the answer.
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), max(updated_at) FROM workdays_holiday")
        return cursor.fetchone()
