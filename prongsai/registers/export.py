"""The one way out: CSV, XLSX and JSON of exactly what a listing shows."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from prongsai.registers.language import in_english, pick
from prongsai.registers.listing import Listing
from prongsai.registers.plain import json_lines
from prongsai.thai import csvfile, dates, filenames

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel shows dates as C.E. numbers; B.E. is written as text beside an ISO column, so that both people and programs read it.


def respond(listing: Listing, kind: str) -> HttpResponseBase:
    """The listing as ``csv``, ``xlsx`` or ``json``. Order, filters and row scope are those of the list."""
    name = (
        f"{listing.register.name} {dates.format_date(timezone.localdate(), style='numeric')}.{kind}".replace(
            "/", "-"
        )
    )
    if kind == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            csvfile.write_csv(_rows(listing), header(listing)), content_type="text/csv; charset=utf-8"
        )
    elif kind == "json":
        response = StreamingHttpResponse(json_lines(listing), content_type="application/json; charset=utf-8")
    else:
        response = FileResponse(_workbook(listing), content_type=XLSX)
    response.headers["Content-Disposition"] = filenames.content_disposition(name)
    response.headers["Cache-Control"] = "no-store"
    return response


def header(listing: Listing) -> list[str]:
    names = []
    for column in listing.columns:
        names.append(column.name)
        if column.kind in {"date", "datetime"}:
            names.append(f"{column.name} (ISO 8601)")
    return names


def _rows(listing: Listing) -> Iterator[list[Any]]:
    for record in listing.rows.iterator(chunk_size=1000):
        yield list(_values(listing, record))


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


def _workbook(listing: Listing) -> Any:
    out = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(
        out.name, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": listing.register.name, "comments": listing.sentence})
    sheet = book.add_worksheet(pick("ข้อมูล", "Data"))
    bold = book.add_format({"bold": True, "bottom": 1})
    for c, name in enumerate(header(listing)):
        sheet.write_string(0, c, name, bold)
        sheet.set_column(c, c, max(12, min(40, len(name) + 4)))
    sheet.freeze_panes(1, 0)
    for r, values in enumerate(_rows(listing), start=1):
        for c, value in enumerate(values):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(r, c, value)
            else:
                sheet.write_string(r, c, str(value))
    book.close()
    out.seek(0)
    return out
