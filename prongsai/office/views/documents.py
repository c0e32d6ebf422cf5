"""The official papers of a record: through the register's own door, with the reader's key where the text is sealed."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from prongsai import documents, ledger, sealed
from prongsai.acts.declaration import record_type
from prongsai.office.access import actor_of, staff_page, visible_record, visible_register

LOGGED = "S3"  # from this secrecy class on, a copy is a read that the ledger keeps


@staff_page
def document(request: HttpRequest, key: str, pk: UUID, document: str, kind: str) -> HttpResponseBase:
    """A paper that the record does not have in its state, or of another kind of file, does not exist (404)."""
    actor = actor_of(request)
    register = visible_register(actor, key)
    record = visible_record(register, actor, pk)
    declared = next((d for d in register.documents if d.key == document and d.fits(record)), None)
    if declared is None or kind not in documents.KINDS:
        raise Http404
    back = reverse("office:record", args=[key, pk])
    if declared.needs_unlock and sealed.unlocked(request) is None:
        return redirect(f"{reverse('sealed:unlock')}?{urlencode({'next': back})}")
    try:
        paper = declared.data(record, actor, request)
    except sealed.SealError as error:
        context = {"why": str(error), "back": back}
        return render(request, "office/file_unavailable.html", context, status=403)
    rendered = documents.render(declared, paper, kind, record=record.pk)
    if register.secrecy >= LOGGED:
        ledger.record_read(
            kind=f"{record_type(record).partition('.')[0]}.document_read",
            actor_id=actor.person_id,
            actor_label=actor.label,
            subject=(record_type(record), str(record.pk)),
            province=actor.province.pk,  # type: ignore[union-attr]
            secrecy=register.secrecy,
            content={"document": declared.key, "kind": kind},
        )
    return documents.respond(rendered)
