"""``{% load prongsai %}``: dates, numbers, states and charts as the house shows them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, RadioSelect
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import timezone
from django.utils.translation import get_language, get_language_info, gettext, ngettext

from prongsai.thai.dates import bangkok_date, format_date, format_datetime
from prongsai.thai.digits import format_number, to_thai
from prongsai.ui import charts, states
from prongsai.ui.parts import Bar, Column, HeatRow, Segment

register = template.Library()

SOON_DAYS = 7
STYLES = ("full", "long", "short", "numeric")


def _lang() -> str:
    return "en" if (get_language() or "th").startswith("en") else "th"


def _style(argument: str) -> dict[str, Any]:
    """``"short thai weekday"`` → keyword arguments of ``format_date``. Unknown words are a mistake in the template."""
    words = argument.split()
    if unknown := set(words) - {*STYLES, "thai", "weekday"}:
        raise template.TemplateSyntaxError(f"unknown date style: {', '.join(sorted(unknown))}")
    lang = _lang()
    return {
        "style": next((word for word in words if word in STYLES), "long"),
        "digits": "thai" if "thai" in words and lang == "th" else "arabic",
        "weekday": "weekday" in words,
        "lang": lang,
    }


def _day(value: date | datetime) -> date:
    return bangkok_date(value) if isinstance(value, datetime) else value


@register.filter
def thdate(value: date | datetime | None, style: str = "long") -> str:
    """A date in B.E. (C.E. on English pages). Style: full, long, short, numeric; and the words thai, weekday."""
    return format_date(_day(value), **_style(style)) if value else ""


@register.filter
def thdatetime(value: datetime | date | None, style: str = "long") -> str:
    """Date and time of day in Bangkok; a plain date has no time and is shown as a date."""
    if not isinstance(value, datetime):
        return thdate(value, style)
    return format_datetime(value, **_style(style))


@register.filter
def isodate(value: date | datetime | None) -> str:
    """For ``<time datetime="…">``."""
    return (
        timezone.localtime(value).isoformat()
        if isinstance(value, datetime)
        else (value.isoformat() if value else "")
    )


@register.filter
def thnum(value: object) -> str:
    """The same text with Thai digits; untouched on English pages."""
    return to_thai(value) if _lang() == "th" else str(value)


@register.filter
def grouped(value: int | Decimal | None, places: int | None = None) -> str:
    """``1234567`` → ``1,234,567``; with ``places`` that many decimals."""
    return "" if value in (None, "") else format_number(value, places=places)


@register.filter
def baht(value: Decimal | int | None) -> str:
    """``3000`` → ``3,000.00 บาท``."""
    return "" if value in (None, "") else f"{format_number(Decimal(value), places=2)} {gettext('บาท')}"


def _left(value: date | datetime | int) -> int:
    return value if isinstance(value, int) else (_day(value) - timezone.localdate()).days


@register.filter
def days_left(due: date | datetime | int | None) -> str:
    """Calendar days to ``due`` (a date, or the number of days) in words."""
    if due is None or due == "":
        return ""
    days = _left(due)
    if days == 0:
        return gettext("ครบกำหนดวันนี้")
    if days < 0:
        return ngettext("เกินกำหนด %(n)d วัน", "เกินกำหนด %(n)d วัน", -days) % {"n": -days}
    return ngettext("เหลือเวลาอีก %(n)d วัน", "เหลือเวลาอีก %(n)d วัน", days) % {"n": days}


@register.filter
def working_days_left(days: int | None) -> str:
    """A number of working days (from the holiday table) in words."""
    if days is None or days == "" or days <= 0:
        return days_left(days)
    return ngettext("เหลือเวลาอีก %(n)d วันทำการ", "เหลือเวลาอีก %(n)d วันทำการ", days) % {"n": days}


@register.filter
def due_tone(due: date | datetime | int | None) -> str:
    """late, soon (within a week) or neutral."""
    if due is None or due == "":
        return states.NEUTRAL
    days = _left(due)
    return states.LATE if days < 0 else states.SOON if days <= SOON_DAYS else states.NEUTRAL


@register.inclusion_tag("ui/components/tag.html")
def state_tag(state: str, label: str = "") -> dict[str, str]:
    """A state as colour, glyph and words. ``state`` is a key of ``ui.states.STATES`` or a tone; ``label`` wins."""
    return {"tone": states.tone_of(str(state)), "text": label or states.name_of(str(state))}


def _made(kind: type, items: Sequence[Any]) -> list[Any]:
    return [item if isinstance(item, kind) else kind(**item) for item in items]


@register.inclusion_tag("ui/components/ring.html")
def ring(
    segments: Sequence[Segment | dict[str, Any]], title: str, middle: str = "", caption: str = ""
) -> dict[str, Any]:
    """A ring of :class:`Segment` with its numbers beside it. ``middle``: what stands inside (default: first/total)."""
    drawn = charts.arcs(_made(Segment, segments))
    total = sum(arc.segment.count for arc in drawn)
    first = drawn[0].segment.count if drawn else 0
    return {
        "arcs": drawn,
        "total": total,
        "title": title,
        "middle": middle or f"{first}/{total}",
        "caption": caption,
    }


@register.inclusion_tag("ui/components/bar_chart.html")
def bar_chart(
    bars: Sequence[Bar | dict[str, Any]], title: str, label: str = "", unit: str = ""
) -> dict[str, Any]:
    """A table whose rows are drawn as bars. ``label`` heads the first column, ``unit`` the second."""
    made = _made(Bar, bars)
    rows = list(zip(made, charts.bar_widths(made), strict=True))
    return {"rows": rows, "title": title, "label": label, "unit": unit}


@register.inclusion_tag("ui/components/heat_map.html")
def heat_map(
    columns: Sequence[str], rows: Sequence[HeatRow], caption: str, corner: str = ""
) -> dict[str, Any]:
    """Rows (agencies) against columns (measures); each cell has text and a tone, and may lead to its records."""
    return {"columns": columns, "rows": rows, "caption": caption, "corner": corner}


@register.inclusion_tag("ui/components/table.html")
def data_table(
    columns: Sequence[Column | dict[str, Any]],
    rows: Sequence[Sequence[Any]],
    caption: str,
    hide_caption: bool = False,
) -> dict[str, Any]:
    """A table that turns into cards on a phone. Cells are text or :class:`Cell`; the first cell heads its row."""
    made = _made(Column, columns)
    paired = [list(zip(made, row, strict=True)) for row in rows]
    return {"columns": made, "rows": paired, "caption": caption, "hide_caption": hide_caption}


@register.filter
def page_numbers(page: Page) -> list[int | str]:
    """The page numbers that a reader needs around the current one, with … where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def field_anchor(field: BoundField) -> str:
    """The id that an error summary jumps to: the box itself, or the first of a group."""
    if isinstance(field.field.widget, RadioSelect):  # and CheckboxSelectMultiple, its subclass
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.inclusion_tag("ui/components/language_switch.html", takes_context=True)
def language_switch(context: template.Context) -> dict[str, Any]:
    """The same page in the other language: a link where addresses carry the language, else Django's POST form."""
    request = context.get("request")
    code = "th" if _lang() == "en" else "en"
    switch = {"code": code, "name": get_language_info(code)["name_local"]}
    if request is None:
        return {}
    url = request.get_full_path()
    translated = translate_url(url, code)
    if translated != url:
        return {"switch": switch, "url": translated}
    try:
        return {"switch": switch, "action": reverse("set_language"), "next": url}
    except NoReverseMatch:
        return {}
