"""The receipt as a paper, for the browser that filed: on the same terms as the receipt page itself."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from prongsai import sealed
from prongsai.complaints.documents import RECEIPT
from prongsai.complaints.filed import for_who_filed
from prongsai.complaints.intake import tracking_code
from prongsai.complaints.models import Receipt
from prongsai.documents import KINDS, render, respond


@never_cache
@require_GET
def receipt_document(request: HttpRequest, kind: str) -> HttpResponse:
    """Number, items and tracking code on paper."""
    if kind not in KINDS:
        raise Http404
    return _paper(request, kind=kind)


@for_who_filed
def _paper(request: HttpRequest, token: bytes, row: Receipt, kind: str) -> HttpResponse:
    code = sealed.format_code(tracking_code(token))
    return respond(render(RECEIPT, RECEIPT.for_sender(row.case, code), kind))
