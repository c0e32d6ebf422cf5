"""Finding a thread by its number and the browser's hash of the code. Five wrong ones lock a number, known or not, for a quarter of an hour."""

from __future__ import annotations

import math
import re

from prongsai.confidential.agefile import NotAge
from prongsai.confidential.models import Report
from prongsai.organisation.keyed import keyed_hash
from prongsai.signin import limits
from prongsai.thai.digits import to_arabic

WRONG_CODES = limits.Limit("channel", 5, 15 * 60)
_LOOKUP = re.compile(r"[0-9a-f]{64}")


class Locked(Exception):
    """``minutes``: how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.minutes = max(1, math.ceil(seconds / 60))


def keyed(lookup: str) -> bytes:
    """What is stored of the hash that the browser sends. Raises ``NotAge`` for anything that no browser of ours sends.

    The code has 100 random bits, so that its hash tells nothing; a copy of the database opens no thread, because a
    request needs the browser's hash and this is another.
    """
    if not _LOOKUP.fullmatch(lookup):
        raise NotAge
    return keyed_hash(bytes.fromhex(lookup), b"prongsai.channel")


def normalise_number(text: str) -> str:
    digits = "".join(c for c in to_arabic(text) if c.isdigit())
    return f"{digits[:5]}-{digits[5:]}"[:20]


def find(number: str, lookup: str) -> Report | None:
    """None when they do not belong together. Raises Locked. Counted by number alone: nothing is kept of who asks."""
    known = normalise_number(number)
    try:
        attempt = limits.attempt(account=known, address="", of_account=WRONG_CODES)
    except limits.TooMany as too_many:
        raise Locked(too_many.seconds) from None
    try:
        found = Report.objects.select_related("province").filter(lookup=keyed(lookup), number=known).first()
    except NotAge:
        return None
    if found is not None:
        attempt.succeeded()
    return found
