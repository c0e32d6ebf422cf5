"""One record: what it is, what I may do with it, what was done; and who else sees it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from prongsai.acts import Act, Offer, open_to
from prongsai.acts.declaration import record_type
from prongsai.acts.models import Due
from prongsai.compliance.office_registers import rule_words, standing_of
from prongsai.documents import KINDS, Document
from prongsai.office.access import actor_of, staff_page, visible_record, visible_register
from prongsai.office.addresses import act_url, register_url
from prongsai.office.timeline import timeline
from prongsai.papers.acts import filing_of
from prongsai.papers.models import SignedPaper, signed_of
from prongsai.registers import Register
from prongsai.ui.parts import Link


@dataclass(frozen=True)
class Clock:
    """A duty of the record as shown."""

    due: Due
    rule: str
    tone: str
    words: str


@dataclass(frozen=True)
class Button:
    act: Act
    url: str


@staff_page
def record(request: HttpRequest, key: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    register = visible_register(actor, key)
    if not register.has_record_page:
        raise Http404
    found = visible_record(register, actor, pk)
    register.opened(found, actor, request)
    offers = open_to(actor, found)
    context = {
        "register": register,
        "record": found,
        "title": register.head(found),
        "state_label": _state_label(found),
        "buttons": [Button(o.act, act_url(o.act, found)) for o in offers if o.is_open],
        "closed": closed(offers),
        "facts": [
            (label, value)
            for label, value in register.facts(found, actor, request)
            if value not in (None, "")
        ],
        "clocks": clocks(found),
        "sections": register.sections(found, actor, request),
        "documents": papers(register, found),
        "originals": register.may_open_original(found, actor),
        "takes_signed": filing_of(register.model) is not None,
        "events": timeline(found),
        "breadcrumbs": [
            Link("ทะเบียนทั้งหมด", reverse("office:registers")),
            Link(register.name, register_url(register)),
            Link(str(found), ""),
        ],
        "page_changed": getattr(found, "changed_at", None),
        "page_audience": register.audience,
        "printed_at": timezone.now(),
    }
    return render(request, "office/record.html", context)


def papers(register: Register, found: Any) -> list[tuple[Document, dict[str, str], list[SignedPaper]]]:
    """The official papers that fit the record, each with the address of every kind of file and its signed versions.

    What was signed stays to be seen, also when the record's state has that paper no longer.
    """
    signed: dict[str, list[SignedPaper]] = defaultdict(list)
    if register.documents:
        for one in signed_of(record_type(found), found.pk):
            signed[one.document].append(one)

    def addresses(declared: Document) -> dict[str, str]:
        return {k: reverse("office:document", args=[register.key, found.pk, declared.key, k]) for k in KINDS}

    fitting = [(declared, declared.fits(found)) for declared in register.documents]
    return [
        (declared, addresses(declared) if fits else {}, signed.get(declared.key, []))
        for declared, fits in fitting
        if fits or declared.key in signed
    ]


def _state_label(found: Any) -> str:
    return found.get_state_display() if hasattr(found, "get_state_display") else ""


def closed(offers: list[Offer]) -> list[tuple[str, str]]:
    """Why steps are not open: each reason once, with the steps that it closes."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for offer in offers:
        if not offer.is_open:
            by_reason[offer.why_not].append(offer.act.title)
    return [(" · ".join(titles), reason) for reason, titles in by_reason.items()]


def clocks(found: Any) -> list[Clock]:
    """The record's duties: running ones first, then the newest met."""
    dues = Due.objects.filter(record_type=record_type(found), record_id=found.pk, cancelled_at=None)
    rows = sorted(dues, key=lambda d: (d.met_on is not None, d.due_on))
    return [Clock(due, rule_words(due), *standing_of(due)) for due in rows]
