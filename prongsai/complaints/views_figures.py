"""The centre's own statistics: over the matters that the officer may see, with nothing hidden; and as a paper."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from prongsai.complaints import statistics as counting
from prongsai.complaints.documents import STATISTICS
from prongsai.complaints.models import Case
from prongsai.complaints.registers import Complaints
from prongsai.complaints.views_statistics import bars, period
from prongsai.documents import KINDS, respond
from prongsai.documents import render as draw
from prongsai.organisation.models import Agency
from prongsai.registers.staff_pages import actor_of, staff_page
from prongsai.ui.parts import Bar


@staff_page
@require_GET
def figures(request: HttpRequest) -> HttpResponseBase:
    """Who does not see the register of complaints does not find the page."""
    actor = actor_of(request)
    register = Complaints()
    if not register.may_see(actor):
        raise Http404
    asked = period(request)
    counted = counting.figures(actor.province, asked["first"], asked["last"], register.rows(actor))
    names = {a.pk: a.name_th for a in Agency.objects.filter(pk__in=[key for key in counted.by_agency if key])}
    agencies = sorted(counted.by_agency.items(), key=lambda item: -item[1])
    context: dict[str, Any] = {
        **asked,
        **bars(counted, counting.public(counted, actor.province, with_agencies=False)),
        "state_bars": [
            Bar(s.label, counted.by_state[s]) for s in Case.State if counted.by_state.get(s.value)
        ],
        "agency_bars": [Bar(names.get(key, "หน่วยงานอื่นนอกรายการ"), n) for key, n in agencies],
        "page_audience": register.audience,
    }
    return render(request, "complaints/office/statistics.html", context)


@require_GET
def statistics_document(request: HttpRequest, kind: str) -> HttpResponse:
    """The public figures of a year or a quarter as a paper."""
    if kind not in KINDS:
        raise Http404
    province, asked = request.actor.province, period(request)  # type: ignore[attr-defined]
    counted = counting.figures(province, asked["first"], asked["last"])
    paper = STATISTICS.of(province, counted, year=asked["year"], quarter=asked["quarter"])
    return respond(draw(STATISTICS, paper, kind))
