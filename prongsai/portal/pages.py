"""What every public page has in common: the frame's facts, the announcement in force, addresses of clauses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.compliance.models import Announcement, Clause, Measure
from prongsai.compliance.registers import current_announcement
from prongsai.registers.language import pick
from prongsai.ui.parts import Link

if TYPE_CHECKING:
    from prongsai.organisation.models import Province

# When the standing texts (privacy, accessibility, about) were last changed.
TEXTS_CHANGED = dt.date(2026, 11, 26)


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    changed: dt.date | dt.datetime | None = None,
    trail: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """A public page: when it was last changed, who sees it, and the way to it (label, address)."""
    crumbs = (
        [Link(_("หน้าหลัก"), reverse("portal:home")), *(Link(label, url) for label, url in trail)]
        if trail
        else []
    )
    frame = {"page_changed": changed, "page_audience": _("ประชาชนทั่วไป"), "breadcrumbs": crumbs}
    return render(request, f"portal/{template}.html", {**frame, **context})


def province_of(request: HttpRequest) -> Province:
    """The province that this site serves; 404 before one is loaded."""
    province = request.actor.province  # type: ignore[attr-defined]
    if province is None:
        raise Http404
    return province


def announcement_of(request: HttpRequest, key: str | None = None) -> Announcement:
    """The announcement called ``key``, or the one in force. Only this province's: others are 404."""
    province = province_of(request)
    if key is None:
        found = current_announcement(province)
    else:
        found = Announcement.objects.filter(province=province, key=key).first()
    if found is None:
        raise Http404
    return found


def clause_url(clause: Clause, announcement: Announcement) -> str:
    return reverse("portal:clause", args=[announcement.key, clause.code])


def measure_url(measure: Measure, announcement: Announcement) -> str:
    return reverse("portal:measure", args=[announcement.key, measure.code])


def announcement_url(announcement: Announcement) -> str:
    return reverse("portal:announcement", args=[announcement.key])


def measure_name(measure: Measure) -> str:
    return pick(measure.short_th, measure.short_en)
