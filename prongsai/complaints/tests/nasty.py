"""Bad input of every kind, and how a page is looked at that answers it."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from prongsai.complaints import tokens
from prongsai.complaints.tests import steps

TEXTS = [
    "accused_other",
    "accused_name",
    "narrative",
    "event_time",
    "place",
    "harm",
    "request_text",
    "documents",
]
TEXTS += ["witnesses", "name", "address"]
TYPED = [*TEXTS, "event_date", "amount", "phone", "email"]
CHOICES = ["grounds", "accused_agency", "request_choice"]
OTHERS = ["lead_only", "keep_secret", "confirm", "token", "asked", "files-held", "files-drop", "files"]

NASTY = {
    "thai digits": "๑๒๓",
    "marks in another order": "น้ํามันที่ปั๊มนํ้าตก",
    "control": "ก่อน\x00หลัง",
    "escape": "ก่อน\x1b[31mหลัง",
    "emoji": "👨‍👩‍👧‍👦 ครอบครัว 🇹🇭",
    "zero width": "คำ\u200bติด\u200dกัน\ufeff",
    "right to left": "\u202eกลับด้าน\u202c",
    "markup": "<script>alert(1)</script>{{ 7|add:7 }}{% now 'Y' %}",
    "astral": "𝕏𐍈 ก",
    "only spaces": "   \t  ",
}
FORBIDDEN = {"control", "escape"}
THAI = re.compile(r"[\u0e01-\u0e5b]")
LATIN = re.compile(r"[A-Za-z]{4,}")


def is_thai(sentence: str) -> bool:
    return bool(THAI.search(sentence)) and not LATIN.search(sentence)


def attempt(client: Client, **fields: Any) -> Any:
    """Send the form without the confirmation, so that it always comes back."""
    answer = steps.send(client, confirm=None, token=tokens.new_token(), **fields)
    assert answer.status_code == 422, answer.status_code
    assert steps.problem_of(answer, "confirm")
    return answer


def box(answer: Any, field: str) -> str:
    """What stands in the box of a field now."""
    tag = re.search(
        rf'<input[^>]*name="{field}"[^>]*>|<textarea[^>]*name="{field}"[^>]*>(.*?)</textarea>',
        answer.content.decode(),
        re.DOTALL,
    )
    inside = tag.group(1)
    if inside is None:
        value = re.search(r'value="([^"]*)"', tag.group())
        inside = value.group(1) if value else ""
    return steps.html.unescape(inside.removeprefix("\n"))


def summary(answer: Any) -> list[str]:
    block = steps.said(answer).partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    return [re.sub(r"<[^>]+>", "", item).strip() for item in re.findall(r"<li>(.*?)</li>", block, re.DOTALL)]


LONG = "ก" * (10 * 1024 * 1024 // 3)


def shortened(answer: Any, long: str = LONG) -> Any:
    """The same answer with a word in the place of each long text."""
    answer.content = answer.content.replace(long.encode(), b"LONG-TEXT")
    assert len(answer.content) < 1024 * 1024
    return answer
