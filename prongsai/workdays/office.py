"""The calendar of an office, from the holiday table of the database."""

from datetime import date
from typing import Protocol

from prongsai.config.postgresql.kept import Kept, fingerprint
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


CALENDARS = Kept[OfficeCalendar](fingerprint("workdays_holiday"))


def calendar_for(province: Located, place: Located | None = None) -> OfficeCalendar:
    """The working days of an office of ``province``, or of one that stands in another ``place``.

    One small query asks whether the table changed; the calendar itself is kept in the process.
    """
    at = place or province
    key = (at.region or province.region, at.code[:2])
    return CALENDARS.get(key, lambda: _look_up(*key))


def _look_up(region: str, province: str) -> OfficeCalendar:
    rows = Holiday.objects.filter(is_cancelled=False)
    return OfficeCalendar([row.as_record() for row in rows], region, province)


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
