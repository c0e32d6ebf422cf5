"""Sign checkpoints: C2SP signed notes (c2sp.org/signed-note, c2sp.org/tlog-checkpoint) with Ed25519.

Reading and verifying live in the stand-alone verifier; this module adds keys and signing (PyNaCl).
"""

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from nacl.signing import SigningKey

from prongsai.tlog.verify import (
    ALG_ED25519,
    Checkpoint,
    Note,
    NoteError,
    VerifierKey,
    check_name,
    decode_base64,
    key_id,
)

__all__ = [
    "Checkpoint", "Note", "NoteError", "Signer", "VerifierKey", "add_signatures", "open_checkpoint", "open_note",
    "sign_checkpoint", "sign_note",
]  # fmt: skip

_PREFIX = "PRIVATE+KEY+"


@dataclass(frozen=True)
class Signer:
    """A signing key with its name. ``repr`` does not show the secret; ``encode`` does."""

    name: str
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.seed) != 32:
            raise NoteError("an Ed25519 seed has 32 bytes")

    @classmethod
    def generate(cls, name: str) -> "Signer":
        """A new key. ``name`` is the log's origin, e.g. a host and path without scheme; no spaces, no plus."""
        return cls(name, secrets.token_bytes(32))

    @classmethod
    def parse(cls, text: str) -> "Signer":
        """Read ``PRIVATE+KEY+name+keyid+base64(0x01 || seed)``. Raises :class:`NoteError` (without the key in it)."""
        try:
            name, claimed, encoded = text.removeprefix(_PREFIX).split("+", 2)
            data = decode_base64(encoded, 33)
        except ValueError:
            raise NoteError("not a signer key") from None
        if not text.startswith(_PREFIX) or data[0] != ALG_ED25519:
            raise NoteError("not an Ed25519 signer key")
        signer = cls(name, data[1:])
        if signer.verifier_key.id.hex() != claimed:
            raise NoteError("the key id does not fit the key")
        return signer

    def encode(self) -> str:
        """The secret as text, to be kept in a 0600 file."""
        encoded = base64.b64encode(bytes([ALG_ED25519]) + self.seed).decode()
        return f"{_PREFIX}{self.name}+{self.verifier_key.id.hex()}+{encoded}"

    @property
    def verifier_key(self) -> VerifierKey:
        return VerifierKey(self.name, bytes(SigningKey(self.seed).verify_key))

    def signature_line(self, text: str) -> str:
        signing = SigningKey(self.seed)
        ident = key_id(self.name, bytes([ALG_ED25519]) + bytes(signing.verify_key))
        encoded = base64.b64encode(ident + signing.sign(text.encode()).signature).decode()
        return f"\u2014 {self.name} {encoded}\n"


def sign_note(text: str, *signers: Signer) -> str:
    """The signed note. ``text`` must end with a newline and hold no control characters. Raises :class:`NoteError`."""
    if not text.endswith("\n") or not signers:
        raise NoteError("a note ends with a newline and has a signer")
    note = text + "\n" + "".join(signer.signature_line(text) for signer in signers)
    if Note.parse(note).text != text:
        raise NoteError("the text cannot be told from the signatures")
    return note


def add_signatures(note: str, *signers: Signer) -> str:
    """The note with further signature lines (a second key, a witness)."""
    text = Note.parse(note).text
    return note + "".join(signer.signature_line(text) for signer in signers)


def open_note(note: str, keys: Iterable[VerifierKey]) -> tuple[str, list[VerifierKey]]:
    """The text, and which of the keys signed it. Raises :class:`NoteError` when none did."""
    parsed = Note.parse(note)
    signed = [key for key in keys if parsed.signed_by(key)]
    if not signed:
        raise NoteError("the note is not signed by a known key")
    return parsed.text, signed


def sign_checkpoint(checkpoint: Checkpoint, *signers: Signer) -> str:
    """The signed note of a checkpoint. Raises :class:`NoteError` when it would not read back the same."""
    if Checkpoint.parse(str(checkpoint)) != checkpoint:
        raise NoteError("the checkpoint cannot be written")
    return sign_note(str(checkpoint), *signers)


def open_checkpoint(note: str, keys: Iterable[VerifierKey], *, origin: str) -> Checkpoint:
    """The checkpoint of the log ``origin``, signed by one of the keys that bears that name. :class:`NoteError` if not."""
    text, _ = open_note(note, [key for key in keys if key.name == origin])
    checkpoint = Checkpoint.parse(text)
    if checkpoint.origin != origin:
        raise NoteError("a checkpoint of another log")
    return checkpoint
