"""Every public page for crawlers, in both languages, each naming the other (sitemaps.org, ``xhtml:link``).

``/sitemap.xml`` lists the parts; a part holds at most ``PART`` things, twice: one address per language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from prongsai.compliance.evidence import open_evidence
from prongsai.compliance.models import Announcement, Clause, Measure
from prongsai.organisation.models import Agency, Province
from prongsai.portal.keeping import kept
from prongsai.portal.pages import announcement_url, clause_url, measure_url, province_of
from prongsai.registers import public_registers

PART = 5000
TYPE = "application/xml; charset=utf-8"
NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
PAGES = (
    "portal:home", "portal:announcement", "portal:agencies", "portal:registers", "portal:verify", "portal:about",
    "portal:privacy", "portal:accessibility", "complaints:how", "complaints:statistics",
    "confidential:write", "protection:policy",
)  # fmt: skip


@dataclass(frozen=True)
class Section:
    """``rows``: what there is, always in the same order; ``address`` in the language at hand; when it was changed."""

    rows: Callable[[Province], Sequence[Any] | QuerySet]
    address: Callable[[Any], str]
    changed: Callable[[Any], dt.datetime | None] = lambda row: None


def _clauses(province: Province) -> QuerySet:
    found = Clause.objects.filter(announcement__province=province).select_related("announcement")
    return found.order_by("announcement_id", "seq")


def _measures(province: Province) -> QuerySet:
    found = Measure.objects.filter(announcement__province=province).select_related("announcement")
    return found.order_by("announcement_id", "order")


SECTIONS = {
    "pages": Section(lambda province: PAGES, reverse),
    "announcements": Section(
        lambda province: Announcement.objects.filter(province=province).order_by("pk"),
        announcement_url,
        lambda announcement: announcement.loaded_at,
    ),
    "measures": Section(_measures, lambda measure: measure_url(measure, measure.announcement)),
    "clauses": Section(_clauses, lambda clause: clause_url(clause, clause.announcement)),
    "agencies": Section(
        lambda province: Agency.objects.of(province).active().order_by("pk"),
        lambda agency: reverse("portal:agency", args=[agency.pk]),
    ),
    "registers": Section(
        lambda province: public_registers(), lambda register: reverse("portal:register", args=[register.key])
    ),
    "evidence": Section(
        lambda province: open_evidence(province.pk).only("pk", "at").order_by("id"),
        lambda entry: reverse("portal:evidence", args=[entry.pk]),
        lambda entry: entry.at,
    ),
}


@kept
def index(request: HttpRequest) -> HttpResponse:
    """The list of the parts."""
    province = province_of(request)
    parts = []
    for name, section in SECTIONS.items():
        rows = section.rows(province)
        count = rows.count() if isinstance(rows, QuerySet) else len(rows)
        parts += [(name, number) for number in range(1, -(-count // PART) + 1)]
    lines = [
        f"<sitemap><loc>{escape(request.build_absolute_uri(reverse('portal:sitemap-part', args=part)))}</loc></sitemap>"
        for part in parts
    ]
    return _xml("sitemapindex", lines)


@kept
def part(request: HttpRequest, section: str, number: int) -> HttpResponse:
    province = province_of(request)
    if section not in SECTIONS or number < 1:
        raise Http404
    found = SECTIONS[section]
    rows = list(found.rows(province)[(number - 1) * PART : number * PART])
    if not rows:
        raise Http404
    return _xml("urlset", [line for row in rows for line in _addresses(request, found, row)])


def _addresses(request: HttpRequest, section: Section, row: Any) -> list[str]:
    """One ``<url>`` per language; each names all of them."""
    urls = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            urls[language] = request.build_absolute_uri(section.address(row))
    alternates = {**urls, "x-default": urls[settings.LANGUAGE_CODE]}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(url)}/>'
        for language, url in alternates.items()
    )
    changed = section.changed(row)
    when = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return [f"<url><loc>{escape(url)}</loc>{when}{links}</url>" for url in urls.values()]


def _xml(root: str, lines: list[str]) -> HttpResponse:
    body = "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', f"<{root} {NAMESPACES}>", *lines, f"</{root}>", ""]
    )
    return HttpResponse(body, content_type=TYPE)
