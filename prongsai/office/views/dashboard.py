"""The overview for those who answer for agencies: what is done, what is late, what waits, how the years went."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from prongsai.compliance.registers import current_announcement
from prongsai.compliance.standing import STATES
from prongsai.office.access import actor_of, staff_page
from prongsai.office.jobs import desk_of
from prongsai.office.overview import TONES, Overview
from prongsai.office.scope import NOT_YOURS, Scope, scope_of
from prongsai.organisation.models import Agency
from prongsai.ui.parts import Link

AUDIENCE = "ผู้ว่าราชการจังหวัด รองผู้ว่าราชการจังหวัด หัวหน้าส่วนราชการ (เฉพาะหน่วยงานของตน) และผู้ตรวจสอบ"
WAITING = 5


def _scope(request: HttpRequest) -> Scope:
    scope = scope_of(actor_of(request))
    if scope is None:
        raise PermissionDenied(NOT_YOURS)
    return scope


@staff_page
def overview(request: HttpRequest) -> HttpResponse:
    scope = _scope(request)
    announcement = current_announcement(scope.actor.province)
    desk = desk_of(scope.actor)
    context: dict[str, Any] = {
        "scope": scope,
        "announcement": announcement,
        "waiting": [*desk.overdue, *desk.soon, *desk.later][:WAITING],
        "waiting_count": desk.count,
        "page_audience": AUDIENCE,
        "page_changed": timezone.now(),
    }
    if announcement:
        figures = Overview(scope, announcement)
        everyone = request.GET.get("all") == "1" or not scope.whole
        rows = figures.heat_rows(everyone=everyone)
        context |= {
            "measures": figures.measures,
            "columns": [m.short_th for m in figures.measures],
            "rows": rows,
            "everyone": everyone,
            "hidden": scope.agencies().count() - len(rows) + (1 if scope.whole else 0),
            "whole": figures.whole(),
            "cards": figures.cards(),
            "legend": [(tone, STATES[state][0]) for state, tone in TONES.items()],
            "late": figures.became_late(),
            "trend": figures.trend(),
        }
    return render(request, "office/dashboard.html", context)


@staff_page
def cell(request: HttpRequest, measure: str, agency_id: int | None = None) -> HttpResponse:
    """The clauses behind a cell, each with the way to its evidence and its deadlines."""
    scope = _scope(request)
    announcement = current_announcement(scope.actor.province)
    found = announcement.measures.filter(code=measure).first() if announcement else None
    if announcement is None or found is None:
        raise Http404
    agency = _agency(scope, agency_id) if agency_id is not None else None
    figures = Overview(scope, announcement)
    title = agency.name_th if agency else scope.title
    context = {
        "measure": found,
        "agency": agency,
        "title": title,
        "rows": figures.rows_of(found, agency),
        "breadcrumbs": [
            Link("ภาพรวมการปฏิบัติ", reverse("office:dashboard")),
            Link(f"{found.short_th} – {title}", ""),
        ],
        "page_audience": AUDIENCE,
    }
    return render(request, "office/dashboard_cell.html", context)


def _agency(scope: Scope, agency_id: int) -> Agency:
    found = scope.agencies().filter(pk=agency_id).first()
    if found is None:
        raise Http404
    return found
