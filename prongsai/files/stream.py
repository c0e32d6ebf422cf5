"""Encrypted files on the disk: libsodium's secretstream over frames of 64 KiB. Plain Python, constant memory.

``header (24) · frame · frame · …``; each frame is up to 64 KiB of plain text plus 17 bytes, only the last one may be
shorter (or empty) and carries the FINAL tag. So cutting, joining, reordering and changing are all found.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

from prongsai.files.errors import BlobCorrupt, BlobMissing

FRAME = 64 * 1024
HEAD = 8 * 1024  # plain bytes kept in memory to tell the type by
KEY_BYTES = sodium.crypto_secretstream_xchacha20poly1305_KEYBYTES
_HEADER = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_EXTRA = sodium.crypto_secretstream_xchacha20poly1305_ABYTES
_FINAL = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_MESSAGE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_AAD = b"prongsai/file/1"


def sealed_size(size: int) -> int:
    """Bytes on the disk for ``size`` plain bytes."""
    frames = max(1, -(-size // FRAME))
    return _HEADER + size + frames * _EXTRA


class SealedWriter:
    """Writes one new file under a fresh key. ``write`` as bytes arrive, then ``finish`` or ``discard``.

    ``digest`` is SHA-256 over ``salt`` and the plain bytes: with the salt anyone can check the file with ordinary
    tools, without it the digest tells nothing about the content.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.key = sodium.crypto_secretstream_xchacha20poly1305_keygen()
        self.salt = secrets.token_bytes(16)
        self.size = 0
        self.head = b""
        self._hash = hashlib.sha256(self.salt)
        self._waiting = bytearray()
        self._finished = False
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._out = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0)
        self._out.write(sodium.crypto_secretstream_xchacha20poly1305_init_push(self._state, self.key))

    def write(self, data: bytes) -> None:
        self.size += len(data)
        self._hash.update(data)
        if len(self.head) < HEAD:
            self.head = (self.head + data)[:HEAD]
        self._waiting += data
        # A full frame waits until more comes: the last one must be marked as the last.
        while len(self._waiting) > FRAME:
            self._push(bytes(self._waiting[:FRAME]), _MESSAGE)
            del self._waiting[:FRAME]

    def finish(self) -> None:
        self._push(bytes(self._waiting), _FINAL)
        self._waiting.clear()
        self._out.close()
        self._finished = True

    def abandon(self) -> None:
        """Discard what was never finished."""
        if not self._finished:
            self.discard()

    def discard(self) -> None:
        self._waiting.clear()
        self._out.close()
        self.path.unlink(missing_ok=True)

    @property
    def digest(self) -> bytes:
        return self._hash.digest()

    def _push(self, plain: bytes, tag: int) -> None:
        frame = sodium.crypto_secretstream_xchacha20poly1305_push(self._state, plain, _AAD, tag)
        view = memoryview(frame)
        while view:
            view = view[self._out.write(view) :]


def read_frames(path: Path, key: bytes) -> Iterator[bytes]:
    """The plain bytes, frame by frame. Raises ``BlobMissing`` at once, ``BlobCorrupt`` where the damage is met."""
    try:
        source = path.open("rb")
    except OSError as error:
        raise BlobMissing from error
    return _frames(source, key)


def _frames(source, key: bytes) -> Iterator[bytes]:  # type: ignore[no-untyped-def]
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    with source:
        try:
            sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, source.read(_HEADER), key)
            frame, final = source.read(FRAME + _EXTRA), False
            while not final:
                if len(frame) < _EXTRA:
                    raise BlobCorrupt
                plain, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, frame, _AAD)
                final = tag == _FINAL
                frame = source.read(FRAME + _EXTRA)
                if final == bool(frame):  # bytes after the last frame, or none before it
                    raise BlobCorrupt
                yield plain
        except (CryptoError, OSError, ValueError, TypeError) as error:
            raise BlobCorrupt from error
