"""Errors as ``application/problem+json`` (RFC 9457), each said in Thai and in English."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: ("คำขอไม่ถูกต้อง", "Bad request"),
    404: ("ไม่พบข้อมูลที่ขอ", "Not found"),
    405: ("ข้อมูลเปิดอ่านได้อย่างเดียว", "Open data can only be read"),
}
DETAILS = {
    404: (
        "ไม่มีข้อมูลที่ที่อยู่นี้ หรือข้อมูลนั้นมิได้เปิดเผยต่อสาธารณะ",
        "There is nothing at this address, or it is not public.",
    ),
    405: ("ใช้ได้เฉพาะ GET, HEAD และ OPTIONS", "Only GET, HEAD and OPTIONS are answered."),
}
INVALID = ("พารามิเตอร์ไม่ถูกต้อง ดูรายละเอียดใน errors", "Some parameters are not valid: see errors.")

# Kinds of Pydantic's errors, in the order in which their names are looked through.
WORDS = (
    ("missing", "ต้องระบุ"),
    ("parsing", "รูปแบบไม่ถูกต้อง"),
    ("than", "อยู่นอกช่วงที่กำหนด"),
    ("too_long", "ยาวเกินไป"),
    ("literal", "ไม่มีตัวเลือกนี้"),
)


class BadRequest(Exception):
    """What was asked for cannot be answered. ``errors``: parameter, Thai sentence, English sentence."""

    def __init__(self, *errors: tuple[str, str, str]) -> None:
        super().__init__(errors)
        self.errors = [
            {"parameter": name, "detail": thai, "detail_en": english} for name, thai, english in errors
        ]


def problem(request: HttpRequest, status: int, errors: Sequence[dict[str, str]] = ()) -> HttpResponse:
    title, title_en = TITLES[status]
    detail, detail_en = DETAILS.get(status, INVALID)
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "title_en": title_en,
        "status": status,
        "detail": detail,
        "detail_en": detail_en,
        "instance": request.path,
        "errors": list(errors),
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type=f"{MEDIA_TYPE}; charset=utf-8"
    )


def from_validation(errors: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """Pydantic's findings about parameters, by the parameter's name."""
    found = []
    for error in errors:
        kind = str(error.get("type", ""))
        thai = next((words for part, words in WORDS if part in kind), "ค่าไม่ถูกต้อง")
        name = str(error.get("loc", ("",))[-1])
        found.append({"parameter": name, "detail": thai, "detail_en": str(error.get("msg", ""))})
    return found
