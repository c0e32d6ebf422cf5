"""The receipt at the counter: number and code, shown once to the officer who took the complaint in, for printing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from prongsai import sealed
from prongsai.complaints import tokens
from prongsai.complaints.desk.profiles import PROFILES
from prongsai.complaints.documents import ORAL, RECEIPT
from prongsai.complaints.intake import already_filed, tracking_code
from prongsai.complaints.models import Receipt
from prongsai.documents import KINDS, respond
from prongsai.documents import render as render_paper
from prongsai.registers.staff_pages import actor_of, staff_page


def for_who_received(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """``view(request, token, receipt, …)``; for another officer, another browser and after half an hour there is nothing."""

    @wraps(view)
    @staff_page
    @require_GET
    def checked(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        token = tokens.recall(request)
        receipt = already_filed(token) if token else None
        if token is None or receipt is None or receipt.received_by_id != actor_of(request).person_id:
            return render(request, "complaints/office/intake_receipt_gone.html", status=410)
        return view(request, token, receipt, **kwargs)

    return checked


@for_who_received
def receipt(request: HttpRequest, token: bytes, row: Receipt) -> HttpResponse:
    context = {
        "receipt": row,
        "case": row.case,
        "profile": PROFILES[row.channel],
        "kinds": KINDS,
        "code": sealed.format_code(tracking_code(token)),
    }
    return render(request, "complaints/office/intake_receipt.html", context)


@for_who_received
def receipt_document(
    request: HttpRequest, token: bytes, row: Receipt, document: str, kind: str
) -> HttpResponse:
    """The receipt, or the record of what was said, for the sender to read and sign."""
    if kind not in KINDS or document not in ("receipt", "record"):
        raise Http404
    code = tracking_code(token)
    if document == "receipt":
        return respond(render_paper(RECEIPT, RECEIPT.for_sender(row.case, sealed.format_code(code)), kind))
    opened = sealed.Tracker.from_code(code).open(row.correspondence)
    text = opened.text(bytes(row.copy), context=f"copy:{row.case_id}")
    return respond(render_paper(ORAL, ORAL.for_counter(row, text), kind))


@staff_page
@require_POST
def receipt_given(request: HttpRequest) -> HttpResponseBase:
    """The officer has given number and code to the sender: the browser forgets them."""
    response = HttpResponseRedirect(reverse("complaints-office:intake"), status=303)
    tokens.forget(response, reverse("complaints-office:intake-receipt"))
    return response
