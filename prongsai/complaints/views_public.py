"""The citizen's pages of measure 5: how to complain, the form, the receipt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prongsai import ledger, sealed
from prongsai.acts import Refused, perform
from prongsai.complaints import copy_text, forwarding, governor, tokens
from prongsai.complaints.complaint_form import AGENCIES, LONG_AGO, ComplaintForm
from prongsai.complaints.filed import for_who_filed
from prongsai.complaints.forwarding import FileForForwarding
from prongsai.complaints.intake import FileComplaint, Message, filing_acts, is_filed, tracking_code
from prongsai.complaints.models import Channel, Ground, Item, Receipt, RefusalGround
from prongsai.complaints.staffing import STAFF
from prongsai.complaints.team import AboutGovernor, NoTeam
from prongsai.config.postgresql.kept import together
from prongsai.files.resend import keeps_typed
from prongsai.organisation.models import Province
from prongsai.registers.language import pick
from prongsai.thai.filenames import content_disposition
from prongsai.workdays.office import CALENDARS

NOT_READY = gettext_lazy("ขณะนี้ศูนย์ยังไม่พร้อมรับเรื่องทางเว็บไซต์ โปรดใช้ช่องทางอื่น ข้อความที่ท่านพิมพ์ยังอยู่ในหน้านี้")
NOBODY_UNCONCERNED = gettext_lazy(
    "ในจังหวัดไม่มีเจ้าหน้าที่อย่างน้อยสองคนที่ไม่เกี่ยวข้องกับผู้ที่ท่านระบุ จึงรับเรื่องนี้ไว้มิได้ โปรดแจ้งต่อหน่วยงานด้านล่าง ข้อความที่ท่านพิมพ์ยังอยู่ในหน้านี้และมิได้บันทึกไว้"
)


@require_GET
def how(request: HttpRequest) -> HttpResponse:
    """Criteria 2.1, seven items 2.2, anonymous rule 2.3, grounds of refusal 2.4, channels 2.5, steps and times."""
    context = {
        "grounds": list(Ground),
        "items": list(Item),
        "refusals": list(RefusalGround),
        "channels": [
            {**one, "label": pick(one["label_th"], one.get("label_en", ""))}
            for one in request.actor.province.settings.get("complaint_channels", [])
        ],
        "page_audience": _("ทุกคน"),
    }
    return render(request, "complaints/public/how.html", context)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@keeps_typed
def new(request: HttpRequest) -> HttpResponse:
    """The complaint form. Whatever is wrong, all that was typed and uploaded is kept."""
    province = request.actor.province
    if request.method == "GET":
        form = ComplaintForm(province=province, initial={"token": tokens.new_token(), "keep_secret": True})
        return _form_page(request, form)
    with together(AGENCIES, STAFF, CALENDARS):
        return _sent(request, province)


def _sent(request: HttpRequest, province: Province) -> HttpResponse:
    form = ComplaintForm(request.POST, request.FILES, province=province)
    if forwarding.is_asked(request.POST):
        forwarding.ask(form, province)
    try:
        token = tokens.read_token(request.POST.get("token", ""))
    except tokens.BadToken:
        renew(form)
        return _form_page(request, form, status=422)
    if is_filed(token):
        return _to_receipt(token)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    try:
        _file(request, form, _message(request, form, token))
    except AboutGovernor:
        return _ask_where_to(request, form)
    except NoTeam as nobody:
        form.add_error(None, NOBODY_UNCONCERNED if nobody.named else NOT_READY)
        return _form_page(
            request, form, status=503, authorities=governor.authorities(province) if nobody.named else []
        )
    except Refused as error:
        form.add_error(None, str(error))
        return _form_page(request, form, status=422)
    return _to_receipt(token)


def renew(form: forms.Form) -> None:
    """A form that is too old, or not ours, gets a fresh token; what was typed stays."""
    form.data = form.data.copy()
    form.data["token"] = tokens.new_token()
    form.add_error(None, _("แบบฟอร์มนี้หมดอายุหรือมิได้มาจากระบบนี้ ข้อความที่ท่านพิมพ์ยังอยู่ โปรดตรวจสอบแล้วกดส่งอีกครั้ง"))


def _ask_where_to(request: HttpRequest, form: ComplaintForm) -> HttpResponse:
    """The governor is named: explain, show the authorities, offer to send it on. Nothing is kept, all that was typed stays."""
    forwarding.ask(form, request.actor.province)  # type: ignore[attr-defined]
    form.add_error("forward_to", _("โปรดเลือกว่าจะให้ส่งเรื่องนี้ต่อไปที่ใด"))
    return _form_page(request, form, status=422)


def _file(request: HttpRequest, form: ComplaintForm, message: Message) -> None:
    """File it. Of two copies of one form that come in the same moment the database takes one; that is the receipt of both."""
    on, message, told = forwarding.road(message, form, request.actor.province)  # type: ignore[attr-defined]
    act, data = FileForForwarding if on else FileComplaint, {"message": message, **told}
    try:
        perform(act, None, actor=request.actor, data=data, request=request)  # type: ignore[attr-defined]
    except IntegrityError:
        if not is_filed(message.token):
            raise


def _form_page(
    request: HttpRequest, form: ComplaintForm, status: int = 200, authorities: Sequence[Any] = ()
) -> HttpResponse:
    asked = "forward_to" in form.fields
    shown = governor.authorities(request.actor.province) if asked else authorities  # type: ignore[attr-defined]
    context = {"form": form, "asked_where_to": asked, "authorities": shown}
    return render(request, "complaints/public/new.html", context, status=status)


def _to_receipt(token: bytes) -> HttpResponse:
    path = reverse("complaints:receipt")
    response = HttpResponseRedirect(path, status=303)
    tokens.remember(response, token, path)
    return response


def _message(request: HttpRequest, form: ComplaintForm, token: bytes) -> Message:
    data = form.cleaned_data
    agency_id, agency_name = form.chosen_agency()
    story = {
        "narrative": data["narrative"],
        "event_date": data["event_date"].isoformat() if data["event_date"] else "",
        "event_time": data["event_time"],
        "place": data["place"],
        "amount": str(data["amount"] or ""),
        "harm": data["harm"],
        "request": data["request_choice"],
        "request_text": data["request_text"],
        "documents": data["documents"],
    }
    names = [upload.name for upload in data["files"]]
    copy = copy_text.write(
        data,
        province=request.actor.province.name_th,
        agency=agency_name,
        today=timezone.localdate(),
        file_names=names,
    )
    return Message(
        channel=Channel.WEB,
        token=token,
        grounds=data["grounds"],
        accused_agency_id=agency_id,
        accused={"agency": agency_name, "name": data["accused_name"]},
        story=story,
        sender={k: data[k] for k in ("name", "address", "phone", "email", "witnesses")},
        items_missing=form.items_missing(),
        lead_only=data["lead_only"],
        harmed=bool(data["harm"]),
        event_long_ago=bool(data["event_date"] and data["event_date"] < LONG_AGO),
        wants_secret=data["keep_secret"],
        copy=copy,
        uploads=data["files"],
    )


@never_cache
@require_GET
@for_who_filed
def receipt(request: HttpRequest, token: bytes, row: Receipt) -> HttpResponse:
    """Number and code, shown only to the browser that filed, for half an hour or until it says that they are kept."""
    context = {"receipt": row, "case": row.case, "code": sealed.format_code(tracking_code(token))}
    return render(request, "complaints/public/receipt.html", context)


@never_cache
@require_POST
def receipt_kept(request: HttpRequest) -> HttpResponse:
    """The sender says that number and code are kept: the browser forgets them."""
    if request.POST.get("kept") != "1":
        return HttpResponseRedirect(reverse("complaints:receipt"), status=303)
    response = HttpResponseRedirect(reverse("complaints:track"), status=303)
    tokens.forget(response, reverse("complaints:receipt"))
    return response


@never_cache
@require_GET
@for_who_filed
def receipt_proof(request: HttpRequest, token: bytes, row: Receipt) -> HttpResponse:
    """The signed proof of filing, for ``prongsai verify`` or the single-file verifier."""
    return proof_response(row)


@never_cache
@require_GET
@for_who_filed
def receipt_copy(request: HttpRequest, token: bytes, row: Receipt) -> HttpResponse:
    """The sender's copy as text: the document that the proof covers."""
    opened = sealed.Tracker.from_code(tracking_code(token)).open(row.correspondence)
    return copy_response(row, opened)


def proof_response(row: Receipt) -> JsonResponse:
    entry = (
        ledger.Entry.objects.for_subject("complaints.case", str(row.case_id))
        .filter(kind__in=filing_acts())
        .first()
    )
    response = JsonResponse(
        ledger.proof(entry.pk, with_opening=True), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response.headers["Content-Disposition"] = content_disposition(
        f"หลักฐานการยื่น-{row.case.number}.json".replace("/", "-")
    )
    return response


def copy_response(row: Receipt, opened: sealed.OpenEnvelope) -> HttpResponse:
    text = opened.text(bytes(row.copy), context=f"copy:{row.case_id}")
    response = HttpResponse(text.encode(), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition(
        f"สำเนาคำร้อง-{row.case.number}.txt".replace("/", "-")
    )
    return response
