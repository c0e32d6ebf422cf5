"""The cells of a list as HTML. Made in Python, because a page has some hundreds: a template for each took longer than all the
queries of the page."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from prongsai.registers.templatetags.languages import thai_runs
from prongsai.ui.templatetags.prongsai import grouped, isodate, thdate, thdatetime

if TYPE_CHECKING:
    from prongsai.registers.declaration import Column

NOTHING = mark_safe('<span aria-hidden="true">–</span>')
_FIRST = (
    '\n<th scope="row" role="rowheader" class="govuk-table__header ps-cards__head" data-label="{}">{}</th>'
)
_OTHER = '\n<td role="cell" class="govuk-table__cell{}" data-label="{}"><span class="ps-cards__value">{}</span></td>'


def draw(column: Column, value: Any, tone: str = "") -> SafeString:
    """A value as its column shows it."""
    if value is None or value == "":
        return NOTHING
    match column.kind:
        case "date":
            return _time(value, thdate(value, "short"))
        case "datetime":
            return _time(value, thdatetime(value, "short"))
        case "number":
            return conditional_escape(grouped(value))
        case "state":
            return _tag(tone, f"{value}")  # no SafeString: the kept tags are of plain text
    if column.official:
        return format_html('<span lang="th">{}</span>', _lines(value))
    return linebreaksbr(thai_runs(value)) if column.kind == "long" else _lines(value)


def head_cell(column: Column, drawn: SafeString, url: str) -> str:
    """The first cell of a row, which names it and leads to its record."""
    shown = format_html('<a class="govuk-link" href="{}">{}</a>', url, drawn) if url else drawn
    return _FIRST.format(conditional_escape(column.name), shown)


def other_cell(column: Column, drawn: SafeString) -> str:
    numeric = " govuk-table__cell--numeric" if column.kind == "number" else ""
    return _OTHER.format(numeric, conditional_escape(column.name), drawn)


def _lines(value: Any) -> SafeString:
    escaped = conditional_escape(value if isinstance(value, SafeString) else str(value))
    return linebreaksbr(escaped) if "\n" in escaped or "\r" in escaped else escaped


def _time(value: dt.date | dt.datetime, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', isodate(value), words)


@lru_cache(maxsize=256)
def _tag(tone: str, text: str) -> SafeString:
    return render_to_string("ui/components/tag.html", {"tone": tone, "text": text})
