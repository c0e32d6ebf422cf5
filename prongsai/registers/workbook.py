"""A listing as an XLSX workbook that is written while it is read: constant memory, and no plain byte on the disk.

``xlsxwriter`` keeps the rows of a long sheet in a plain temporary file. So it makes only the book around them (styles,
heads, widths), and the rows go straight into the compressed stream (ECMA-376 Part 1, §18.3.1; inline strings, §18.3.1.53).
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from prongsai.registers.language import pick
from prongsai.registers.tabular import header, lines

if TYPE_CHECKING:
    from prongsai.registers.listing import Listing

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_575  # of one sheet, beside its head
LONGEST_CELL = 32_767  # characters that Excel opens

Progress = Callable[[int, Any], None]
"""Called after each row: how many are written, and the primary key of the last one. It may raise to end the work."""

_SHEET = "xl/worksheets/sheet1.xml"
_DIMENSION = re.compile(rb"<dimension [^>]*/>")  # optional, and not known before the last row
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class Out(Protocol):
    """What takes bytes in order: a file, or a ``SealedWriter``."""

    def write(self, data: bytes, /) -> Any: ...


class TooManyRows(ValueError):
    """More than a sheet of Excel holds."""


def write_workbook(listing: Listing, out: Out, progress: Progress | None = None) -> int:
    """Write the listing into ``out``; how many rows. Raises ``TooManyRows``, and what ``progress`` raises."""
    with zipfile.ZipFile(_Sink(out), "w", zipfile.ZIP_DEFLATED) as book:  # type: ignore[call-overload]
        with zipfile.ZipFile(_empty(listing)) as empty:
            for name in empty.namelist():
                if name != _SHEET:
                    book.writestr(name, empty.read(name))
            before, after = _DIMENSION.sub(b"", empty.read(_SHEET)).split(b"</sheetData>")
        count = 0
        with book.open(_SHEET, "w") as sheet:
            sheet.write(before)
            for pk, values in lines(listing):
                count += 1
                if count > MOST_ROWS:
                    raise TooManyRows
                sheet.write(_row(count + 1, values).encode())
                if progress is not None:
                    progress(count, pk)
            sheet.write(b"</sheetData>" + after)
    return count


def _empty(listing: Listing) -> io.BytesIO:
    """The book with its heads only."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": listing.register.name, "comments": listing.sentence})
    sheet = book.add_worksheet(pick("ข้อมูล", "Data"))
    bold = book.add_format({"bold": True, "bottom": 1})
    for c, name in enumerate(header(listing)):
        sheet.write_string(0, c, name, bold)
        sheet.set_column(c, c, max(12, min(40, len(name) + 4)))
    sheet.freeze_panes(1, 0)
    book.close()
    return out


def _row(number: int, values: Iterable[Any]) -> str:
    cells = "".join(_cell(f"{xl_col_to_name(c)}{number}", value) for c, value in enumerate(values))
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and math.isfinite(value):
        return f'<c r="{place}"><v>{value}</v></c>'
    text = _NOT_XML.sub("", str(value))[:LONGEST_CELL].translate(_XML)
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


class _Sink:
    """``out`` as ``zipfile`` wants it: a stream that cannot go back."""

    def __init__(self, out: Out) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        self._out.write(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Whoever gave ``out`` finishes it."""
