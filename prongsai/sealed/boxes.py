"""Sealing bytes to an X25519 public key. Plain functions; no Django, no database.

A box is ``version (1) · ephemeral public key (32) · XChaCha20-Poly1305 ciphertext``. Its key is BLAKE2b over the
Diffie-Hellman secret and both public keys (as in libsodium's sealed box), and it is used for this box alone, so the
nonce may be constant. The context is authenticated, not stored: a box moved to another field or record does not open.
"""

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey

from prongsai.sealed.errors import CannotOpen

VERSION = b"\x01"
PUBLIC_BYTES = 32
_HEADER = len(VERSION) + PUBLIC_BYTES
_TAG = bindings.crypto_aead_xchacha20poly1305_ietf_ABYTES
_NONCE = bytes(bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)

Content = bytes | str | Mapping[str, Any]
Box = bytes | memoryview  # a binary column gives a memoryview


def seal(public_key: bytes, plain: bytes, context: str) -> bytes:
    """A box that only the holder of ``public_key``'s private half can open, and only with the same ``context``."""
    return Sealer().seal(public_key, plain, context)


class Sealer:
    """Boxes to several people with one ephemeral key: half the work of one for each.

    Every recipient gives another box key, which is what the constant nonce needs; so each recipient once.
    """

    def __init__(self) -> None:
        self._own, self._ephemeral = bindings.crypto_box_keypair()
        self._sealed_to: set[bytes] = set()

    def seal(self, public_key: bytes, plain: bytes, context: str) -> bytes:
        """As the function; ``ValueError`` for a recipient who has a box of this sealer already."""
        if public_key in self._sealed_to:
            raise ValueError("a sealer seals to each recipient once")
        self._sealed_to.add(public_key)
        key = _key(bindings.crypto_scalarmult(self._ephemeral, public_key), self._own, public_key)
        encrypted = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, _aad(context), _NONCE, key)
        return VERSION + self._own + encrypted


def unseal(private: PrivateKey, box: Box, context: str) -> bytes:
    """The plain bytes. Raises :class:`CannotOpen` for a wrong key, a wrong context and changed or cut bytes."""
    box = bytes(box)
    theirs = box[len(VERSION) : _HEADER]
    if box[: len(VERSION)] != VERSION or len(box) < _HEADER + _TAG:
        raise CannotOpen
    try:
        secret = bindings.crypto_scalarmult(bytes(private), theirs)
        key = _key(secret, theirs, bytes(private.public_key))
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(box[_HEADER:], _aad(context), _NONCE, key)
    except CryptoError as error:
        raise CannotOpen from error


def _key(secret: bytes, ephemeral: bytes, recipient: bytes) -> bytes:
    return blake2b(ephemeral + recipient, key=secret, digest_size=32, person=b"prongsai.box.v1").digest()


def _aad(context: str) -> bytes:
    if not context:
        raise ValueError("sealed data needs a context")
    return VERSION + context.encode()


# --- content: what is put into a box, padded so that its length tells little ---

LENGTH_BYTES = 4
SMALLEST, DOUBLING_UNTIL = 256, 4096


def padded_length(length: int) -> int:
    """256, then powers of two up to 4 KiB, then PADMÉ (Nikitin et al. 2019: at most 12 % more, O(log log) leaked)."""
    if length <= DOUBLING_UNTIL:
        return max(SMALLEST, 1 << (length - 1).bit_length())
    exponent = length.bit_length() - 1
    step = 1 << (exponent - exponent.bit_length())
    return -(-length // step) * step


def pack(content: Content) -> bytes:
    """UTF-8 for text, JSON for a mapping; then length, bytes, zeros up to the bucket."""
    if isinstance(content, Mapping):
        content = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    plain = content.encode() if isinstance(content, str) else bytes(content)
    framed = len(plain).to_bytes(LENGTH_BYTES, "big") + plain
    return framed.ljust(padded_length(len(framed)), b"\0")


def unpack(packed: bytes) -> bytes:
    length = int.from_bytes(packed[:LENGTH_BYTES], "big")
    if len(packed) < LENGTH_BYTES + length:
        raise CannotOpen
    return packed[LENGTH_BYTES : LENGTH_BYTES + length]
