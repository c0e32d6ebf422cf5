"""age (age-encryption.org/v1) as a stream, by ``pyrage``.

For recipients the file is an ordinary age file. For a passphrase, which age would need to hold the whole file in memory
for, a fresh key encrypts the stream, and the key itself, encrypted by the passphrase in age's text form, stands before
it. Without Prongsai both are opened by the ``age`` program (``docs/operate.md``).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

import pyrage

from .errors import BackupError, Damaged, Refused

ARMOUR_BEGINS = b"-----BEGIN AGE ENCRYPTED FILE-----"
ARMOUR_ENDS = b"-----END AGE ENCRYPTED FILE-----\n"
LONGEST_ARMOUR = 4096
SHORTEST_PASSPHRASE = 16  # characters


class Reader(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def make_identity() -> tuple[str, str]:
    """A new key: what opens (``AGE-SECRET-KEY-1…``, to be kept apart) and what locks (``age1…``, no secret)."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


class Lock:
    """Who may open what is written: ``recipients`` (``age1…``) or a ``passphrase``, exactly one of them."""

    def __init__(self, recipients: Iterable[str] = (), passphrase: str = "") -> None:
        self._recipients = [_recipient(text) for text in recipients]
        self._passphrase = passphrase
        if bool(self._recipients) == bool(passphrase):
            raise Refused(
                "ต้องกำหนดผู้เปิดข้อมูลสำรองเป็นกุญแจผู้รับ (age1…) หรือรหัสผ่าน อย่างใดอย่างหนึ่ง",
                "Name who may open the backup: recipients (age1…) or a passphrase, one of the two.",
            )
        if passphrase and len(passphrase) < SHORTEST_PASSPHRASE:
            raise Refused(
                f"รหัสผ่านต้องยาวอย่างน้อย {SHORTEST_PASSPHRASE} ตัวอักษร",
                f"The passphrase must have at least {SHORTEST_PASSPHRASE} characters.",
            )

    def encrypt(self, plain: Iterator[bytes], out: IO[bytes]) -> None:
        """Pull ``plain`` through the cipher into ``out``. An exception of ``plain`` comes out as it is."""
        recipients = self._recipients
        if self._passphrase:
            identity = pyrage.x25519.Identity.generate()
            out.write(pyrage.passphrase.encrypt(str(identity).encode(), self._passphrase, armored=True))
            recipients = [identity.to_public()]
        source = _Pulled(plain)
        try:
            pyrage.encrypt_io(source, out, recipients)
        except Exception:
            if source.failure is not None:
                raise source.failure from None
            raise


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise Refused(
            f"กุญแจผู้รับ “{text}” ไม่ถูกต้อง ต้องขึ้นต้นด้วย age1",
            f"“{text}” is not an age recipient (age1…).",
        ) from error


class _Pulled:
    """What iterators give, for whoever wants to ``read``; remembers its exception, which pyrage would only quote."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")
        self.failure: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            while not self._rest:
                self._rest = memoryview(next(self._chunks))
        except StopIteration:
            return b""
        except BaseException as error:
            self.failure = error
            raise
        taken, self._rest = self._rest[:size], self._rest[size:]
        return bytes(taken)


class Key:
    """What opens: the lines of an identity file (``AGE-SECRET-KEY-1…``), or a passphrase."""

    def __init__(self, identities: str = "", passphrase: str = "") -> None:
        self._passphrase = passphrase
        words = [line.strip() for line in identities.splitlines()]
        try:
            self._identities = [
                pyrage.x25519.Identity.from_str(word) for word in words if word and word[0] != "#"
            ]
        except pyrage.IdentityError as error:
            raise Refused(
                "ไฟล์กุญแจไม่ถูกต้อง ต้องมีบรรทัด AGE-SECRET-KEY-1…",
                "The identity file must hold lines like AGE-SECRET-KEY-1….",
            ) from error

    @contextmanager
    def open(self, path: Path) -> Iterator[Reader]:
        """The plain bytes, to be read within the block. ``Refused``: not for this key; ``Damaged``: broken inside."""
        with path.open("rb") as sealed:
            identities = self._identities_for(sealed)
            pipe = _Pipe()
            thread = threading.Thread(target=self._decrypt, args=(sealed, pipe, identities), daemon=True)
            thread.start()
            try:
                yield pipe
            finally:
                pipe.leave()
                thread.join()

    def _identities_for(self, sealed: IO[bytes]) -> list[pyrage.x25519.Identity]:
        start = sealed.read(LONGEST_ARMOUR)
        sealed.seek(0)
        if not start.startswith(ARMOUR_BEGINS):
            if not self._identities:
                raise Refused(
                    "ข้อมูลสำรองนี้เปิดด้วยกุญแจ โปรดระบุ --identity ไฟล์กุญแจ",
                    "This backup is opened by a key: give --identity FILE.",
                )
            return self._identities
        end = start.find(ARMOUR_ENDS) + len(ARMOUR_ENDS)
        try:
            plain = pyrage.passphrase.decrypt(start[:end], self._passphrase)
        except pyrage.DecryptError as error:
            raise Refused("รหัสผ่านไม่ถูกต้อง", "The passphrase is wrong.") from error
        sealed.seek(end)
        return [pyrage.x25519.Identity.from_str(plain.decode())]

    @staticmethod
    def _decrypt(sealed: IO[bytes], pipe: _Pipe, identities: list[pyrage.x25519.Identity]) -> None:
        failure: BackupError | None = None
        try:
            pyrage.decrypt_io(sealed, pipe, identities)
        except _Left:
            pass
        except pyrage.DecryptError as error:
            failure = Refused(
                f"เปิดข้อมูลสำรองไม่ได้ กุญแจไม่ตรงหรือไม่ใช่ไฟล์สำรองข้อมูล ({error})",
                f"The backup cannot be opened: another key's, or no backup ({error}).",
            )
        except Exception as error:
            failure = Damaged(
                f"ข้อมูลสำรองเสียหายหรือไม่ครบ ({error})", f"The backup is damaged or cut off ({error})."
            )
        pipe.end(failure)


def needs_passphrase(path: Path) -> bool:
    with path.open("rb") as sealed:
        return sealed.read(len(ARMOUR_BEGINS)) == ARMOUR_BEGINS


class _Left(Exception):
    """Whoever reads wants no more."""


class _Pipe:
    """From the thread that decrypts to the one that reads; holds a little at a time. The end is told with its reason."""

    ROOM = 1 << 20  # bytes

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._held = bytearray()
        self._ended = self._left = False
        self._failure: BackupError | None = None

    def write(self, data: bytes) -> int:
        with self._changed:
            self._changed.wait_for(lambda: self._left or len(self._held) < self.ROOM)
            if self._left:
                raise _Left
            self._held += data
            self._changed.notify_all()
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def end(self, failure: BackupError | None) -> None:
        with self._changed:
            self._ended, self._failure = True, failure
            self._changed.notify_all()

    def leave(self) -> None:
        with self._changed:
            self._left = True
            self._changed.notify_all()

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes; fewer only at the end. Raises what ended the stream too early."""
        taken = bytearray()
        while size < 0 or len(taken) < size:
            with self._changed:
                self._changed.wait_for(lambda: self._ended or self._held)
                if not self._held:
                    if self._failure is not None:
                        raise self._failure
                    break
                part = len(self._held) if size < 0 else size - len(taken)
                taken += self._held[:part]
                del self._held[:part]
                self._changed.notify_all()
        return bytes(taken)
