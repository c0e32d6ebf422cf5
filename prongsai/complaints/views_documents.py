"""The receipt as a paper, for the browser that filed: on the same terms as the receipt page itself."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from prongsai import sealed
from prongsai.complaints.documents import BLANK, RECEIPT
from prongsai.complaints.filed import for_who_filed
from prongsai.complaints.intake import tracking_code
from prongsai.complaints.models import Receipt
from prongsai.documents import KINDS, render, respond


@require_GET
def blank_letter(request: HttpRequest, kind: str) -> HttpResponse:
    """แบบหนังสือร้องเรียน, for whoever writes by hand."""
    if kind not in KINDS:
        raise Http404
    province = request.actor.province  # type: ignore[attr-defined]
    return respond(render(BLANK, BLANK.of(province, timezone.localdate()), kind))


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
