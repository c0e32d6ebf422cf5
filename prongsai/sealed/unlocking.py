"""The key in hand for a short time: an officer's after the passphrase, a complainant's after the tracking code.

The private key lies in the session's row under a fresh random key, and that key is only in a cookie of its own. The
database alone opens nothing, and the cookie alone opens nothing. Fifteen minutes without use, and it is over.
``middleware.UnlockMiddleware`` carries the cookies.
"""

import struct
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.utils import random

from prongsai.sealed import keys
from prongsai.sealed.envelopes import Tracker, Unlocked
from prongsai.sealed.errors import NoKeys
from prongsai.sealed.models import Keyholder

SECONDS = 15 * 60
# Renewed at most this often, so that not every page view writes the session.
RENEW_AFTER = 60

_KEY, _NONCE = 32, bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_PLAIN = struct.Struct(">Q32s")  # end as Unix time, private key


@dataclass(frozen=True)
class Drawer:
    """One private key of a browser session. ``cookie`` holds the key of the drawer, the session what is in it."""

    cookie: str

    def put(self, request: HttpRequest, private: bytes, owner: str, key: bytes | None = None) -> None:
        key = key or random(_KEY)
        nonce = random(_NONCE)
        plain = _PLAIN.pack(int(time.time()) + SECONDS, private)
        box = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, self._aad(owner), nonce, key)
        request.session[self.cookie] = urlsafe_b64encode(nonce + box).decode()
        self._send(request, urlsafe_b64encode(key).decode())

    def take(self, request: HttpRequest, owner: str) -> bytes | None:
        """The private key, while its time runs and the cookie is there; using it renews the time."""
        stored, cookie = request.session.get(self.cookie), self._cookie_of(request)
        if not stored or not cookie:
            return None
        try:
            key, raw = urlsafe_b64decode(cookie), urlsafe_b64decode(stored)
            nonce, box = raw[:_NONCE], raw[_NONCE:]
            plain = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(box, self._aad(owner), nonce, key)
        except (CryptoError, ValueError, TypeError):
            return None
        until, private = _PLAIN.unpack(plain)
        left = until - time.time()
        if left <= 0:
            self.clear(request)
            return None
        if left < SECONDS - RENEW_AFTER:
            self.put(request, private, owner, key)
        return private

    def clear(self, request: HttpRequest) -> None:
        request.session.pop(self.cookie, None)
        self._send(request, "")

    def carry(self, request: HttpRequest, response: HttpResponse) -> None:
        """Set or drop the cookie as this request has decided; a cookie without its session is dropped too."""
        value = self._sent(request).get(self.cookie)
        if value:
            response.set_cookie(
                self.cookie,
                value,
                max_age=SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Strict",
            )
        elif self.cookie in request.COOKIES and self.cookie not in request.session:
            response.delete_cookie(self.cookie, samesite="Strict")

    def _aad(self, owner: str) -> bytes:
        return f"{self.cookie}:{owner}".encode()

    def _cookie_of(self, request: HttpRequest) -> str:
        return self._sent(request).get(self.cookie, request.COOKIES.get(self.cookie, ""))

    def _send(self, request: HttpRequest, value: str) -> None:
        self._sent(request)[self.cookie] = value

    @staticmethod
    def _sent(request: HttpRequest) -> dict[str, str]:
        if not hasattr(request, "sealed_cookies"):
            request.sealed_cookies = {}  # type: ignore[attr-defined]
        return request.sealed_cookies  # type: ignore[attr-defined]


OFFICER, TRACKER = Drawer("prongsai_unlock"), Drawer("prongsai_track")
DRAWERS = (OFFICER, TRACKER)


def unlock(request: HttpRequest, passphrase: str) -> Unlocked:
    """Put the key of the request's person in hand. Raises ``NoKeys``, ``WrongPassphrase``, ``LockedOut``."""
    person = _person(request)
    if person is None:
        raise NoKeys
    keyholder, private = keys.unwrap(person, passphrase)
    OFFICER.put(request, bytes(private), str(keyholder.pk))
    return Unlocked(keyholder, private)


def unlocked(request: HttpRequest) -> Unlocked | None:
    """The officer's key if it is in hand; None sends the officer to the page that asks for the passphrase."""
    if OFFICER.cookie not in request.session:
        return None
    person = _person(request)
    keyholder = keys.keyholder_of(person) if person is not None else None
    if keyholder is None:
        return None
    private = _fitting(OFFICER.take(request, str(keyholder.pk)), keyholder)
    return Unlocked(keyholder, private) if private else None


def lock(request: HttpRequest) -> None:
    """Put the officer's key away. Signing out does it too, because the session goes."""
    OFFICER.clear(request)


def unlock_tracker(request: HttpRequest, code: str) -> Tracker:
    """Put the key of a tracking code in hand. The caller has found the record by ``code_hash`` first."""
    tracker = Tracker.from_code(code)
    TRACKER.put(request, tracker.private_bytes, "")
    return tracker


def tracked(request: HttpRequest) -> Tracker | None:
    """The complainant's key if it is in hand. Its ``public_key`` says which record it belongs to."""
    private = TRACKER.take(request, "")
    return Tracker(PrivateKey(private)) if private else None


def lock_tracker(request: HttpRequest) -> None:
    TRACKER.clear(request)


def _person(request: HttpRequest) -> Any:
    return request.actor.person  # type: ignore[attr-defined]


def _fitting(private: bytes | None, keyholder: Keyholder) -> PrivateKey | None:
    """The key, unless the person's keys were replaced since."""
    if private is None:
        return None
    key = PrivateKey(private)
    return key if bytes(key.public_key) == bytes(keyholder.public_key) else None
