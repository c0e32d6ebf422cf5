"""The scan of an envelope, which may show the sender: only while a look at the identity is on (``complaints.reveal``)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from prongsai import files, ledger, sealed
from prongsai.complaints.reveal import envelope_scans
from prongsai.registers import register_of
from prongsai.registers.staff_pages import actor_of, staff_page


@staff_page
@require_GET
def envelope_scan(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponseBase:
    """For the one who looks, while it lasts; every opening is in the ledger."""
    actor, register = actor_of(request), register_of("reveals")
    reveal = register.rows(actor).filter(pk=pk, requested_by=actor.person).first() if register else None
    scan = reveal and envelope_scans(reveal).filter(file_id=file).first()
    if reveal is None or scan is None or not reveal.is_open(timezone.now()):
        raise Http404
    unlocked = sealed.unlocked(request)
    if unlocked is None:
        back = reverse("office:record", args=["reveals", pk])
        return redirect(f"{reverse('sealed:unlock')}?{urlencode({'next': back})}")
    try:
        answer = files.serve(scan.file, unlocked.open(reveal.receipt.identity.envelope))
    except (sealed.SealError, files.FileUnavailable):
        raise Http404 from None
    ledger.record_read(
        kind="complaints.identity_read",
        actor_id=actor.person_id,
        actor_label=actor.label,
        subject=("complaints.reveal", str(pk)),
        province=reveal.province_id,
        secrecy="S4",
        content={"purpose": reveal.purpose, "file": str(file)},
    )
    return answer
