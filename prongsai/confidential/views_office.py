"""The recipients' own pages: make a key, and the three requests by which a browser opens a thread and answers it."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from prongsai import ledger
from prongsai.acts import Refused, perform
from prongsai.confidential import agefile
from prongsai.confidential.acts.channel import NOT_RECIPIENT, MakeKey
from prongsai.confidential.acts.threads import OpenReport, ReplyToSender, already_sent, same_keys
from prongsai.confidential.agefile import NotAge
from prongsai.confidential.doors import answer, body_of, secret_door, upload_of
from prongsai.confidential.models import Report
from prongsai.confidential.recipients import office_of, readers_of
from prongsai.confidential.registers import Reports
from prongsai.confidential.views_public import age_response
from prongsai.confidential.words import sentences
from prongsai.registers.staff_pages import actor_of, staff_page

View = Callable[..., HttpResponseBase]


def recipients_page(view: View) -> View:
    """A staff page whose use nobody is told."""
    return secret_door(staff_page(view))


@recipients_page
@require_http_methods(["GET", "POST"])
def key(request: HttpRequest) -> HttpResponse:
    """Make a key in the browser; what comes here is public, or under a passphrase that does not come here."""
    actor = actor_of(request)
    if not office_of(actor):
        raise PermissionDenied(NOT_RECIPIENT)
    if request.method == "GET":
        data = {"make": reverse("confidential-office:key"), "say": sentences()}
        return render(request, "confidential/office/key.html", {"data": data, "page_audience": NOT_RECIPIENT})
    fields = body_of(request)
    try:
        wrapped = agefile.check_wrapped(b64decode(str(fields.get("wrapped", "")), validate=True))
        done = perform(
            MakeKey, None, actor=actor, data={"public_key": str(fields.get("public", "")), "wrapped": wrapped}
        )
    except (ValueError, Refused) as error:
        known = isinstance(error, Refused)
        return answer(422, error=str(error) if known else "กุญแจที่ได้รับไม่ถูกต้อง โปรดลองใหม่")
    return answer(fingerprint=done.record.fingerprint)


def _thread(request: HttpRequest, pk: UUID) -> Report:
    """By the door of the register; another thread does not exist."""
    found = Reports().rows(request.actor).filter(pk=pk).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


@recipients_page
@require_POST
def open_thread(request: HttpRequest, pk: UUID) -> HttpResponse:
    """That somebody reads is in the ledger before the first byte is given."""
    report = _thread(request, pk)
    try:
        perform(OpenReport, report, actor=request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        return answer(409, error=str(refused))
    letters = [
        {
            "id": m.pk,
            "way": m.way,
            "title": str(m.get_way_display()),
            "author": m.author_label,
            "at": m.written_at.isoformat(),
            "keys": [str(one) for one in m.keys],
        }
        for m in report.messages.defer("content")
    ]
    return answer(messages=letters)


@recipients_page
@require_POST
def content(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One message, as it lies here; each is a read of its own."""
    report, actor = _thread(request, pk), request.actor  # type: ignore[attr-defined]
    message = report.messages.filter(pk=number).first()
    if message is None:
        raise Http404
    ledger.record_read(
        kind="confidential.message_read",
        actor_id=actor.person_id,
        actor_label=actor.label,
        subject=("confidential.report", str(report.pk)),
        province=report.province_id,
        secrecy="S4",
        content={"message": message.pk},
    )
    return age_response(message)


@recipients_page
@require_POST
def reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The answer, encrypted to the sender and to whoever reads the thread today."""
    report = _thread(request, pk)
    to = readers_of(report)
    try:
        same_keys(to, request.POST.getlist("keys"))
        sealed = agefile.check(upload_of(request, "content"), recipients=len(to) + 1)
        if not already_sent(sealed):
            perform(
                ReplyToSender,
                report,
                actor=request.actor,  # type: ignore[attr-defined]
                data={"readers": to, "content": sealed},
            )
    except NotAge:
        return answer(422, error="ระบบรับข้อความมิได้ ข้อความของท่านยังอยู่ในหน้านี้ โปรดลองใหม่")
    except Refused as refused:
        fresh = [{"id": str(r.key.pk), "key": r.key.public_key} for r in to if r.key]
        return answer(409, error=str(refused), keys=fresh)
    return answer(sent=True)
