"""The receipt as a paper, for the browser that filed: on the same terms as the receipt page itself."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as show
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from prongsai import sealed
from prongsai.complaints import tokens
from prongsai.complaints.documents import RECEIPT
from prongsai.complaints.intake import already_filed, tracking_code
from prongsai.documents import KINDS, render, respond


@never_cache
@require_GET
def receipt_document(request: HttpRequest, kind: str) -> HttpResponse:
    """Number, items and tracking code on paper. After half an hour, or from another browser, there is nothing (410)."""
    if kind not in KINDS:
        raise Http404
    token = tokens.recall(request)
    filed = already_filed(token) if token else None
    if token is None or filed is None:
        return show(request, "complaints/public/receipt_gone.html", status=410)
    code = sealed.format_code(tracking_code(token))
    return respond(render(RECEIPT, RECEIPT.for_sender(filed.case, code), kind))
