"""The sender's pages. What is typed stays in the browser: the house gets age files, a hash of the code, and a choice."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.acts import Refused, perform
from prongsai.acts.rules import rule
from prongsai.compliance.finished_years import by_year
from prongsai.compliance.standing import SMALLEST_CELL
from prongsai.confidential import agefile
from prongsai.confidential.acts.threads import SendReport, WriteAgain, already_sent, same_keys
from prongsai.confidential.agefile import PUBLIC_KEY, NotAge
from prongsai.confidential.doors import answer, body_of, is_own_machine, secret_door, upload_of
from prongsai.confidential.finding import Locked, find, keyed
from prongsai.confidential.models import Message, Report
from prongsai.confidential.recipients import Recipient, choices, readers_of, recipients
from prongsai.confidential.words import sentences
from prongsai.organisation.actors import Actor

REFUSED = 422


@secret_door
@require_GET
def write(request: HttpRequest) -> HttpResponse:
    """How the channel works, who reads it, and the form: for browsers that can encrypt."""
    province = request.actor.province  # type: ignore[attr-defined]
    open_to = choices(province)
    context = {
        "recipients": recipients(province),
        "choices": [(to, Report.To(to).label) for to in open_to],
        "data": {
            "send": reverse("confidential:send"),
            "thread": reverse("confidential:thread"),
            "choices": _keys(open_to),
            "say": sentences(),
        },
        "outside": request.actor.province.higher_authorities,
        "years": by_year(Report.objects.filter(province=province), timezone.localdate()),
        "within": rule(province.code, "confidential_acknowledge", timezone.localdate()),
        "smallest": SMALLEST_CELL,
        "own_machine": is_own_machine(request) and not request.is_secure(),
        "page_audience": _("ทุกคน"),
    }
    return render(request, "confidential/public/write.html", context)


def _keys(open_to: dict[str, list[Recipient]]) -> dict[str, list[dict[str, str]]]:
    return {to: _public(found) for to, found in open_to.items()}


def _public(found: list[Recipient]) -> list[dict[str, str]]:
    return [{"id": str(r.key.pk), "key": r.key.public_key} for r in found if r.key]


@secret_door
@require_POST
def send(request: HttpRequest) -> HttpResponseBase:
    """A new thread. The same one sent twice (the answer was lost) is one thread and gets the same number."""
    fields, province = request.POST, request.actor.province  # type: ignore[attr-defined]
    open_to = choices(province)
    try:
        lookup = keyed(fields.get("lookup", ""))
        if found := Report.objects.filter(lookup=lookup).first():
            return answer(number=found.number)
        to = open_to[fields.get("to", "")]
        same_keys(to, fields.getlist("keys"))
        if not PUBLIC_KEY.fullmatch(fields.get("sender_key", "")):
            raise NotAge
        data = {
            "to": fields["to"],
            "readers": to,
            "lookup": lookup,
            "sender_key": fields["sender_key"],
            "sender_wrapped": agefile.check_wrapped(upload_of(request, "sender_wrapped")),
            "content": agefile.check(upload_of(request, "content"), recipients=len(to) + 1),
        }
    except (NotAge, KeyError, Refused) as error:
        return _not_taken(error, choices=_keys(open_to))
    try:
        done = perform(SendReport, None, actor=request.actor, data=data)  # type: ignore[attr-defined]
    except IntegrityError:  # the same thread in the same moment
        return answer(number=Report.objects.get(lookup=lookup).number)
    return answer(number=done.record.number)


def _not_taken(error: Exception, **fresh: Any) -> HttpResponse:
    """With the keys of this moment, so that the browser can encrypt again what its page still holds."""
    said = (
        str(error) if isinstance(error, Refused) else _("ระบบรับข้อความมิได้ ข้อความของท่านยังอยู่ในหน้านี้ โปรดลองใหม่")
    )
    return answer(REFUSED, error=said, **fresh)


@secret_door
@require_GET
def thread(request: HttpRequest) -> HttpResponse:
    """Number and code, typed into a page that sends only a hash of the code."""
    addresses = {name: reverse(f"confidential:{name}") for name in ("open", "content", "again")}
    context = {
        "data": {**addresses, "say": sentences()},
        "outside": request.actor.province.higher_authorities,
        "own_machine": is_own_machine(request) and not request.is_secure(),
        "page_audience": _("ผู้แจ้ง"),
    }
    return render(request, "confidential/public/thread.html", context)


def _found(fields: Any) -> Report | HttpResponse:
    """The thread of a number and a hashed code, or the answer that there is none."""
    try:
        report = find(str(fields.get("number", "")), str(fields.get("lookup", "")))
    except Locked as locked:
        said = _("ท่านระบุรหัสไม่ถูกต้องหลายครั้ง โปรดลองใหม่ในอีก %(n)s นาที") % {"n": locked.minutes}
        return answer(429, error=said)
    return report or answer(REFUSED, error=_("เลขที่หรือรหัสไม่ถูกต้อง"))


@secret_door
@require_POST
def open_thread(request: HttpRequest) -> HttpResponse:
    """The sender's own key under the code, and which messages there are."""
    report = _found(body_of(request))
    if isinstance(report, HttpResponse):
        return report
    letters = [
        {"id": m.pk, "way": m.way, "title": str(m.get_way_display()), "at": m.written_at.isoformat()}
        for m in report.messages.defer("content")
    ]
    return answer(
        wrapped=b64encode(report.sender_wrapped).decode(),
        sender=report.sender_key,
        state=str(report.get_state_display()),
        messages=letters,
        keys=_public(readers_of(report)),
    )


@secret_door
@require_POST
def content(request: HttpRequest) -> HttpResponse:
    """One message, as it lies here."""
    fields = body_of(request)
    report = _found(fields)
    if isinstance(report, HttpResponse):
        return report
    wanted = fields.get("id")
    message = report.messages.filter(pk=wanted).first() if isinstance(wanted, int) else None
    return age_response(message) if message else answer(404, error="")


def age_response(message: Message) -> HttpResponse:
    return HttpResponse(bytes(message.content), content_type="application/octet-stream")


@secret_door
@require_POST
def write_again(request: HttpRequest) -> HttpResponse:
    report = _found(request.POST)
    if isinstance(report, HttpResponse):
        return report
    to = readers_of(report)
    try:
        if not to:
            raise Refused(_("ขณะนี้ไม่มีผู้รับที่มีกุญแจ โปรดใช้ช่องทางภายนอก"))
        same_keys(to, request.POST.getlist("keys"))
        sealed = agefile.check(upload_of(request, "content"), recipients=len(to) + 1)
        if already_sent(sealed):
            return answer(sent=True)
        actor = Actor.tracker(report.province, str(report.pk))
        perform(WriteAgain, report, actor=actor, data={"readers": to, "content": sealed})
    except (NotAge, Refused) as error:
        return _not_taken(error, keys=_public(to))
    return answer(sent=True)
