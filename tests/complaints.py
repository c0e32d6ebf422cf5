"""A complaint as a citizen files it on the web, from a :class:`Visitor`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.visitor import Answer, Fields, File, Visitor

FORM, RECEIPT = "/complaints/new/", "/complaints/receipt/"
NARRATIVE = "เจ้าหน้าที่เรียกรับเงินสามพันบาทเพื่อออกใบอนุญาต"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8


@dataclass(frozen=True)
class Filed:
    """What the receipt shows."""

    number: str
    code: str


def blank(visitor: Visitor) -> Fields:
    return visitor.get(FORM).form("narrative")


def filled(blank_form: Fields, **changes: Any) -> Fields:
    """A complete complaint about an agency that is not in the list (so that nobody is named)."""
    return {
        **blank_form,
        "grounds": ["G3"],
        "accused_agency": "other",
        "accused_other": "เทศบาลสมมติ",
        "narrative": NARRATIVE,
        "request_choice": "investigate",
        "name": "นางบุญมี ศรีสมมติ",
        "address": "๙๙/๙ หมู่ ๙ ตำบลสมมติ",
        "confirm": "on",
        **changes,
    }


def pdf(name: str = "หลักฐาน.pdf", content: bytes = PDF) -> File:
    return ("files", name, content, "application/pdf")


def send(visitor: Visitor, fields: Fields, files: Iterable[File] = ()) -> Answer:
    return visitor.post(FORM, fields, files)


def receipt(visitor: Visitor, path: str = RECEIPT) -> Filed:
    page = visitor.get(path)
    assert page.status == 200, page.words()
    number = re.search(r'ps-receipt__number">([^<]+)<', page.text)
    code = re.search(r'id="ps-receipt-code">([^<]+)<', page.text)
    assert number and code
    return Filed(number[1], code[1])


def complain(visitor: Visitor, files: Iterable[File] = (), **changes: Any) -> Filed:
    answer = send(visitor, filled(blank(visitor), **changes), files)
    assert answer.status == 303, answer.words()
    return receipt(visitor)


def track(visitor: Visitor, filed: Filed) -> Visitor:
    path = "/complaints/track/"
    answer = visitor.post(
        path, {**visitor.get(path).form("code"), "number": filed.number, "code": filed.code}
    )
    assert answer.status == 303, answer.words()
    return visitor
