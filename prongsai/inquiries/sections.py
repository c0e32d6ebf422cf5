"""What the officers' page of a case says of its inquiries and of its end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prongsai import sealed
from prongsai.complaints.models import Case
from prongsai.complaints.reading import text_of
from prongsai.inquiries.access import inquiries_of
from prongsai.inquiries.reading import read_inquiry
from prongsai.organisation.actors import Actor


def of_case(case: Case, actor: Actor, unlocked: sealed.Unlocked) -> Iterable[tuple[str, dict[str, Any]]]:
    """Its inquiries, with the respondents' names for whoever holds the key; reopenings with their reasons."""
    found = list(inquiries_of(actor).filter(case=case).select_related("envelope").order_by("created_at"))
    inquiries = []
    for inquiry in found:
        file = read_inquiry(inquiry, unlocked)
        inquiries.append((inquiry, [(r, file.name(r)) for r in inquiry.respondents.order_by("number")]))
    reopenings = list(case.reopenings.all())
    if not inquiries and not reopenings:
        return []
    opened = unlocked.open(case.envelope)
    reasons = [(r, text_of(opened, bytes(r.reason), r.context)) for r in reopenings]
    return [("inquiries/office/case.html", {"inquiries": inquiries, "reopenings": reasons})]
