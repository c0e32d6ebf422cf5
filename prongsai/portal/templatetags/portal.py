"""``{% load portal %}``: words of the announcement's data in the reader's language."""

import datetime as dt
from typing import Any

from django import template

from prongsai.portal.marks import Piece
from prongsai.registers.language import in_english, pick
from prongsai.thai.dates import format_date

register = template.Library()


@register.filter
def words(thing: Any, name: str) -> str:
    """``measure|words:"title"``: ``title_en`` for an English reader if there is one, else ``title_th``. Objects or dicts."""
    if isinstance(thing, dict):
        return pick(thing.get(f"{name}_th") or "", thing.get(f"{name}_en") or "")
    return pick(getattr(thing, f"{name}_th", ""), getattr(thing, f"{name}_en", ""))


@register.inclusion_tag("portal/parts/pieces.html")
def pieces(found: list[Piece], tag: str = "mark") -> dict[str, Any]:
    """A text in pieces; the marked ones within ``<mark>`` (or another element)."""
    return {"pieces": found, "tag": tag}


@register.filter
def monthname(month: dt.date) -> str:
    """``พฤศจิกายน 2569``; ``November 2026``."""
    return format_date(month.replace(day=1), lang="en" if in_english() else "th").removeprefix("1 ")


@register.filter
def count_of(counts: dict[str, int], state: str) -> int:
    """How many clauses stand in a state."""
    return counts[state]
