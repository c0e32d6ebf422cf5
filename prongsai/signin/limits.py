"""Limits that stop guessing and leave an office that shares one address alone.

An account has few attempts, an address many: whoever guesses one account is stopped by the first, whoever tries a list of
accounts by the second. A browser that the account has signed in with before counts by itself, so that a stranger's guesses do
not lock its owner out (OWASP, "device cookies"). Attempts are counted before they are looked at, in one statement, so that
guesses sent at once do not pass together; a right answer gives its attempt back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.signin.keyed import hashed
from prongsai.signin.models import Counter

COUNT = """
INSERT INTO signin_counter AS c (key, count, ends_at) VALUES (%(key)s, 1, %(end)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN c.ends_at <= %(now)s THEN 1 ELSE c.count + 1 END,
    ends_at = CASE WHEN c.ends_at <= %(now)s THEN %(end)s ELSE c.ends_at END
RETURNING count, ends_at
"""
GIVE_BACK = "UPDATE signin_counter SET count = count - 1 WHERE key = ANY(%s) AND count > 0"


@dataclass(frozen=True)
class Limit:
    """At most ``most`` failures within ``seconds`` of the first one."""

    name: str
    most: int
    seconds: int


ACCOUNT = Limit("account", *settings.SIGNIN_LIMIT_ACCOUNT)
ADDRESS = Limit("address", *settings.SIGNIN_LIMIT_ADDRESS)


class TooMany(ValidationError):
    """The limit is reached. ``first``: this attempt is the first beyond it. ``str`` says how long to wait."""

    def __init__(self, seconds: int, *, first: bool) -> None:
        super().__init__(wait_sentence(seconds), code="too_many_login_attempts")
        self.seconds, self.first = seconds, first


@dataclass(frozen=True)
class Attempt:
    keys: tuple[str, ...]

    def succeeded(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(GIVE_BACK, [list(self.keys)])


def attempt(*, account: str, address: str, of_account: Limit = ACCOUNT) -> Attempt:
    """Count one attempt on ``account`` from ``address``; raises ``TooMany`` without telling whether it exists.

    Without an ``account`` (a passkey says itself whose it is, and cannot be guessed) only the address counts; without an
    ``address`` (nobody is to know where it came from) only the account.
    """
    counted: list[str] = []
    for limit, who in ((ADDRESS, address), (of_account, account)):
        if not who:
            continue
        key = hashed(b"signin.limit", limit.name, who)
        count, ends_at = _count(key, limit)
        if count > limit.most:
            Attempt(tuple(counted)).succeeded()
            left = (ends_at - timezone.now()).total_seconds()
            raise TooMany(max(1, int(left)), first=count == limit.most + 1)
        counted.append(key)
    return Attempt(tuple(counted))


def once(what: str, seconds: int) -> bool:
    """Whether ``what`` is seen for the first time within ``seconds``: a code that was used is not taken again."""
    count, _ends = _count(hashed(b"signin.once", what), Limit("once", 1, seconds))
    return count == 1


def sweep() -> int:
    """Windows that have ended."""
    return Counter.objects.filter(ends_at__lte=timezone.now()).delete()[0]


def wait_sentence(seconds: int) -> str:
    if seconds > 60:
        minutes = -(-seconds // 60)
        return _("ดำเนินการไม่สำเร็จหลายครั้ง กรุณารอ %(minutes)d นาทีแล้วลองใหม่") % {"minutes": minutes}
    return _("ดำเนินการไม่สำเร็จหลายครั้ง กรุณารอ %(seconds)d วินาทีแล้วลองใหม่") % {"seconds": seconds}


def _count(key: str, limit: Limit) -> tuple[int, dt.datetime]:
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": key, "now": now, "end": now + dt.timedelta(seconds=limit.seconds)})
        row: tuple[int, dt.datetime] = cursor.fetchone()
    return row
