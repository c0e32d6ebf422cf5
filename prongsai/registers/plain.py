"""A listing for programs: each cell as a JSON value, keyed by its column; and all rows as one stream of JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from prongsai.registers.licence import licence_of

if TYPE_CHECKING:
    from prongsai.registers.declaration import Column
    from prongsai.registers.listing import Listing

Plain = str | int | float | bool | None


def plain(value: Any) -> Plain:
    """Dates as ISO 8601 (C.E.; points in time with their offset), numbers as numbers, everything else as text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else str(value)


def cells(listing: Listing, record: Any) -> dict[str, Plain]:
    """One row, by the columns' keys, which stay the same in every language."""
    return {column.key: plain(value) for column, value in listing.cells(record)}


def described(column: Column) -> dict[str, str]:
    """A column for whoever reads the rows without having seen the page."""
    return {
        "key": column.key,
        "label_th": column.label,
        "label_en": column.label_en or column.label,
        "kind": column.kind,
    }


def json_lines(listing: Listing) -> Iterator[str]:
    """``{"key", …, "fields", "total", "rows"}`` in pieces, a row each, so that a long register needs no memory."""
    register = listing.register
    head = {
        "key": register.key,
        "title_th": register.title,
        "title_en": register.title_en or register.title,
        "licence": licence_of(listing.actor.province).described(),
        "narrowed_by": listing.sentence,
        "fields": [described(column) for column in listing.columns],
        "total": listing.count,
    }
    yield f'{_text(head).removesuffix("}")}, "rows": ['
    for number, record in enumerate(listing.rows.iterator(chunk_size=1000)):
        yield f"{',' if number else ''}\n{_text(cells(listing, record))}"
    yield "\n]}\n"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
