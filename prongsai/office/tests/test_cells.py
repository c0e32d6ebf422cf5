"""What a value of each kind looks like in a list, and that nothing of it can become markup."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import translation
from django.utils.safestring import mark_safe

from prongsai.registers import Column
from prongsai.registers.cells import draw, head_cell, other_cell

EVIL, HARMLESS = '<b title="x">&', "&lt;b title=&quot;x&quot;&gt;&amp;"
AT = dt.datetime(2026, 11, 26, 5, 0, tzinfo=dt.UTC)


def column(kind: str = "text", **more: Any) -> Column:
    return Column("key", "หัวข้อ", str, kind=kind, **more)


@pytest.mark.parametrize("kind", ["text", "long", "link", "state"])
@pytest.mark.parametrize("official", [False, True])
def test_markup_in_a_value_is_text(kind: str, official: bool) -> None:
    drawn = draw(column(kind, official=official), EVIL, EVIL)
    assert HARMLESS in drawn and EVIL not in drawn


def test_markup_in_a_name_or_an_address_is_text() -> None:
    named = Column("key", EVIL, str)
    for cell in (head_cell(named, draw(named, "ก"), f"/?{EVIL}"), other_cell(named, draw(named, "ก"))):
        assert HARMLESS in cell and EVIL not in cell


@pytest.mark.parametrize("kind", ["text", "long", "number", "date", "datetime", "state"])
def test_what_is_not_there_is_a_dash(kind: str) -> None:
    assert draw(column(kind), None) == draw(column(kind), "") == '<span aria-hidden="true">–</span>'


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("number", 0, "0"),
        ("number", 1234567, "1,234,567"),
        ("text", 1234, "1234"),
        ("text", "ก\r\nข", "ก<br>ข"),
        ("text", mark_safe("<i>ก</i>"), "<i>ก</i>"),
        ("long", "ก\nข", "ก<br>ข"),
        ("date", dt.date(2026, 11, 26), '<time datetime="2026-11-26">26 พ.ย. 2569</time>'),
        (
            "datetime",
            AT,
            '<time datetime="2026-11-26T12:00:00+07:00">26 พ.ย. 2569 12.00 น.</time>',
        ),
    ],
)
def test_every_kind_has_its_look(kind: str, value: Any, shown: str) -> None:
    assert draw(column(kind), value) == shown


def test_official_thai_is_marked_and_so_is_thai_within_english() -> None:
    with translation.override("en"):
        assert draw(column(official=True), "ข้อ ๑") == '<span lang="th">ข้อ ๑</span>'
        assert draw(column("long"), "see ข้อ") == 'see <span lang="th">ข้อ</span>'
        assert draw(column("date"), dt.date(2026, 11, 26)) == '<time datetime="2026-11-26">26 Nov 2026</time>'


def test_a_state_has_its_glyph_beside_its_words() -> None:
    drawn = draw(column("state"), "ล่าช้า", "late")
    assert "ps-tag--late" in drawn and "ps-glyph--late" in drawn and "<span>ล่าช้า</span>" in drawn
    assert "ps-tag--neutral" in draw(column("state"), "อื่น")
