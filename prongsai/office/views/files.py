"""Files of sealed records: for who may see the record and has the key in hand; every opening is in the ledger first."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from prongsai import files, ledger, sealed
from prongsai.files.models import ScanState, SealedFile
from prongsai.office.access import actor_of, staff_page, visible_record, visible_register
from prongsai.office.addresses import record_url
from prongsai.registers import Register, register_for
from prongsai.ui.forms import RadioGroup

NOT_IN_TEAM = "กุญแจของท่านมิได้อยู่ในสำนวนนี้ จึงเปิดไฟล์มิได้"
NOT_THE_ORIGINAL = "ต้นฉบับเปิดได้เฉพาะผู้รับผิดชอบเรื่อง โปรดใช้ฉบับใช้งานซึ่งลบข้อมูลแฝงแล้ว"
REASONS = (
    ("authenticity", "ตรวจพิสูจน์ว่าไฟล์เป็นของแท้และมิได้ถูกแก้ไข"),
    ("hidden_data", "ข้อมูลแฝง (เวลา สถานที่ อุปกรณ์) เป็นพยานหลักฐานในเรื่องนี้"),
    ("referral", "ส่งต้นฉบับให้หน่วยงานที่มีอำนาจพร้อมกับเรื่อง"),
)


class OriginalForm(forms.Form):
    """The reason is one of a closed list: it goes into the ledger, which takes no free text about sealed matters."""

    reason = forms.ChoiceField(
        label="เหตุที่ต้องใช้ต้นฉบับ",
        choices=REASONS,
        widget=RadioGroup,
        error_messages={"required": "โปรดเลือกเหตุที่ต้องใช้ต้นฉบับ"},
    )


@staff_page
@require_GET
def file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The working copy, without hidden data; the file itself where there is none."""
    found, register, record = _visible(request, pk)
    opened = _opened(request, found, record)
    return opened if isinstance(opened, HttpResponseBase) else _served(request, found, register, opened)


@staff_page
@require_http_methods(["GET", "POST"])
def original(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The file as it was sent: after a reason, for those whom the register names, and by its own entry in the ledger."""
    found, register, record = _visible(request, pk)
    if found.given_out is found:
        raise Http404
    if not register.may_open_original(record, actor_of(request)):
        return _unavailable(request, found, NOT_THE_ORIGINAL, 403)
    opened = _opened(request, found, record)
    if isinstance(opened, HttpResponseBase):
        return opened
    form = OriginalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _served(request, found, register, opened, reason=form.cleaned_data["reason"])
    context = {
        "form": form,
        "name": files.describe(found, opened).name,
        "back": record_url(found.record_type, found.record_id),
    }
    return render(
        request, "office/file_original.html", context, status=422 if request.method == "POST" else 200
    )


@staff_page
@require_GET
def every_file(request: HttpRequest, key: str, pk: UUID) -> HttpResponseBase:
    """All working copies of a record as a ZIP. Each of them is a read of its own in the ledger."""
    register = visible_register(actor_of(request), key)
    record = visible_record(register, actor_of(request), pk)
    kind = register.model._meta.label_lower
    found = list(
        SealedFile.objects.filter(record_type=kind, record_id=str(pk), original=None, removed_at=None)
        .select_related("envelope", "working_copy")
        .order_by("created_at", "pk")  # as they came
    )
    if not found:
        raise Http404
    envelopes = {one.envelope_id: one.envelope for one in found if one.envelope is not None}
    opened: dict[UUID | None, Any] = {None: files.UNSEALED}
    if envelopes:
        hand = sealed.unlocked(request)
        if hand is None:
            return _to_the_passphrase(kind, record.pk)
        opened |= hand.open_all(list(envelopes.values()))
    found = [one for one in found if one.envelope_id in opened]
    if not found:
        return render(
            request,
            "office/file_unavailable.html",
            {"why": NOT_IN_TEAM, "back": record_url(kind, record.pk)},
            status=403,
        )
    for one in found:
        _scan(one, opened[one.envelope_id])
        if one.scan_state != ScanState.HARMFUL:
            _record(request, one, register, "file_read", {"file": str(one.pk), "in": "zip"})
    return files.serve_zip(found, opened, name=f"ไฟล์แนบ {register.head(record)}.zip".replace("/", "-"))


def _visible(request: HttpRequest, pk: UUID) -> tuple[SealedFile, Register, Any]:
    """The file, its register and its record. A working copy has no address of its own."""
    found = SealedFile.objects.select_related("envelope", "working_copy").filter(pk=pk, original=None).first()
    if found is None:
        raise Http404
    register = register_for(found.record_type)
    record = visible_record(register, actor_of(request), found.record_id)
    if register is None:  # ``visible_record`` has said so already
        raise Http404
    return found, register, record


def _opened(request: HttpRequest, found: SealedFile, record: Any) -> Any:
    """What opens the file, or the answer that says why nothing does."""
    if found.envelope is None:
        return files.UNSEALED
    hand = sealed.unlocked(request)
    if hand is None:
        return _to_the_passphrase(found.record_type, record.pk)
    try:
        return hand.open(found.envelope)
    except sealed.NotAMember:
        return _unavailable(request, found, NOT_IN_TEAM, 403)


def _served(
    request: HttpRequest, found: SealedFile, register: Register, opened: Any, reason: str = ""
) -> HttpResponseBase:
    _scan(found, opened)
    verb, more = ("original_read", {"reason": reason}) if reason else ("file_read", {})
    content = {"file": str(found.pk), **more}
    if found.scan_state == ScanState.HARMFUL:
        _record(request, found, register, f"{verb}.refused", content, ledger.record_refusal)
        return _unavailable(request, found, str(files.FileHarmful()), 403)
    _record(request, found, register, verb, content)
    try:
        return files.serve(found, opened, original=bool(reason))
    except files.FileUnavailable as error:
        return _unavailable(request, found, str(error), 410 if isinstance(error, files.FileRemoved) else 404)


def _scan(found: SealedFile, opened: Any) -> None:
    """What nobody has looked at yet is looked at before it is given out, where there is a scanner."""
    if found.scan_state == ScanState.NOT_SCANNED:
        with suppress(files.FileUnavailable):  # giving it out says why
            files.scan_opened(found, files.open_stream(found, opened))


def _record(
    request: HttpRequest,
    found: SealedFile,
    register: Register,
    verb: str,
    content: dict[str, str],
    record: Callable[..., Any] = ledger.record_read,
) -> None:
    actor = actor_of(request)
    record(
        kind=f"{found.record_type.partition('.')[0]}.{verb}",
        actor_id=actor.person_id,
        actor_label=actor.label,
        subject=(found.record_type, found.record_id),
        province=actor.province.pk,  # type: ignore[union-attr]
        secrecy=register.secrecy,
        content=content,
    )


def _to_the_passphrase(record_type: str, record_id: Any) -> HttpResponseBase:
    return redirect(f"{reverse('sealed:unlock')}?{urlencode({'next': record_url(record_type, record_id)})}")


def _unavailable(request: HttpRequest, found: SealedFile, why: str, status: int) -> HttpResponseBase:
    """One bad file never hides the record: the page leads back to it."""
    context = {"why": why, "back": record_url(found.record_type, found.record_id)}
    return render(request, "office/file_unavailable.html", context, status=status)
