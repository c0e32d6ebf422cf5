"""Shapes that the components in ``templates/ui/components`` take.

A template reads attributes and mapping keys alike, so plain dicts with the same keys do as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True)
class Link:
    """An entry of a menu, or an action beside a row."""

    label: str
    url: str
    current: bool = False
    count: int | None = None  # shown as a small number, e.g. how many things wait


@dataclass(frozen=True)
class Row:
    """A line of a summary list. ``value`` may be safe HTML."""

    key: str
    value: str
    actions: Sequence[Link] = ()


@dataclass(frozen=True)
class Event:
    """A point on a timeline."""

    at: date | datetime
    title: str
    body: str = ""
    who: str = ""
    url: str = ""
    tone: str = "progress"


@dataclass(frozen=True)
class Step:
    """A step of a line that is walked once, in order."""

    label: str
    state: Literal["done", "current", "todo", "skipped"]
    at: date | datetime | None = None  # when it was done
    due: date | datetime | None = None  # when it must be done
    note: str = ""


@dataclass(frozen=True)
class Task:
    """A row of "งานของฉัน": what, whose, due, one verb."""

    title: str
    url: str
    owner: str = ""
    due: date | None = None
    verb: str = ""  # the button's words; the button leads to ``verb_url`` or, without one, to ``url``
    verb_url: str = ""


@dataclass(frozen=True)
class Segment:
    """A part of a ring: how many things have this tone."""

    label: str
    count: int
    tone: str
    url: str = ""


@dataclass(frozen=True)
class Bar:
    """A row of a bar chart."""

    label: str
    value: float
    url: str = ""
    tone: str = "progress"
    note: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table; ``sort_url`` makes its head a link, ``sorted`` says how it is ordered now."""

    label: str
    numeric: bool = False
    sort_url: str = ""
    sorted: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True)
class Cell:
    """A cell of a table or heat map. With ``tone`` the text is drawn as a state tag (table) or filled cell (map)."""

    text: str
    url: str = ""
    tone: str = ""
    hint: str = ""  # a second, smaller line; in a heat map, what a screen reader hears besides the text


@dataclass(frozen=True)
class HeatRow:
    """A row of a heat map: one agency across the measures."""

    label: str
    cells: Sequence[Cell] = field(default_factory=tuple)
    url: str = ""
