"""The one way out: CSV, XLSX and JSON of exactly what a listing shows, at once. Large XLSX are a job: ``exporting``."""

from __future__ import annotations

import io

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from prongsai.registers.declaration import Register
from prongsai.registers.listing import Listing
from prongsai.registers.plain import json_lines
from prongsai.registers.tabular import header, lines
from prongsai.registers.workbook import CONTENT_TYPE, write_workbook
from prongsai.thai import csvfile, dates, filenames

AT_ONCE = 20_000  # rows of an XLSX that is made within the request (a few seconds, a few megabytes)


def is_large(listing: Listing) -> bool:
    """Too long for an XLSX within the request. CSV and JSON are streamed, whatever their length."""
    return listing.count > AT_ONCE


def respond(listing: Listing, kind: str) -> HttpResponseBase:
    """The listing as ``csv``, ``xlsx`` or ``json``. Order, filters and row scope are those of the list."""
    if kind == "csv":
        rows = (values for _pk, values in lines(listing))
        response: HttpResponseBase = StreamingHttpResponse(
            csvfile.write_csv(rows, header(listing)), content_type="text/csv; charset=utf-8"
        )
    elif kind == "json":
        response = StreamingHttpResponse(json_lines(listing), content_type="application/json; charset=utf-8")
    else:
        book = io.BytesIO()
        write_workbook(listing, book)
        book.seek(0)
        response = FileResponse(book, content_type=CONTENT_TYPE)
    return as_download(response, listing.register, kind)


def as_download(response: HttpResponseBase, register: Register, kind: str) -> HttpResponseBase:
    """Named after the register and the day, and kept by nobody on the way."""
    day = dates.format_date(timezone.localdate(), style="numeric")
    name = f"{register.name} {day}.{kind}".replace("/", "-")
    response.headers["Content-Disposition"] = filenames.content_disposition(name)
    response.headers["Cache-Control"] = "no-store"
    return response
