"""The QR on a paper: an address that says which paper it is, with a mark that only this installation can make.

Whoever reads it learns what is printed beside it (the kind of paper, its number, its date), from us instead of from the
paper: a changed number or date shows. It does not cover the text; the ledger's proofs do that for what is published.

A paper that an office prints from a record also says which record that is, so that it finds its way back when it has been
signed and scanned (``papers``); for a QR that cannot be read the same stands beside it as a code to be typed.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hmac
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

import segno
from django.conf import settings
from django.utils.crypto import salted_hmac

from prongsai.thai.digits import to_arabic

SALT = "prongsai.documents.stamp"
MARK_BYTES = 12
LONGEST = 600  # characters of a stamp; nothing of ours is longer
OF_RECORD = b"\x01"  # before a record's id; a stamp without one begins with the letters of its paper's key

CODE_SALT = "prongsai.documents.code"
CODE_BYTES = 5  # of the record's id, and of the mark: 16 letters together
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: nothing in it looks like something else
_MISREAD = str.maketrans("OILU", "011V", " -‐‑–—.\u200b")


@dataclass(frozen=True)
class Stamp:
    """What a stamp says. ``document``: the declaration's key; ``record``: whose paper it is, if an office printed it."""

    document: str
    reference: str
    date: dt.date
    record: UUID | None = None


class BadStamp(ValueError):
    """Not a stamp of this installation."""


def make_stamp(stamp: Stamp) -> str:
    body = "\n".join([stamp.document, stamp.reference, stamp.date.isoformat()]).encode()
    if stamp.record is not None:
        body = OF_RECORD + stamp.record.bytes + body
    return base64.urlsafe_b64encode(_mark(body) + body).rstrip(b"=").decode()


def read_stamp(text: str) -> Stamp:
    """Raises :class:`BadStamp`."""
    if len(text) > LONGEST or not text.isascii():
        raise BadStamp
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise BadStamp from None
    mark, body = raw[:MARK_BYTES], raw[MARK_BYTES:]
    if not hmac.compare_digest(mark, _mark(body)):
        raise BadStamp
    record = None
    if body.startswith(OF_RECORD):
        record, body = UUID(bytes=body[1:17]), body[17:]
    document, reference, day = body.decode().split("\n")
    return Stamp(document, reference, dt.date.fromisoformat(day), record)


def stamp_of_address(address: str) -> Stamp:
    """From what a QR holds, whatever this installation's address was when it was printed. Raises :class:`BadStamp`."""
    try:
        found = parse_qs(urlsplit(address).query).get("paper", [])
    except ValueError:
        found = []
    if len(found) != 1:
        raise BadStamp
    return read_stamp(found[0])


def paper_code(document: str, record: UUID) -> str:
    """``ABCD-EFGH-JKMN-PQRS``: the beginning of the record's id and a mark of this installation (80 bits)."""
    mark = salted_hmac(CODE_SALT, document.encode() + b"\n" + record.bytes, algorithm="sha256").digest()
    number = int.from_bytes(record.bytes[:CODE_BYTES] + mark[:CODE_BYTES])
    letters = "".join(LETTERS[number >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def read_code(typed: str) -> tuple[str, UUID, UUID]:
    """The code as printed, and the least and the greatest id that it may stand for. Raises :class:`BadStamp`.

    Which of the records between them it is, ``paper_code`` says.
    """
    letters = to_arabic(typed).upper().translate(_MISREAD) if len(typed) < LONGEST else ""
    if len(letters) != 16 or not set(letters) <= set(LETTERS):
        raise BadStamp
    number = 0
    for letter in letters:
        number = number << 5 | LETTERS.index(letter)
    start, rest = number >> 40 << 88, (1 << 88) - 1
    printed = "-".join(letters[at : at + 4] for at in range(0, 16, 4))
    return printed, UUID(int=start), UUID(int=start | rest)


def _mark(body: bytes) -> bytes:
    return salted_hmac(SALT, body, algorithm="sha256").digest()[:MARK_BYTES]


def verify_page() -> str:
    """Where papers are verified, as a person types it."""
    return settings.SITE_URL.rstrip("/") + "/verify/"


def verify_address(stamp: Stamp) -> str:
    return f"{verify_page()}?{urlencode({'paper': make_stamp(stamp)})}"


def _code(address: str) -> segno.QRCode:
    """With the mask given: trying all eight for the best one takes most of the time, and scanners read any."""
    return segno.make_qr(address, error="m", mask=3)


def qr_svg(address: str) -> str:
    out = BytesIO()
    _code(address).save(out, kind="svg", border=0, xmldecl=False, omitsize=True)
    return out.getvalue().decode()


def qr_png(address: str) -> bytes:
    out = BytesIO()
    _code(address).save(out, kind="png", border=1, scale=6)
    return out.getvalue()
