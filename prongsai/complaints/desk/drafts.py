"""Drafts: what an officer has half typed outlives session, connection and sign-in; sealed to that officer alone.

Writing one needs the officer's public key only. The form carries a ticket that says to whom it was shown, so that what is
sent after the session has ended is kept too.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from prongsai import files, sealed
from prongsai.complaints.models import IntakeDraft
from prongsai.files.errors import HandleExpired
from prongsai.files.upload import SealedUpload
from prongsai.organisation.models import Person

_SALT = "complaints.desk.ticket"
TICKET_SECONDS = 24 * 3600
NOT_TYPED = {"csrfmiddlewaretoken", "save", "ticket", "draft", "readback", "readback_confirmed"}
FILES = ("files", "envelope_scan")


def ticket(person: Person) -> str:
    return signing.dumps(person.pk, salt=_SALT)


def person_of_ticket(text: str) -> Person | None:
    try:
        pk = signing.loads(text, salt=_SALT, max_age=TICKET_SECONDS)
    except signing.BadSignature:
        return None
    return Person.objects.filter(pk=pk).first()


def of(person: Person | None) -> Any:
    """The person's drafts, newest first."""
    return IntakeDraft.objects.filter(person=person) if person else IntakeDraft.objects.none()


def find(person: Person | None, pk: str) -> IntakeDraft | None:
    try:
        return of(person).select_related("envelope").filter(pk=UUID(pk)).first()
    except ValueError:
        return None


def save(person: Person, channel: str, request: HttpRequest) -> IntakeDraft | None:
    """Keep what was typed and uploaded; None when the person has no key to seal it to."""
    typed = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}
    for name in FILES:
        arrived = [files.hold(upload) for upload in request.FILES.getlist(name) if upload.path is not None]
        if arrived:
            typed[f"{name}-held"] = [*typed.get(f"{name}-held", []), *arrived]
    with transaction.atomic():
        draft = find(person, request.POST.get("draft", ""))
        if draft is None:
            own = sealed.keyholders_of([person.pk])
            if not own:
                return None
            envelope = sealed.create_envelope("draft", members=own, recovery=None)
            draft = IntakeDraft(person=person, envelope=envelope)
        draft.channel, draft.saved_at = channel, timezone.now()
        draft.sealed = draft.envelope.put({"typed": typed}, context=_context(draft))
        draft.save()
    return draft


def restore(draft: IntakeDraft, unlocked: sealed.Unlocked) -> QueryDict:
    """What was typed, as a browser would send it. Raises ``sealed.SealError``."""
    typed = unlocked.open(draft.envelope).json(bytes(draft.sealed), context=_context(draft))["typed"]
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data


def uploads(data: QueryDict, name: str) -> list[SealedUpload]:
    """Files of a draft that are still there; they are kept for a day."""
    found = []
    for handle in data.getlist(f"{name}-held"):
        try:
            found.append(files.from_handle(handle))
        except HandleExpired:
            continue
    return found


def delete(draft: IntakeDraft) -> None:
    envelope = draft.envelope
    draft.delete()
    envelope.delete()


def sweep() -> int:
    """Delete drafts that nobody has touched for thirty days; how many. For the worker's clock."""
    old = IntakeDraft.objects.filter(saved_at__lte=timezone.now() - IntakeDraft.KEPT_FOR)
    drafts = list(old.select_related("envelope"))
    for draft in drafts:
        delete(draft)
    return len(drafts)


def _context(draft: IntakeDraft) -> str:
    return f"draft:{draft.pk}"
