"""Tracking: number and code open the sender's own page for a quarter of an hour; messages go both ways."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prongsai import files, sealed
from prongsai.acts import Refused, Stale, perform
from prongsai.acts.models import Due
from prongsai.complaints import duties, rooms, tokens, tracking
from prongsai.complaints.models import Case, Receipt
from prongsai.complaints.reading import text_of
from prongsai.complaints.said import said_state
from prongsai.complaints.sender import MoreForm, SendMore
from prongsai.complaints.views_public import copy_response, proof_response, renew
from prongsai.files.resend import keeps_typed
from prongsai.organisation.actors import Actor
from prongsai.ui.forms import ThaiTextField

S = Case.State
STEPS = (
    (gettext_lazy("รับเรื่อง"), (S.RECEIVED, S.FORWARDING)),
    (
        gettext_lazy("กลั่นกรอง"),
        (
            S.SCREENING,
            S.MORE_INFO,
            S.ACCEPT_PROPOSED,
            S.REFUSE_PROPOSED,
            S.KEEP_PROPOSED,
            S.HEAD_DECIDES,
            S.REVIEW,
        ),
    ),
    (
        gettext_lazy("ตรวจสอบข้อเท็จจริง"),
        (S.ACCEPTED, S.FACT_FINDING, S.CONCLUDED, S.ACTION, S.NO_ACTION),
    ),
    (
        gettext_lazy("แจ้งผลการพิจารณา"),
        (S.REFUSED, S.KEPT, S.REFERRED, S.TRANSFERRED, S.NOTIFIED, S.CLOSED),
    ),
)


class TrackForm(forms.Form):
    number = ThaiTextField(label=gettext_lazy("เลขที่เรื่อง"), max_length=100)
    code = ThaiTextField(
        label=gettext_lazy("รหัสติดตามเรื่อง"),
        max_length=100,
        help_text=gettext_lazy("ตามที่ได้รับเมื่อยื่นเรื่อง พิมพ์ติดกันหรือเว้นวรรคก็ได้"),
    )


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """The door. The answer does not tell whether the number exists."""
    form = TrackForm(request.POST or None)
    if request.method == "GET":
        return render(request, "complaints/public/track.html", {"form": form})
    status = 422
    if form.is_valid():
        try:
            receipt = tracking.find(form.cleaned_data["number"], form.cleaned_data["code"])
        except tracking.Locked as locked:
            message = _("ท่านระบุรหัสไม่ถูกต้องหลายครั้ง โปรดลองใหม่ในอีก %(n)s นาที") % {"n": locked.minutes}
            form.add_error(None, message)
            status = 429
        else:
            if receipt is not None:
                response = HttpResponseRedirect(reverse("complaints:matter"), status=303)
                request.session["tracked_receipt"] = receipt.pk
                sealed.unlock_tracker(request, form.cleaned_data["code"])
                return response
            form.add_error(None, _("เลขที่เรื่องหรือรหัสติดตามเรื่องไม่ถูกต้อง"))
    return render(request, "complaints/public/track.html", {"form": form}, status=status)


def tracked_receipt(request: HttpRequest) -> tuple[Receipt, sealed.Tracker] | None:
    key = sealed.tracked(request)
    pk = request.session.get("tracked_receipt")
    if key is None or pk is None:
        return None
    receipt = (
        Receipt.objects.select_related(
            "case__province", "case__agency", "case__merged_into", "correspondence"
        )
        .filter(pk=pk)
        .first()
    )
    return (receipt, key) if receipt else None


@never_cache
@require_GET
def matter(request: HttpRequest) -> HttpResponse:
    tracked = tracked_receipt(request)
    if tracked is None:
        return HttpResponseRedirect(reverse("complaints:track"))
    return _matter_page(request, *tracked, MoreForm(initial={"token": tokens.new_token()}))


def _matter_page(
    request: HttpRequest, receipt: Receipt, key: sealed.Tracker, form: MoreForm, status: int = 200
) -> HttpResponse:
    if receipt.case.destroyed_at:
        return render(request, "complaints/public/destroyed.html", {"receipt": receipt}, status=410)
    case = receipt.case.matter
    opened = key.open(receipt.correspondence)
    messages = [
        (
            message,
            text_of(opened, message.sealed, f"message:{receipt.pk}"),
            [files.describe(attached.file, opened) for attached in message.attached.all()],
        )
        for message in receipt.messages.exclude(released_at=None).prefetch_related(
            "attached__file__working_copy"
        )
    ]
    context: dict[str, Any] = {
        "case": case,
        "receipt": receipt,
        "number": receipt.case.number,  # the sender's own, also where the matter goes on under another
        "state": said_state(case),
        "steps": _steps(case, receipt),
        "due": _next_due(case),
        "letters": messages,
        "reveals": list(receipt.reveals.exclude(opened_at=None).order_by("opened_at")),
        "more": rooms.sender_links(receipt),
        "form": form,
    }
    return render(request, "complaints/public/matter.html", context, status=status)


def _steps(case: Case, receipt: Receipt) -> list[dict[str, Any]]:
    at = next(i for i, (_label, states) in enumerate(STEPS) if case.state in states)
    last = len(STEPS) - 1
    dates = {0: receipt.case.received_on, last: case.decided_on if at == last else None}
    state = lambda i: "done" if i < at or (i == at == last) else "current" if i == at else "todo"  # noqa: E731
    return [
        {"label": label, "at": dates.get(i), "state": state(i)} for i, (label, _states) in enumerate(STEPS)
    ]


def _next_due(case: Case) -> Due | None:
    """What the sender may wait for. That a proposal waits for a second person would tell what is proposed."""
    inside = [duties.ConfirmAcceptance.key(), duties.ConfirmRefusal.key()]
    open_dues = Due.objects.open().filter(record_type="complaints.case", record_id=case.pk)
    return open_dues.exclude(duty__in=inside).order_by("due_on").first()


@sensitive_post_parameters()
@never_cache
@require_POST
@keeps_typed
def send_more(request: HttpRequest) -> HttpResponse:
    tracked = tracked_receipt(request)
    if tracked is None:
        return code_again(request)
    receipt, key = tracked
    form = MoreForm(request.POST, request.FILES)
    return take(request, SendMore, receipt, form, partial(_matter_page, request, receipt, key))


def code_again(request: HttpRequest) -> HttpResponse:
    """The quarter of an hour is over: keep what was typed in the page, ask for the code again."""
    context = {"form": TrackForm(), "unsent": request.POST.get("text", "")}
    return render(request, "complaints/public/track.html", context, status=403)


def take(
    request: HttpRequest,
    declared: type[SendMore],
    receipt: Receipt,
    form: MoreForm,
    page: Callable[..., HttpResponse],
) -> HttpResponse:
    """Do the sender's act with what was typed, once for each form; ``page`` shows the form again where it cannot be taken."""
    try:
        token = tokens.read_token(request.POST.get("token", ""))
    except tokens.BadToken:
        renew(form)
        return page(form, status=422)
    if declared.already_sent(token):
        return to_the_matter()
    if not form.is_valid():
        return page(form, status=422)
    try:
        _send(request, declared, receipt, {**form.cleaned_data, "token": token, "receipt": receipt})
    except Refused as error:
        form.add_error(None, str(error))
        return page(form, status=409)
    return to_the_matter()


def _send(request: HttpRequest, declared: type[SendMore], receipt: Receipt, data: dict[str, Any]) -> None:
    """Raises Refused. An officer who acts in the same moment does not keep the sender's words out."""
    actor = Actor.tracker(request.actor.province, str(receipt.case_id))  # type: ignore[attr-defined]
    try:
        perform(declared, receipt.case.matter, actor=actor, data=data, request=request)
    except Stale:
        if not declared.already_sent(data["token"]):
            now = Case.objects.select_related("province", "agency", "merged_into").get(pk=receipt.case_id)
            perform(declared, now.matter, actor=actor, data=data, request=request)


def to_the_matter() -> HttpResponse:
    return HttpResponseRedirect(reverse("complaints:matter") + "?sent=1", status=303)


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    request.session.pop("tracked_receipt", None)
    sealed.lock_tracker(request)
    return HttpResponseRedirect(reverse("complaints:track"), status=303)


@never_cache
@require_GET
def matter_proof(request: HttpRequest) -> HttpResponse:
    tracked = tracked_receipt(request)
    return proof_response(tracked[0]) if tracked else HttpResponseRedirect(reverse("complaints:track"))


@never_cache
@require_GET
def matter_copy(request: HttpRequest) -> HttpResponse:
    tracked = tracked_receipt(request)
    if tracked is None:
        return HttpResponseRedirect(reverse("complaints:track"))
    receipt, key = tracked
    if receipt.case.destroyed_at:
        return HttpResponseRedirect(reverse("complaints:matter"))
    return copy_response(receipt, key.open(receipt.correspondence))
