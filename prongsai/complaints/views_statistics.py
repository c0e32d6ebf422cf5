"""The public statistics of complaints: zero is said in words, small figures of agencies are hidden."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from prongsai.complaints import statistics as counting
from prongsai.documents import KINDS
from prongsai.thai.dates import fiscal_year, format_date
from prongsai.ui.parts import Bar

YEARS_BACK = 5


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    province, asked = request.actor.province, period(request)
    counted = counting.figures(province, asked["first"], asked["last"])
    shown = counting.public(counted, province, with_agencies=asked["quarter"] is None)
    context = {
        **asked,
        "smallest": counting.SMALLEST_CELL,
        "kinds": sorted(KINDS, reverse=True),
        "page_audience": _("ทุกคน"),
        **bars(counted, shown),
    }
    return render(request, "complaints/public/statistics.html", context)


def period(request: HttpRequest) -> dict[str, Any]:
    """The fiscal year (by default this one) and perhaps its quarter, as the address asks."""
    this_year = fiscal_year(timezone.localdate())
    year = _number(request.GET.get("year"), range(this_year - YEARS_BACK, this_year + 1)) or this_year
    quarter = _number(request.GET.get("quarter"), range(1, 5))
    first, last = counting.fiscal_period(year, quarter)
    years = range(this_year, this_year - YEARS_BACK - 1, -1)
    return {"year": year, "quarter": quarter, "years": years, "first": first, "last": last}


def bars(counted: counting.Figures, shown: dict[str, Any]) -> dict[str, Any]:
    return {
        **shown,
        "ground_bars": _ground_bars(shown),
        "month_bars": [Bar(_month(key), n) for key, n in counted.by_month.items()],
        "state_bars": [Bar(state.label, n) for state, n in shown["states"]],
    }


def _ground_bars(shown: dict[str, Any]) -> list[Bar]:
    """The main grounds; beside each, in how many matters it is named at all (AT-M5-26)."""
    bars = [Bar(g.label, n, note=_("อ้างถึงใน %(n)s เรื่อง") % {"n": also}) for g, n, also in shown["grounds"]]
    return [*bars, Bar(_("ยังมิได้ระบุ"), shown["unset"])] if shown["unset"] else bars


def _month(key: str) -> str:
    """``2026-11`` → พ.ย. 2569."""
    year, month = map(int, key.split("-"))
    lang = "en" if (get_language() or "th").startswith("en") else "th"
    return format_date(dt.date(year, month, 1), style="short", lang=lang).partition(" ")[2]


def _number(text: str | None, allowed: range) -> int | None:
    try:
        number = int(text or "")
    except ValueError:
        return None
    return number if number in allowed else None
