"""A browser's own key for files that the worker makes for it: half in a cookie, half in the signed-in session.

Neither the database nor the cookie alone opens anything, and signing out ends it. The worker needs the public half only.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from nacl.public import PrivateKey

COOKIE = "prongsai_export"
HALF = "registers.export_half"
_PURPOSE = b"prongsai.export1"


def key_of(request: HttpRequest) -> PrivateKey | None:
    """The key of this browser, or None where it has none (any more)."""
    return _joined(request.COOKIES.get(COOKIE, ""), request.session.get(HALF, ""))


def make_key(request: HttpRequest, response: HttpResponseBase) -> PrivateKey:
    """A new key: its halves go into the session and into ``response``."""
    cookie, half = (urlsafe_b64encode(secrets.token_bytes(32)).decode() for _ in range(2))
    request.session[HALF] = half
    response.set_cookie(
        COOKIE, cookie, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict"
    )
    key = _joined(cookie, half)
    assert key is not None
    return key


def _joined(cookie: str, half: str) -> PrivateKey | None:
    try:
        halves = urlsafe_b64decode(cookie), urlsafe_b64decode(half)
    except ValueError:
        return None
    if any(len(one) != 32 for one in halves):
        return None
    return PrivateKey(blake2b(halves[0], key=halves[1], digest_size=32, person=_PURPOSE).digest())
