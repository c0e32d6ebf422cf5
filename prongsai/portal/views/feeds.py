"""RSS and Atom: what was published lately (S0), overall, under one clause, by one agency; and statements of zero."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _

from prongsai.compliance.evidence import published, title_of
from prongsai.compliance.models import Clause, Statement
from prongsai.compliance.registers import Statements
from prongsai.ledger.models import Entry
from prongsai.organisation.models import Agency
from prongsai.portal.keeping import kept
from prongsai.portal.pages import announcement_of, clause_url, province_of
from prongsai.registers.language import in_english, pick
from prongsai.thai.dates import Lang, format_date

NEWEST = 50
KINDS = {"rss": Rss201rev2Feed, "atom": Atom1Feed}


class PublishedFeed(Feed):
    """Entries of the ledger about open matters. ``rows``: which of them; ``about``: the feed's title and page."""

    def __init__(self, kind: str, title: str, link: str, rows: Iterable[Entry]) -> None:
        if kind not in KINDS:
            raise Http404
        self.feed_type = KINDS[kind]
        self.title, self.link, self._rows = title, link, rows
        self.description = self.subtitle = _("สิ่งที่เผยแพร่ตามประกาศ ทุกรายการตรวจสอบได้ด้วยตนเอง")

    def items(self) -> list[Entry]:
        return list(self._rows)

    def item_title(self, item: Entry) -> str:
        return title_of(item.kind)

    def item_description(self, item: Entry) -> str:
        return f"{_('เป็นหลักฐานของข้อ')} {', '.join(item.clauses)}"

    def item_link(self, item: Entry) -> str:
        return reverse("portal:evidence", args=[item.pk])

    def item_pubdate(self, item: Entry) -> dt.datetime:
        return item.at

    def item_updateddate(self, item: Entry) -> dt.datetime:
        return item.at

    def item_categories(self, item: Entry) -> list[str]:
        return item.clauses


class StatementsFeed(PublishedFeed):
    def items(self) -> list[Any]:
        return list(self._rows)

    def item_title(self, item: Statement) -> str:  # type: ignore[override]
        return str(item.get_subject_display())

    def item_description(self, item: Statement) -> str:  # type: ignore[override]
        lang: Lang = "en" if in_english() else "th"
        days = (format_date(day, style="short", lang=lang) for day in (item.period_from, item.period_to))
        return f"{pick(item.agency.name_th, item.agency.name_en)} · {' – '.join(days)} · {item.signed_by}"

    def item_link(self, item: Statement) -> str:  # type: ignore[override]
        return reverse("portal:register", args=["statements"])

    def item_guid(self, item: Statement) -> str:
        return f"urn:uuid:{item.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Statement) -> dt.datetime:  # type: ignore[override]
        return timezone.localtime(item.created_at)

    def item_updateddate(self, item: Statement) -> dt.datetime:  # type: ignore[override]
        return timezone.localtime(item.changed_at)

    def item_categories(self, item: Statement) -> list[str]:  # type: ignore[override]
        return []


@kept
def evidence(request: HttpRequest, kind: str) -> HttpResponse:
    province = province_of(request)
    rows = published(province.pk)[:NEWEST]
    link = reverse("portal:register", args=["evidence"])
    return PublishedFeed(kind, f"{_('หลักฐานที่เผยแพร่ล่าสุด')} – {province.name}", link, rows)(request)


@kept
def clause(request: HttpRequest, key: str, code: str, kind: str) -> HttpResponse:
    announcement = announcement_of(request, key)
    this = get_object_or_404(Clause.objects.filter(announcement=announcement), code=code)
    rows = published(announcement.province_id).filter(clauses__overlap=this.practices)[:NEWEST]
    title = f"{_('หลักฐาน')} {this.code} {this.title_th}"
    return PublishedFeed(kind, title, clause_url(this, announcement), rows)(request)


@kept
def agency(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    province = province_of(request)
    this = get_object_or_404(Agency.objects.of(province), pk=pk)
    rows = published(province.pk).filter(agency_id=this.pk)[:NEWEST]
    title = f"{_('หลักฐาน')} – {pick(this.name_th, this.name_en)}"
    return PublishedFeed(kind, title, reverse("portal:agency", args=[this.pk]), rows)(request)


@kept
def statements(request: HttpRequest, kind: str) -> HttpResponse:
    province = province_of(request)
    register = Statements()
    rows = register.rows(request.actor).order_by("-signed_on", "pk")[:NEWEST]  # type: ignore[attr-defined]
    link = reverse("portal:register", args=[register.key])
    return StatementsFeed(kind, f"{register.name} – {province.name}", link, rows)(request)
