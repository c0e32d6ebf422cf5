"""The ledger's name (origin) and its signing key.

The key is derived from ``settings.LEDGER_SEED``: it is kept and backed up with the other secrets of the house and is never
in the database, so that whoever can rewrite the tables still cannot sign what they then say.
"""

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from prongsai.tlog.note import Checkpoint, Note, Signer, sign_checkpoint

PURPOSE = b"prongsai ledger checkpoint Ed25519 v1\x00"


def origin() -> str:
    """The log's name: ``settings.LEDGER_ORIGIN``, or the site's address without its scheme, and ``/ledger``."""
    if name := getattr(settings, "LEDGER_ORIGIN", ""):
        return name
    address = urlsplit(settings.SITE_URL)
    return f"{address.netloc}{address.path.rstrip('/')}/ledger"


def verifier_key(name: str | None = None) -> str:
    """The public key as people compare it, ``origin+keyid+base64``: for the "verify a document" page and for print.

    ``name`` is an origin that the log had before, for checkpoints of that time.
    """
    return str(_signer(name or origin()).verifier_key)


def signed_checkpoint(tree_size: int, root: bytes) -> str:
    return sign_checkpoint(Checkpoint(origin(), tree_size, root), _signer(origin()))


def signed_by_us(note: Note) -> bool:
    """Whether our key signed the note, under the origin that the note itself names.

    A site may get another address; what it signed under the old one stays valid. The rule of ``Note.signed_by``, with
    libsodium's check (50 µs) for the verifier's portable one (5 ms), because an audit checks every checkpoint.
    """
    key = _signer(note.text.partition("\n")[0]).verifier_key
    signatures = [sig for name, ident, sig in note.signatures if name == key.name and ident == key.id]
    try:
        for signature in signatures:
            VerifyKey(key.public).verify(note.text.encode(), signature)
    except (BadSignatureError, ValueError):
        return False
    return bool(signatures)


def _signer(name: str) -> Signer:
    return Signer(name, hashlib.sha256(PURPOSE + settings.LEDGER_SEED.encode()).digest())
