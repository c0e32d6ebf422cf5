"""The QR on a paper: an address that says which paper it is, with a mark that only this installation can make.

Whoever reads it learns what is printed beside it (the kind of paper, its number, its date), from us instead of from the
paper: a changed number or date shows. It does not cover the text; the ledger's proofs do that for what is published.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hmac
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "prongsai.documents.stamp"
MARK_BYTES = 12
LONGEST = 600  # characters of a stamp; nothing of ours is longer


@dataclass(frozen=True)
class Stamp:
    """What a stamp says. ``document``: the declaration's key."""

    document: str
    reference: str
    date: dt.date


class BadStamp(ValueError):
    """Not a stamp of this installation."""


def make_stamp(stamp: Stamp) -> str:
    body = "\n".join([stamp.document, stamp.reference, stamp.date.isoformat()]).encode()
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
    document, reference, day = body.decode().split("\n")
    return Stamp(document, reference, dt.date.fromisoformat(day))


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
