"""Check a proof on the spot. The same check runs offline with the downloadable program; nothing sent here is stored."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from prongsai import ledger
from prongsai.compliance.evidence import title_of
from prongsai.documents import BadStamp, read_stamp
from prongsai.portal.forms import ProofForm
from prongsai.portal.keeping import kept
from prongsai.portal.pages import TEXTS_CHANGED, show
from prongsai.portal.uploads import InMemory
from prongsai.registers import all_registers
from prongsai.registers.language import pick
from prongsai.thai.filenames import content_disposition
from prongsai.tlog.verify import FAILED, UNPINNED, VERIFIED, Check, Report, parse_json, verify_bundle


@dataclass(frozen=True)
class Finding:
    """One check in the reader's words; ``ok`` None: not part of this proof."""

    ok: bool | None
    words: str

    @property
    def tone(self) -> str:
        return {True: "done", False: "late", None: "neutral"}[self.ok]


# The form changes nothing and knows nobody, so it carries no token (and the page may be kept).
@csrf_exempt
def verify(request: HttpRequest) -> HttpResponse:
    return _checked(request) if request.method == "POST" else _asked(request)  # type: ignore[return-value]


@kept
def _asked(request: HttpRequest) -> HttpResponse:
    return _page(request, ProofForm(), _paper(request.GET.get("paper", "")))


def _paper(stamp: str) -> dict[str, Any]:
    """What the QR of a printed paper says, if it is one of ours."""
    if not stamp:
        return {}
    try:
        found = read_stamp(stamp)
    except BadStamp:
        return {"paper_unknown": True}
    titles = {d.key: d.title for register in all_registers() for d in register.documents}
    return {"paper": found, "paper_title": titles.get(found.document, found.document)}


def _checked(request: HttpRequest) -> HttpResponse:
    handler = InMemory(request)
    request.upload_handlers = [handler]
    form = ProofForm(request.POST, request.FILES, too_large=lambda: handler.too_large)
    result: dict[str, Any] = {}
    if form.is_valid():
        try:
            bundle = parse_json(form.cleaned_data["bundle"])
            result = _result(
                verify_bundle(bundle, keys=_keys(bundle), document=form.cleaned_data["document"])
            )
        except ValueError:
            form.add_error(None, _("ไม่สามารถอ่านหลักฐานได้ โปรดใช้ไฟล์หลักฐานตามที่ดาวน์โหลดมา โดยไม่แก้ไข"))
    response = _page(request, form, result)
    response.headers["Cache-Control"] = "no-store"
    return response


def _keys(bundle: Any) -> list[str]:
    """Our key under today's name of the log and under the one that the proof gives: an address may have changed since."""
    names = {ledger.verifier_key()}
    if isinstance(bundle, dict) and isinstance(log := bundle.get("log"), str):
        names.add(ledger.verifier_key(log))
    return sorted(names)


def _page(request: HttpRequest, form: ProofForm, result: dict[str, Any] | None = None) -> HttpResponse:
    context = {"form": form, "verifier_key": ledger.verifier_key(), **(result or {})}
    return show(request, "verify", context, changed=TEXTS_CHANGED, trail=[(_("ตรวจสอบเอกสาร"), "")])


def _result(report: Report) -> dict[str, Any]:
    entry = _parsed(report.facts.get("entry", ""))
    at = parse_datetime(str(entry.get("at", ""))) if entry else None
    return {
        "status": report.status,
        "verdict": {
            VERIFIED: _("ถูกต้องครบถ้วน"),
            UNPINNED: _("หลักฐานสอดคล้องกัน แต่ยังไม่ยืนยันผู้ลงนาม"),
            FAILED: _("ไม่ผ่านการตรวจสอบ โปรดอย่าเชื่อถือหลักฐานนี้"),
        }[report.status],
        "tone": {VERIFIED: "success", UNPINNED: "warning", FAILED: "error"}[report.status],
        "findings": [_finding(check) for check in report.checks],
        "recorded": {
            "act": title_of(str(entry.get("kind", ""))),
            "at": at,
            "clauses": [str(code) for code in entry.get("clauses", []) if isinstance(code, str)],
            "index": report.facts.get("index"),
            "size": report.facts.get("size"),
        },
        "content": json.dumps(_parsed(report.facts.get("content", "")), ensure_ascii=False, indent=2),
        "has_content": "content" in report.facts,
    }


def _finding(check: Check) -> Finding:
    words = pick(check.th, check.en)
    if check.name == "document" and check.ok is None:  # the program speaks of its own options there
        words = _("มิได้ตรวจเอกสาร เพราะมิได้แนบไฟล์เอกสารมาด้วย")
    return Finding(check.ok, words)


def _parsed(text: str) -> dict[str, Any]:
    try:
        found = parse_json(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@require_safe
def program(request: HttpRequest) -> HttpResponse:
    """The verifier itself: one file, plain Python, no network."""
    source = files("prongsai.tlog").joinpath("verify.py").read_bytes()
    response = HttpResponse(source, content_type="text/x-python; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition("verify.py")
    response.headers["Cache-Control"] = "no-cache"
    return response
