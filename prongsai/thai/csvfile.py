"""CSV that opens right in Excel with Thai text, and CSV as offices send it."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from prongsai.thai.encoding import decode_bytes

BOM = b"\xef\xbb\xbf"
_FLUSH_BYTES = 64 * 1024
# What a spreadsheet runs as a formula (OWASP's list and its full-width forms); quoting does not stop it.
_FORMULA = re.compile(r"'*\s*[=+\-@\t\r＝＋－＠]")
_PLAIN_NUMBER = re.compile(r"-[0-9]+(?:\.[0-9]+)?", re.ASCII)


class CsvError(ValueError):
    """The text is not CSV. ``str(error)`` is the Thai sentence to show."""


def escape_cell(value: object) -> object:
    """A string that a spreadsheet would run gets a leading apostrophe. Numbers, and ``None``, pass unchanged."""
    if not isinstance(value, str) or not _FORMULA.match(value) or _PLAIN_NUMBER.fullmatch(value):
        return value
    return "'" + value


def unescape_cell(value: str) -> str:
    """The inverse of :func:`escape_cell`, so that our own export can be imported again."""
    return value[1:] if value.startswith("'") and _FORMULA.match(value[1:]) else value


def write_csv(rows: Iterable[Sequence[object]], header: Sequence[str]) -> Iterator[bytes]:
    """The file in pieces (for a streaming response): UTF-8 with BOM, CRLF, formulas escaped, ``None`` as empty.

    Dates go out as ISO dates; give formatted text where people are to read B.E.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    yield BOM
    writer.writerow([escape_cell(cell) for cell in header])
    for row in rows:
        writer.writerow([escape_cell(cell) for cell in row])
        if buffer.tell() >= _FLUSH_BYTES:
            yield _drain(buffer)
    yield _drain(buffer)


def _drain(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return piece


def read_csv(data: bytes) -> list[list[str]]:
    """All rows, the header first; an empty line is an empty list, so that row numbers stay true.

    Understands UTF-8 with or without BOM, UTF-16 and TIS-620/cp874; comma, semicolon or tab, by the first line.
    Raises :class:`CsvError` or :class:`prongsai.thai.encoding.EncodingError`.
    """
    text, _ = decode_bytes(data)
    first_line = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first_line.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise CsvError("ไม่สามารถอ่านไฟล์ CSV ได้ โปรดตรวจสอบเครื่องหมายคำพูดและตัวคั่นในไฟล์") from None
    return [[unescape_cell(cell) for cell in row] for row in rows]
