"""The officer's pages: which channel, the form, the reading back. Whatever happens, what was typed is kept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from prongsai import sealed
from prongsai.acts import Refused, perform
from prongsai.complaints import forwarding, tokens
from prongsai.complaints.desk import drafts, filing
from prongsai.complaints.desk.form import IntakeForm
from prongsai.complaints.desk.profiles import NOT_YOURS, PROFILES, Profile, open_to
from prongsai.complaints.intake import already_filed, is_filed
from prongsai.complaints.team import AboutGovernor, NoTeam
from prongsai.complaints.views_public import renew
from prongsai.files.resend import keeps_typed
from prongsai.registers.staff_pages import actor_of, person_of, staff_page
from prongsai.thai.dates import format_datetime

CHANGED = "ข้อความต่างจากที่อ่านทวนไว้ โปรดอ่านทวนข้อความนี้อีกครั้ง"
ABOUT_GOVERNOR = "เรื่องนี้ระบุถึงผู้ว่าราชการจังหวัด จังหวัดไม่สอบสวนผู้ว่าราชการจังหวัดของตน โปรดเลือกตามความประสงค์ของผู้ร้องเรียน ผู้เก็บรักษาข้อมูลเท่านั้นที่เปิดได้ ระบบยังมิได้บันทึกสิ่งใด"
NOT_READY = "ขณะนี้ศูนย์ยังไม่พร้อมรับเรื่อง ข้อความที่ท่านพิมพ์ยังอยู่ในหน้านี้ โปรดแจ้งหัวหน้าศูนย์"
NO_KEY = "ท่านยังไม่มีรหัสเปิดผนึก จึงเก็บร่างมิได้ ข้อความที่ท่านพิมพ์ยังอยู่ในหน้านี้"


@staff_page
def index(request: HttpRequest) -> HttpResponseBase:
    """The channels that this officer takes in by, and the drafts that wait."""
    actor = actor_of(request)
    profiles = open_to(actor)
    if not profiles:
        raise PermissionDenied(NOT_YOURS)
    own = [(draft, PROFILES[draft.channel]) for draft in drafts.of(actor.person)]
    context = {
        "profiles": profiles,
        "drafts": own,
        "has_key": sealed.keyholder_of(actor.person) is not None,
        "kept": request.GET.get("kept") == "1",
    }
    return render(request, "complaints/office/intake_index.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@keeps_typed
def intake(request: HttpRequest, channel: str) -> HttpResponseBase:
    """The form of one channel. Sent after the session has ended, it becomes a draft of the officer to whom it was shown."""
    if request.method == "POST" and not request.user.is_authenticated:
        return _ended(request, channel)
    return _intake(request, channel=channel)


def _ended(request: HttpRequest, channel: str) -> HttpResponseBase:
    officer = drafts.person_of_ticket(request.POST.get("ticket", ""))
    if officer and channel in PROFILES and drafts.save(officer, channel, request):
        back = f"{reverse('complaints-office:intake')}?kept=1"
        return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
    return _intake(request, channel=channel)  # the page with all that was typed, to be sent again


@staff_page
def _intake(request: HttpRequest, channel: str) -> HttpResponseBase:
    profile, actor = PROFILES.get(channel), actor_of(request)
    if profile is None:
        raise Http404
    if why_not := profile.why_not(actor):
        raise PermissionDenied(why_not)
    if request.method == "GET":
        return _draft(request, profile) if "draft" in request.GET else _blank(request, profile)
    return _kept(request, profile) if "save" in request.POST else _sent(request, profile)


def _blank(request: HttpRequest, profile: Profile) -> HttpResponse:
    form = IntakeForm(profile, province=actor_of(request).province)
    form.fields[profile.first[0]].widget.attrs["autofocus"] = True  # a desk types on at once
    return _show(request, form, token=tokens.new_token())


def _draft(request: HttpRequest, profile: Profile) -> HttpResponseBase:
    draft = drafts.find(actor_of(request).person, request.GET["draft"])
    if draft is None or draft.channel != profile.channel:
        raise Http404
    unlocked = sealed.unlocked(request)
    if unlocked is None:
        return redirect(f"{reverse('sealed:unlock')}?{urlencode({'next': request.get_full_path()})}")
    try:
        typed = drafts.restore(draft, unlocked)
    except sealed.SealError as error:
        messages.warning(request, f"เปิดร่างนี้มิได้: {error}")
        return redirect("complaints-office:intake")
    form = IntakeForm(profile, province=actor_of(request).province, initial=_initial(profile, typed))
    return _show(request, form, token=typed.get("token") or tokens.new_token(), draft=str(draft.pk))


def _initial(profile: Profile, typed: Any) -> dict[str, Any]:
    initial = {}
    for name in (*profile.first, *profile.folded):
        if name in drafts.FILES:
            initial[name] = drafts.uploads(typed, name)
        else:
            values = typed.getlist(name)
            initial[name] = values if name == "grounds" else (values[-1] if values else "")
    return initial


def _kept(request: HttpRequest, profile: Profile) -> HttpResponseBase:
    """บันทึกร่าง, by the button or by the page's script."""
    draft = drafts.save(person_of(request), profile.channel, request)
    if request.POST["save"] == "auto":
        if draft is None:
            return JsonResponse({"said": NO_KEY}, status=409)
        said = f"เก็บร่างไว้เมื่อ {format_datetime(draft.saved_at, 'short')}"
        return JsonResponse({"draft": str(draft.pk), "said": said})
    if draft is None:
        form = IntakeForm(profile, request.POST, request.FILES, province=actor_of(request).province)
        form.add_error(None, NO_KEY)
        return _show(request, form, status=409)
    messages.success(request, "เก็บร่างไว้แล้ว เปิดอ่านได้เฉพาะท่าน")
    return HttpResponseRedirect(reverse("complaints-office:intake"), status=303)


def _sent(request: HttpRequest, profile: Profile) -> HttpResponseBase:
    actor = actor_of(request)
    form = IntakeForm(profile, request.POST, request.FILES, province=actor.province)
    if forwarding.is_asked(request.POST):
        forwarding.ask(form, actor.province)
    try:
        token = tokens.read_token(request.POST.get("token", ""))
    except tokens.BadToken:
        renew(form)
        return _show(request, form, token=form.data["token"], status=422)
    if is_filed(token):
        return _to_receipt(token)
    if not form.is_valid():
        return _show(request, form, status=422)
    text = filing.record_text(form, actor=actor, today=timezone.localdate())
    confirmed = profile.read_back and _confirmed(request, form, text)
    if profile.read_back and not confirmed:
        return _show(request, form, readback=text, status=422 if form.errors else 200)
    message = filing.message_of(form, actor=actor, token=token, text=text, confirmed=confirmed)
    try:
        _file(request, form, message)
    except AboutGovernor:
        forwarding.ask(form, actor.province)
        form.add_error("forward_to", ABOUT_GOVERNOR)
        return _show(request, form, readback=text if confirmed else "", status=422)
    except NoTeam:
        form.add_error(None, NOT_READY)
        return _show(request, form, status=503)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _show(request, form, status=422)
    if draft := drafts.find(actor.person, request.POST.get("draft", "")):
        drafts.delete(draft)
    return _to_receipt(token)


def _confirmed(request: HttpRequest, form: IntakeForm, text: str) -> bool:
    """Whether this very text was read back and confirmed; why not stands in the form's errors, but for the first time."""
    seal = request.POST.get("readback", "")
    if not seal:
        return False
    if not filing.was_read_back(text, seal):
        form.add_error(None, CHANGED)
    elif request.POST.get("readback_confirmed") != "on":
        form.add_error(None, filing.NOT_READ_BACK)
    return not form.errors


def _file(request: HttpRequest, form: IntakeForm, message: filing.Message) -> None:
    """Of two copies of one form that come in the same moment the database takes one; that is the receipt of both."""
    on, message, told = forwarding.road(message, form, actor_of(request).province)
    act = filing.ForwardByStaff if on else filing.FileByStaff
    data = {"message": message, "paper": filing.paper_of(form), **told}
    try:
        perform(act, None, actor=actor_of(request), data=data, request=request)
    except IntegrityError:
        if already_filed(message.token) is None:
            raise


def _to_receipt(token: bytes) -> HttpResponse:
    path = reverse("complaints-office:intake-receipt")
    response = HttpResponseRedirect(path, status=303)
    tokens.remember(response, token, path)
    return response


def _show(
    request: HttpRequest,
    form: IntakeForm,
    *,
    token: str = "",
    draft: str = "",
    readback: str = "",
    status: int = 200,
) -> HttpResponse:
    person = person_of(request)
    context = {
        "form": form,
        "profile": form.profile,
        "token": token or request.POST.get("token", ""),
        "ticket": drafts.ticket(person),
        "draft": draft or request.POST.get("draft", ""),
        "readback": readback,
        "readback_seal": filing.seal_of(readback) if readback else "",
        "keeps_drafts": sealed.keyholder_of(person) is not None,
        "page_audience": "เจ้าหน้าที่ผู้รับเรื่อง",
    }
    return render(request, "complaints/office/intake.html", context, status=status)


@staff_page
@require_POST
def delete_draft(request: HttpRequest, pk: Any) -> HttpResponseBase:
    """One's own draft; another's does not exist."""
    draft = drafts.find(actor_of(request).person, str(pk))
    if draft is None:
        raise Http404
    drafts.delete(draft)
    messages.success(request, "ลบร่างแล้ว")
    return HttpResponseRedirect(reverse("complaints-office:intake"), status=303)
