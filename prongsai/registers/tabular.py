"""A listing as lines of a table for people: heads and cells as CSV and XLSX carry them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from prongsai.registers.language import in_english
from prongsai.thai import dates

if TYPE_CHECKING:
    from prongsai.registers.listing import Listing

AT_A_TIME = 1000  # rows that come from the database at once
# Excel shows dates as C.E. numbers; B.E. is written as text beside an ISO column, so that both people and programs read it.


def header(listing: Listing) -> list[str]:
    names = []
    for column in listing.columns:
        names.append(column.name)
        if column.kind in {"date", "datetime"}:
            names.append(f"{column.name} (ISO 8601)")
    return names


def lines(listing: Listing) -> Iterator[tuple[Any, list[Any]]]:
    """Primary key and cells of each row, by a cursor of the server: a long register needs no memory."""
    for record in listing.rows.iterator(chunk_size=AT_A_TIME):
        yield record.pk, list(_values(listing, record))


def _values(listing: Listing, record: Any) -> Iterator[Any]:
    lang: dates.Lang = "en" if in_english() else "th"
    for column, value in listing.cells(record):
        if column.kind == "datetime" and isinstance(value, dt.datetime):
            local = timezone.localtime(value)
            yield dates.format_datetime(local, style="short", lang=lang)
            yield local.isoformat(timespec="seconds")
        elif column.kind == "date" and isinstance(value, dt.date):
            yield dates.format_date(value, style="short", lang=lang)
            yield value.isoformat()
        elif column.kind in {"date", "datetime"}:
            yield from ("", "")
        elif column.kind == "number":
            yield value
        else:
            yield "" if value is None else str(value)
