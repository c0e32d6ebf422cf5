"""A private key under a passphrase: Argon2id derives the key of a SecretBox. Plain functions, no database."""

import unicodedata
from typing import TypedDict

from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.secret import SecretBox
from nacl.utils import random

from prongsai.sealed.errors import CannotOpen, WeakPassphrase

LEAST_CHARACTERS = 12
OPERATIONS, MEMORY = 2, 64 * 1024 * 1024  # libsodium's "interactive"; about 65 ms


class Kdf(TypedDict):
    """How a key was derived; stored beside it so that the cost may rise without losing old keys."""

    name: str  # "argon2id13"
    ops: int
    memory: int  # bytes
    salt: str  # hex


def normalise(passphrase: str) -> str:
    """The same bytes from every keyboard: compatibility-composed (Thai ํ + า and ำ are one), no blanks around."""
    return unicodedata.normalize("NFKC", passphrase).strip()


def check_strength(passphrase: str) -> None:
    """Raises :class:`WeakPassphrase`."""
    if len(normalise(passphrase)) < LEAST_CHARACTERS:
        raise WeakPassphrase(LEAST_CHARACTERS)


def wrap(private: PrivateKey, passphrase: str) -> tuple[bytes, Kdf]:
    """72 bytes, and how to derive their key again."""
    check_strength(passphrase)
    kdf = Kdf(name="argon2id13", ops=OPERATIONS, memory=MEMORY, salt=random(pwhash.argon2id.SALTBYTES).hex())
    return bytes(_box(passphrase, kdf).encrypt(bytes(private))), kdf


def unwrap(wrapped: bytes | memoryview, kdf: Kdf, passphrase: str) -> PrivateKey:
    """The private key. Raises :class:`CannotOpen` for a wrong passphrase; costs as much either way."""
    try:
        return PrivateKey(_box(passphrase, kdf).decrypt(bytes(wrapped)))
    except CryptoError as error:
        raise CannotOpen from error


def _box(passphrase: str, kdf: Kdf) -> SecretBox:
    if kdf["name"] != "argon2id13":
        raise CannotOpen
    secret = normalise(passphrase).encode(errors="replace")
    salt = bytes.fromhex(kdf["salt"])
    return SecretBox(
        pwhash.argon2id.kdf(SecretBox.KEY_SIZE, secret, salt, opslimit=kdf["ops"], memlimit=kdf["memory"])
    )
