"""The form's token and the receipt's cookie: how a code is shown once, and again only to the browser that filed.

The token is 16 random bytes, signed so that a forged one is refused. After filing it goes, encrypted, into a short-lived
HttpOnly cookie, from which the receipt page derives the code again. Nothing of it is kept on the server.
"""

from __future__ import annotations

import base64
import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

COOKIE = "prongsai_receipt"
COOKIE_SECONDS = 30 * 60
FORM_SECONDS = 24 * 3600
_SALT = "complaints.form"


class BadToken(ValueError):
    """The form is not one that this house gave out, or it is more than a day old."""


def new_token() -> str:
    return signing.TimestampSigner(salt=_SALT).sign(
        base64.urlsafe_b64encode(secrets.token_bytes(16)).decode()
    )


def read_token(text: str) -> bytes:
    try:
        plain = signing.TimestampSigner(salt=_SALT).unsign(text, max_age=FORM_SECONDS)
        token = base64.urlsafe_b64decode(plain)
    except (signing.BadSignature, ValueError, UnicodeError) as error:
        raise BadToken from error
    if len(token) != 16:
        raise BadToken
    return token


def _box() -> SecretBox:
    key = hashlib.blake2b(
        settings.SECRET_KEY.encode()[:64], digest_size=32, person=b"prongsai.receipt"
    ).digest()
    return SecretBox(key)


def remember(response: HttpResponse, token: bytes, path: str) -> None:
    value = base64.urlsafe_b64encode(_box().encrypt(token)).decode()
    response.set_cookie(
        COOKIE,
        value,
        max_age=COOKIE_SECONDS,
        path=path,
        httponly=True,
        samesite="Strict",
        secure=settings.HTTPS,
    )


def recall(request: HttpRequest) -> bytes | None:
    try:
        return _box().decrypt(base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, "")))
    except (CryptoError, ValueError):
        return None


def forget(response: HttpResponse, path: str) -> None:
    response.delete_cookie(COOKIE, path=path, samesite="Strict")
