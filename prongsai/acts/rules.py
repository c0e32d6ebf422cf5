"""Rule parameters: the numbers behind deadlines and limits, by province and date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import override

from prongsai.acts.models import RuleParameter
from prongsai.workdays import calendar_for


class MissingRule(LookupError):
    """The announcement that is loaded gives no such rule parameter."""


@dataclass(frozen=True)
class Rule:
    key: str
    value: int
    unit: str
    is_default: bool
    source: str

    @property
    def text(self) -> str:
        """``3 วันทำการ``: Thai whatever language the page is in, because duties keep it."""
        with override("th"):
            return f"{self.value} {RuleParameter.Unit(self.unit).label}"

    def due(self, start: dt.date, province) -> dt.date:
        """The last day on which the duty is met in time; ``start`` itself is never counted."""
        calendar = calendar_for(province)
        if self.unit == RuleParameter.Unit.WORKING_DAYS:
            return calendar.add_working_days(start, self.value, province.region, province.code).due
        if self.unit == RuleParameter.Unit.YEARS:
            return years_later(start, self.value)
        return start + dt.timedelta(days=self.value)


def years_later(start: dt.date, years: int) -> dt.date:
    """The same day of a later year; of 29 February the last day of that month (Civil and Commercial Code s.193/5)."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


@lru_cache(maxsize=512)
def _rule(province_code: str, key: str, on: dt.date, minute: int) -> Rule:
    row = (
        RuleParameter.objects.filter(province_id=province_code, key=key, valid_from__lte=on)
        .exclude(valid_to__lt=on)
        .order_by("-valid_from")
        .first()
    )
    if row is None:
        raise MissingRule(f"{key} ({province_code}, {on})")
    return Rule(key, int(row.value), row.unit, row.is_default, row.source)


def rule(province_code: str, key: str, on: dt.date) -> Rule:
    """The rule in force on a date. Cached within the minute: a changed parameter takes effect in the next one."""
    return _rule(province_code, key, on, int(timezone.now().timestamp() // 60))
