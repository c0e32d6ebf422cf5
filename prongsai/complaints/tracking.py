"""Finding a matter by number and code. Wrong five times: locked for 15 minutes per number, known or not (AT-M5-16)."""

from __future__ import annotations

import datetime as dt
import math
import unicodedata

from django.db import connection
from django.utils import timezone

from prongsai import sealed
from prongsai.complaints.models import Receipt, TrackLock
from prongsai.organisation.keyed import keyed_hash
from prongsai.thai.digits import to_arabic


class Locked(Exception):
    """Too many wrong codes for this number. ``minutes``: how long to wait."""

    def __init__(self, until: dt.datetime) -> None:
        self.minutes = max(1, math.ceil((until - timezone.now()).total_seconds() / 60))
        super().__init__(f"ท่านระบุรหัสไม่ถูกต้องหลายครั้ง โปรดลองใหม่ในอีก {self.minutes} นาที")


def normalise_number(text: str) -> str:
    """Numbers as people type them: Thai digits, spaces, any dash for a slash do not matter."""
    plain = to_arabic(unicodedata.normalize("NFC", text))
    return "".join(c for c in plain.replace("\\", "/") if not c.isspace() and c.isprintable()).lower()


def number_hash(text: str) -> bytes:
    return keyed_hash(normalise_number(text).encode(), b"prongsai.number")


def find(number: str, code: str) -> Receipt | None:
    """The receipt of this number and code; None when they do not belong together. Raises Locked."""
    key = number_hash(number)
    lock = TrackLock.objects.filter(pk=key).first()
    if lock and lock.locked_until and lock.locked_until > timezone.now():
        raise Locked(lock.locked_until)
    receipt = _find(number, code)
    if receipt is None:
        if until := _count_failure(key):
            raise Locked(until)
        return None
    if lock:
        TrackLock.objects.filter(pk=key).delete()
    return receipt


def _find(number: str, code: str) -> Receipt | None:
    try:
        found = sealed.code_hash(code)
    except sealed.BadCode:
        return None
    receipt = (
        Receipt.objects.select_related("case", "case__province", "correspondence")
        .filter(code_hash=found)
        .first()
    )
    if receipt and normalise_number(receipt.case.number) == normalise_number(number):
        return receipt
    return None


def _count_failure(key: bytes) -> dt.datetime | None:
    """Count one more failure in one statement, so that parallel guesses are all counted; the lock's end when it closes."""
    now = timezone.now()
    fresh = now - TrackLock.PERIOD
    until = now + TrackLock.PERIOD
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO complaints_tracklock AS t (number_hash, failures, since, locked_until)"
            " VALUES (%(key)s, 1, %(now)s, NULL) ON CONFLICT (number_hash) DO UPDATE SET"
            " failures = CASE WHEN t.since <= %(fresh)s THEN 1 ELSE t.failures + 1 END,"
            " since = CASE WHEN t.since <= %(fresh)s THEN %(now)s ELSE t.since END,"
            " locked_until = CASE WHEN t.since > %(fresh)s AND t.failures + 1 >= %(limit)s THEN %(until)s"
            " ELSE t.locked_until END RETURNING locked_until",
            {"key": key, "now": now, "fresh": fresh, "until": until, "limit": TrackLock.LIMIT},
        )
        locked_until = cursor.fetchone()[0]
    return locked_until if locked_until and locked_until > now else None
