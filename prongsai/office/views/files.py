"""A file of a sealed record: for who may see the record and has the key in hand; every opening is in the ledger first."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from prongsai import files, ledger, sealed
from prongsai.files.models import SealedFile
from prongsai.office.access import actor_of, staff_page, visible_record
from prongsai.office.addresses import record_url
from prongsai.registers import register_for

NOT_IN_TEAM = "กุญแจของท่านมิได้อยู่ในสำนวนนี้ จึงเปิดไฟล์มิได้"


@staff_page
def file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    actor = actor_of(request)
    found = SealedFile.objects.select_related("envelope").filter(pk=pk).first()
    if found is None:
        raise Http404
    register = register_for(found.record_type)
    record = visible_record(register, actor, found.record_id)
    hand = sealed.unlocked(request)
    if hand is None:
        return redirect(
            f"{reverse('sealed:unlock')}?{urlencode({'next': record_url(found.record_type, record.pk)})}"
        )
    try:
        opened = hand.open(found.envelope)
    except sealed.NotAMember:
        return _unavailable(request, found, NOT_IN_TEAM, 403)
    ledger.record_read(
        kind=f"{found.record_type.partition('.')[0]}.file_read",
        actor_id=actor.person_id,
        actor_label=actor.label,
        subject=(found.record_type, found.record_id),
        province=actor.province.pk,  # type: ignore[union-attr]
        secrecy=register.secrecy if register else "S3",
        content={"file": str(found.pk)},
    )
    try:
        return files.serve(found, opened)
    except files.FileUnavailable as error:
        return _unavailable(request, found, str(error), 410 if isinstance(error, files.FileRemoved) else 404)


def _unavailable(request: HttpRequest, found: SealedFile, why: str, status: int) -> HttpResponseBase:
    """One bad file never hides the record: the page leads back to it."""
    context = {"why": why, "back": record_url(found.record_type, found.record_id)}
    return render(request, "office/file_unavailable.html", context, status=status)
