"""The public figure of protection: files that began in fiscal years that are over, from five on.

The running year has none: whoever looked twice would see when somebody asked for protection.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count

from prongsai.compliance.standing import SMALLEST_CELL
from prongsai.protection.models import ProtectionCase
from prongsai.thai.dates import fiscal_year

YEARS = 3


def by_year(province: Any, today: dt.date) -> list[tuple[int, int | None]]:
    """Fiscal year (B.E.) and figure, the newest first; None: fewer than five, which may be none at all."""
    this = fiscal_year(today)
    counted = dict(
        ProtectionCase.objects.filter(province=province, fiscal_year__lt=this)
        .values_list("fiscal_year")
        .annotate(n=Count("pk"))
    )
    years = range(this - 1, this - 1 - YEARS, -1)
    return [(y, n if (n := counted.get(y, 0)) >= SMALLEST_CELL else None) for y in years]
