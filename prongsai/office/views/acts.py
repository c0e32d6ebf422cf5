"""The page of an act: its form, what will follow from it, and why not when it is not open. The road decides, not the page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from prongsai import sealed
from prongsai.acts import Act, Done, Refused, act_of, perform
from prongsai.acts.declaration import record_type
from prongsai.files import resend
from prongsai.office.access import actor_of, staff_page, visible_record
from prongsai.office.addresses import after, record_url, register_url
from prongsai.organisation.actors import Actor
from prongsai.registers import register_for
from prongsai.signin import sudo
from prongsai.ui.parts import Link

NOT_NOW = "สถานะของเรื่องในขณะนี้ไม่เปิดให้ดำเนินการนี้"


@staff_page
@resend.keeps_typed
def act(request: HttpRequest, key: str, pk: UUID) -> HttpResponseBase:
    """An act on a record that this person may see; another record does not exist (404)."""
    found = _act(key)
    if None in found.moves:
        raise Http404
    record = visible_record(register_for(record_type(found.record)), actor_of(request), pk)
    return _page(request, found, record)


@staff_page
@resend.keeps_typed
def make(request: HttpRequest, key: str) -> HttpResponseBase:
    """An act that makes its record."""
    found = _act(key)
    if None not in found.moves:
        raise Http404
    return _page(request, found, None)


def _act(key: str) -> Act:
    try:
        found = act_of(key)
    except KeyError:
        raise Http404 from None
    if found.face != "office":
        raise Http404
    return found


def _page(request: HttpRequest, found: Act, record: Any) -> HttpResponseBase:
    if found.needs_unlock and sealed.unlocked(request) is None:
        return _locked(request)
    return _posted(request, found, record) if request.method == "POST" else _asked(request, found, record)


def _locked(request: HttpRequest) -> HttpResponse:
    unlock = reverse("sealed:unlock")
    if not resend.can_keep(request):
        return _see_other(f"{unlock}?{urlencode({'next': request.path})}")
    why = "พ้นเวลาเปิดผนึกแล้ว ระบบจึงยังมิได้บันทึก"
    return resend.not_taken(
        request, why, "Your key is locked again, and nothing was saved yet.", Link("เปิดผนึก", unlock)
    )


def _asked(request: HttpRequest, found: Act, record: Any) -> HttpResponse:
    actor = actor_of(request)
    if why_not := found.by(actor, record):
        return _show(request, found, record, None, why_not, 403)
    if why_not := _not_ready(found, actor, record):
        return _show(request, found, record, None, why_not, 409)
    return _show(request, found, record, found.make_form(actor=actor, record=record))


def _posted(request: HttpRequest, found: Act, record: Any) -> HttpResponseBase:
    actor = actor_of(request)
    form = found.make_form(request.POST, request.FILES, actor=actor, record=record)
    if found.needs_proof():
        sudo.demand(form, request)
    if why_not := found.by(actor, record):
        # Through the road all the same: it is the road that records an attempt that was refused.
        _attempt(request, found, record, {})
        return _show(request, found, record, form, why_not, 403)
    if not form.is_valid():
        return _show(request, found, record, form, status=422)
    try:
        done = perform(
            type(found),
            record,
            actor=actor,
            data=sudo.without_proof(form.cleaned_data),
            version=_version(request, record),
            request=request,
        )
    except Refused as refused:
        fresh = _again(found, actor, record)
        return _show(request, found, fresh, form, str(refused), 409)
    messages.success(request, _message(done))
    return _see_other(after(found, done.record))


def _attempt(request: HttpRequest, found: Act, record: Any, data: dict[str, Any]) -> None:
    try:
        perform(type(found), record, actor=actor_of(request), data=data, request=request)
    except Refused:
        return


def _version(request: HttpRequest, record: Any) -> int | None:
    """The version that the person saw. A form without one is as good as stale: nobody knows what was seen."""
    if record is None:
        return None
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else -1


def _not_ready(found: Act, actor: Actor, record: Any) -> str | None:
    if record is None:
        return None
    if found.moves and record.state not in found.moves:
        return NOT_NOW
    return found.ready(actor, record)


def _again(found: Act, actor: Actor, record: Any) -> Any:
    """The record as it is now, for the page that says what happened."""
    if record is None:
        return None
    return visible_record(register_for(record_type(found.record)), actor, record.pk)


def _message(done: Done) -> str:
    return str(done.result.get("message") or done.message)


def _see_other(url: str) -> HttpResponse:
    return HttpResponseRedirect(url, status=303)


def _show(
    request: HttpRequest,
    found: Act,
    record: Any,
    form: forms.BaseForm | None,
    why_not: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form, with what was typed. ``why_not``: nothing was saved, and this is why."""
    actor = actor_of(request)
    if found.needs_proof() and form is not None:
        sudo.demand(form, request)
    register = register_for(record_type(found.record))
    back = record_url(record_type(record), record.pk) if record is not None else ""
    crumbs = [Link(register.name, register_url(register))] if register else []
    crumbs += [Link(str(record), back)] if back else []
    context = {
        "act": found,
        "record": record,
        "state_label": record.get_state_display() if record is not None else "",
        "next_state": _next_state(found, record),
        "form": form,
        "why_not": why_not,
        # A form that cannot be sent any more still shows what was typed, so that it can be copied.
        "can_send": form is not None and not found.by(actor, record) and not _not_ready(found, actor, record),
        "back": back or (register_url(register) if register else reverse("office:my-work")),
        "breadcrumbs": [*crumbs, Link(found.title, "")],
        "page_audience": register.audience if register else "",
    }
    return render(request, "office/act.html", context, status=status)


def _next_state(found: Act, record: Any) -> str:
    """The state after the act, where the declaration names another one."""
    if record is None or record.state not in found.moves or found.moves[record.state] == record.state:
        return ""
    return str(dict(type(record).State.choices).get(found.moves[record.state], ""))
