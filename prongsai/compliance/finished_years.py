"""The one public figure of what must stay unseen: how many began in fiscal years that are over, and only from five on.

The running year has none: whoever looked twice would see when somebody wrote, or asked for protection.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, QuerySet

from prongsai.compliance.standing import SMALLEST_CELL
from prongsai.thai.dates import fiscal_year

YEARS = 3


def by_year(rows: QuerySet, today: dt.date) -> list[tuple[int, int | None]]:
    """Fiscal year (B.E.) and figure, the newest first; None: fewer than five, which may be none at all.

    ``rows``: records of a province with a ``fiscal_year``.
    """
    this = fiscal_year(today)
    finished = rows.filter(fiscal_year__lt=this).order_by()
    counted = dict(finished.values_list("fiscal_year").annotate(n=Count("pk")))
    years = range(this - 1, this - 1 - YEARS, -1)
    return [(y, n if (n := counted.get(y, 0)) >= SMALLEST_CELL else None) for y in years]
