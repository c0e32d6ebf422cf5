"""The one public figure of the channel: how many threads began in a fiscal year that is over, and only from five on.

The running year has no figure: whoever looked twice would see when somebody wrote.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count

from prongsai.compliance.standing import SMALLEST_CELL
from prongsai.confidential.models import Report
from prongsai.thai.dates import fiscal_year

YEARS = 3


def by_year(province: Any, today: dt.date) -> list[tuple[int, int | None]]:
    """Fiscal year (B.E.) and figure, the newest first; None: fewer than five, which may be none at all."""
    this = fiscal_year(today)
    counted = dict(
        Report.objects.filter(province=province, fiscal_year__lt=this)
        .values_list("fiscal_year")
        .annotate(n=Count("pk"))
    )
    years = range(this - 1, this - 1 - YEARS, -1)
    return [(y, n if (n := counted.get(y, 0)) >= SMALLEST_CELL else None) for y in years]
