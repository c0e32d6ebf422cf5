"""Tracking codes: 100 random bits and a check character, made to be read aloud and typed on a telephone.

``ABC-DEF-GHJ-KMN-PQR-STV-WXY``: Crockford's base 32 (no I, L, O, U), twenty characters and one check character. A
code is long enough that no slow hash is needed: a fast keyed hash finds the record, another derives the key.
"""

import secrets
import unicodedata
from hashlib import blake2b

from django.conf import settings
from nacl.public import PrivateKey

from prongsai.sealed.errors import BadCode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VALUES = {char: value for value, char in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
DATA_CHARS = 20
BITS = 5 * DATA_CHARS
GROUP = 3


def new_code() -> str:
    """A fresh code in groups, from the system's randomness."""
    return _from_number(secrets.randbits(BITS))


def code_from_token(token: bytes, server_secret: str | bytes) -> str:
    """The code that belongs to a form's random token, so that sending the form twice gives the same code.

    ``token`` must carry at least 128 random bits; without ``server_secret`` the code cannot be foretold from it.
    """
    digest = blake2b(token, key=_key(server_secret), digest_size=16, person=b"prongsai.code.v1").digest()
    return _from_number(int.from_bytes(digest, "big") >> (128 - BITS))


def normalise_code(text: str) -> str:
    """The 21 characters of a code as people type it: any case, spaces, dashes, Thai digits, O for 0, I and L for 1.

    Raises :class:`BadCode`, which says the same for every reason.
    """
    values = read_base32(text)
    if len(values) != DATA_CHARS + 1 or check_value(values[:-1]) != values[-1]:
        raise BadCode
    return "".join(ALPHABET[value] for value in values)


def format_code(code: str) -> str:
    """``ABCDEF…`` → ``ABC-DEF-…``, as it is printed and read aloud."""
    plain = normalise_code(code)
    return "-".join(plain[i : i + GROUP] for i in range(0, len(plain), GROUP))


def code_hash(code: str, key: str | bytes | None = None) -> bytes:
    """32 bytes by which the record of a code is found: BLAKE2b with ``key`` (``settings.LOOKUP_KEY``)."""
    key = _key(settings.LOOKUP_KEY if key is None else key)
    return blake2b(
        normalise_code(code).encode(), key=key, digest_size=32, person=b"prongsai.look.v1"
    ).digest()


def tracker_key(code: str) -> PrivateKey:
    """The X25519 key of whoever holds the code. It depends on the code alone: no secret of the server opens it."""
    seed = blake2b(normalise_code(code).encode(), digest_size=32, person=b"prongsai.track.1").digest()
    return PrivateKey(seed)


def read_base32(text: str) -> list[int]:
    """Values 0–31 of Crockford's base 32, whatever stands between them. Raises :class:`BadCode` for other letters."""
    values = []
    for char in unicodedata.normalize("NFKC", text).upper():
        digit = unicodedata.decimal(char, None)
        if digit is not None:
            values.append(digit)
        elif char in VALUES:
            values.append(VALUES[char])
        elif char.isalnum():
            raise BadCode
    return values


def check_value(values: list[int]) -> int:
    """Horner's rule in GF(32), x⁵ + x² + 1: finds every single wrong character and every two that changed places."""
    check = 0
    for value in values:
        check = _times_x(check) ^ value
    return _times_x(check)


def _times_x(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value


def _from_number(number: int) -> str:
    values = [number >> shift & 31 for shift in range(BITS - 5, -1, -5)]
    return format_code("".join(ALPHABET[value] for value in [*values, check_value(values)]))


def _key(secret: str | bytes) -> bytes:
    """BLAKE2b takes keys of at most 64 bytes; a secret may be longer."""
    raw = secret.encode() if isinstance(secret, str) else secret
    if not raw:
        raise ValueError("the key of the house is empty")
    return blake2b(raw, digest_size=32).digest()
