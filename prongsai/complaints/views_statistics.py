"""The public statistics of complaints: zero is said in words, small figures of agencies are hidden."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from prongsai.complaints import statistics as counting
from prongsai.thai.dates import fiscal_year

YEARS_BACK = 5


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    province = request.actor.province
    this_year = fiscal_year(timezone.localdate())
    year = _number(request.GET.get("year"), range(this_year - YEARS_BACK, this_year + 1)) or this_year
    quarter = _number(request.GET.get("quarter"), range(1, 5))
    first, last = counting.fiscal_period(year, quarter)
    shown = counting.public(counting.figures(province, first, last), province)
    context = {
        "year": year,
        "quarter": quarter,
        "years": range(this_year, this_year - YEARS_BACK - 1, -1),
        "first": first,
        "last": last,
        "smallest": counting.SMALLEST_CELL,
        "page_audience": _("ทุกคน"),
        **shown,
    }
    return render(request, "complaints/public/statistics.html", context)


def _number(text: str | None, allowed: range) -> int | None:
    try:
        number = int(text or "")
    except ValueError:
        return None
    return number if number in allowed else None
