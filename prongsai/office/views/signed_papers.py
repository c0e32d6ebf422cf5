"""นำเข้าเอกสารที่ลงนามแล้ว: a scan is read, what was found is shown, and after a confirmation it is filed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_POST

from prongsai import files
from prongsai.acts import Refused, perform
from prongsai.acts.declaration import record_type
from prongsai.files.fields import SealedFilesField, SealedFilesInput
from prongsai.files.upload import SealedUpload
from prongsai.office.access import actor_of, staff_page
from prongsai.office.addresses import record_url
from prongsai.organisation.actors import Actor
from prongsai.papers import child
from prongsai.papers.acts import Scanned, sha256_of
from prongsai.papers.finding import Found, find, find_by_code
from prongsai.papers.models import SignedPaper
from prongsai.papers.parts import FOREIGN, NO_CODE, SEVERAL, Part, parts_of, spans
from prongsai.ui.forms import ThaiTextField

SALT = "prongsai.office.signed-papers"
LIFETIME = files.holding.LIFETIME
# The same for a QR from elsewhere and for a record that the person may not see.
NOT_OURS = "มิใช่เอกสารของระบบนี้ หรือมิใช่เอกสารของเรื่องที่ท่านเข้าถึงได้"
PROBLEMS = {
    FOREIGN: NOT_OURS,
    SEVERAL: "หน้านี้มีคิวอาร์โค้ดของเอกสารมากกว่าหนึ่งฉบับ โปรดสแกนแยกหน้ากัน",
    NO_CODE: "อ่านคิวอาร์โค้ดมิได้",
}
UNREADABLE = "อ่านคิวอาร์โค้ดในสแกนนี้มิได้ โปรดสแกนใหม่ให้ชัดเจน (200–300 จุดต่อนิ้ว) หรือพิมพ์รหัสเอกสารที่อยู่ข้างคิวอาร์โค้ด"
UNKNOWN_CODE = "ไม่พบเอกสารตามรหัสนี้ในเรื่องที่ท่านเข้าถึงได้ โปรดตรวจสอบรหัสเอกสาร"
OTHER_PAPER = "คิวอาร์โค้ดในสแกนนี้เป็นของเอกสารอื่น มิใช่ของรหัสที่พิมพ์"
EXPIRED = "พ้นเวลายืนยันแล้ว โปรดแนบไฟล์สแกนใหม่อีกครั้ง"
NOTHING_CHOSEN = "โปรดเลือกเอกสารที่จะนำเข้าอย่างน้อยหนึ่งฉบับ"


class ScanForm(forms.Form):
    scan = SealedFilesField(
        label="ไฟล์สแกน",
        help_text="PDF, JPG, PNG หรือ WEBP หนึ่งไฟล์ จะมีหลายหน้าหรือหลายเอกสารรวมกันก็ได้ (เอกสารหลายหน้าโปรดสแกนเป็น PDF)",
        max_files=1,
        widget=SealedFilesInput({"multiple": False, "accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
    )
    code = ThaiTextField(
        label="รหัสเอกสาร (เฉพาะเมื่อระบบอ่านคิวอาร์โค้ดมิได้)",
        help_text="ตัวอักษรและตัวเลข ๑๖ ตัวข้างคิวอาร์โค้ดที่ท้ายกระดาษ เช่น ABCD-EFGH-JKMN-PQRS ทุกหน้าของไฟล์จะเก็บเป็นเอกสารฉบับนั้น",
        required=False,
        max_length=60,
    )


@dataclass(frozen=True)
class Line:
    """A part of the scan as the page shows it. ``number``: the version that it would become; None: it cannot be filed."""

    pages: str
    title: str = ""
    record: str = ""
    url: str = ""
    reference: str = ""
    stamped_on: dt.date | None = None
    number: int | None = None
    words: str = ""
    unread: str = ""
    index: int = 0


@staff_page
@require_http_methods(["GET", "POST"])
def scan(request: HttpRequest) -> HttpResponse:
    """Asks for a scan; after reading it, for a confirmation. Nothing is kept yet."""
    if request.method == "GET":
        return _asked(request, ScanForm())
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return _asked(request, form, 422)
    upload: SealedUpload = form.cleaned_data["scan"][0]
    try:
        pages = child.read_codes(upload, files.check(upload))
    except child.ScanRefused as refused:
        form.add_error("scan", str(refused))
        return _asked(request, form, 422)
    parts, actor = parts_of(pages), actor_of(request)
    founds: list[Found | None]
    if code := form.cleaned_data["code"]:
        chosen = find_by_code(actor, code)
        if chosen is None or not _agree(parts, chosen):
            form.add_error("code", OTHER_PAPER if chosen else UNKNOWN_CODE)
            return _asked(request, form, 422)
        parts, founds = [Part(None, list(range(1, len(pages) + 1)))], [chosen]
    else:
        founds = [find(actor, p.stamp.document, p.stamp.record) if p.stamp else None for p in parts]
    if not any(founds):
        form.add_error("scan", UNREADABLE if all(p.problem == NO_CODE for p in parts) else NOT_OURS)
        return _asked(request, form, 422)
    return _confirm(request, upload, len(pages), parts, founds)


def _agree(parts: list[Part], chosen: Found) -> bool:
    """Whether no QR of ours in the scan says something else than the typed code."""
    said = {(p.stamp.document, p.stamp.record) for p in parts if p.stamp}
    return said <= {(chosen.document.key, chosen.record.pk)} and all(p.problem != SEVERAL for p in parts)


def _asked(request: HttpRequest, form: ScanForm, status: int = 200) -> HttpResponse:
    return render(request, "office/signed_papers.html", {"form": form}, status=status)


def _confirm(
    request: HttpRequest, upload: SealedUpload, count: int, parts: list[Part], founds: list[Found | None]
) -> HttpResponse:
    sha256, actor = sha256_of(upload), actor_of(request)
    lines: list[Line] = []
    proposed: list[dict[str, Any]] = []
    for part, found in zip(parts, founds, strict=True):
        lines.append(_line(part, found, actor, sha256, index=len(proposed)))
        if found is not None and lines[-1].number:
            proposed.append(_proposal(part, found, whole=len(part.pages) == count))
    reading = signing.dumps({"scan": sha256, "by": actor.person_id, "parts": proposed}, salt=SALT)
    context = {
        "lines": lines,
        "count": count,
        "name": upload.name,
        "handle": files.hold(upload),
        "reading": reading,
        "can_file": bool(proposed),
    }
    return render(request, "office/signed_papers_confirm.html", context)


def _line(part: Part, found: Found | None, actor: Actor, sha256: str, *, index: int) -> Line:
    pages = spans(part.pages)
    if found is None:
        return Line(pages, words=PROBLEMS[part.problem or FOREIGN])
    kind, pk = record_type(found.record), found.record.pk
    number, words = None, found.why_not(actor)
    if (already := found.already(sha256)) is not None:
        words = f"สแกนนี้นำเข้าไว้แล้ว เป็น{already}"
    elif not words:
        signed = SignedPaper.objects.filter(record_type=kind, record_id=pk, document=found.document.key)
        number = signed.count() + 1
    return Line(
        pages,
        found.document.title,
        found.register.head(found.record),
        record_url(kind, pk),
        part.stamp.reference if part.stamp else "",
        part.stamp.date if part.stamp else None,
        number,
        words,
        spans(part.unread),
        index,
    )


def _proposal(part: Part, found: Found, *, whole: bool) -> dict[str, Any]:
    stamp = part.stamp
    return {
        "document": found.document.key,
        "record": str(found.record.pk),
        "pages": part.pages,
        "whole": whole,
        "reference": stamp.reference if stamp else "",
        "on": stamp.date.isoformat() if stamp else None,
    }


@require_POST
@staff_page
def file_scan(request: HttpRequest) -> HttpResponse:
    """Files what was confirmed. Whether the person may is asked again, of every record."""
    actor = actor_of(request)
    try:
        reading = signing.loads(request.POST.get("reading", ""), salt=SALT, max_age=LIFETIME)
        upload = files.from_handle(request.POST.get("scan-held", ""))
    except (signing.BadSignature, files.HandleExpired):
        return _again(request, EXPIRED)
    chosen = [p for n, p in enumerate(reading["parts"]) if str(n) in request.POST.getlist("part")]
    if reading["by"] != actor.person_id or reading["scan"] != sha256_of(upload):
        return _again(request, EXPIRED)
    if not chosen:
        return _again(request, NOTHING_CHOSEN, upload)
    places = [_filed(request, upload, reading["scan"], part) for part in chosen]
    seen = {place for place in places if place}
    return HttpResponseRedirect(seen.pop() if len(seen) == 1 else reverse("office:signed-papers"), status=303)


def _again(request: HttpRequest, words: str, upload: SealedUpload | None = None) -> HttpResponse:
    """The first form, with the scan still in it where it is there."""
    form = ScanForm({"scan-held": [files.hold(upload)] if upload else [], "code": ""}, MultiValueDict())
    form.full_clean()
    form.errors.pop("scan", None)
    form.add_error("scan", words)
    return _asked(request, form, 422)


def _filed(request: HttpRequest, upload: SealedUpload, sha256: str, part: dict[str, Any]) -> str:
    """Files one part and says so; the address of its record, or "" where it is not this person's to see."""
    actor = actor_of(request)
    found = find(actor, part["document"], UUID(part["record"]))
    if found is None:
        messages.error(request, NOT_OURS)
        return ""
    name = f"{found.document.title} {found.record}"
    kind = record_type(found.record)
    own = upload
    try:
        if found.already(sha256) is None:
            if not part["whole"]:
                own = child.cut(upload, part["pages"], f"{name} (ลงนามแล้ว).pdf".replace("/", "-"))
            on = dt.date.fromisoformat(part["on"]) if part["on"] else None
            scanned = Scanned(part["document"], own, sha256, spans(part["pages"]), part["reference"], on)
            perform(type(found.act), found.record, actor=actor, data={"scanned": scanned}, request=request)
            messages.success(request, f"นำเข้าฉบับลงนามของ{name} แล้ว")
            return record_url(kind, found.record.pk)
    except (Refused, forms.ValidationError, child.ScanRefused) as refused:
        # Somebody may have sent the same scan a moment before: then it is there, once.
        if found.already(sha256) is None:
            words = " ".join(refused.messages) if isinstance(refused, forms.ValidationError) else str(refused)
            messages.error(request, f"{name}: {words}")
            return record_url(kind, found.record.pk)
    finally:
        if own is not upload:
            own.close()
    messages.info(request, f"{name}: สแกนนี้นำเข้าไว้แล้ว เป็น{found.already(sha256)}")
    return record_url(kind, found.record.pk)
