"""What the house can say about a file that it cannot open: that it is an age file, to how many, and not longer than allowed.

A program error in a browser must never leave readable text here: whatever is not encrypted is refused before it is stored.
Format: https://c2sp.org/age
"""

from __future__ import annotations

import re

LARGEST = 25 * 1024 * 1024  # the largest size class of the browser (24 MiB) with its overhead
_VERSION = b"age-encryption.org/v1\n"
_MAC = re.compile(rb"^--- [A-Za-z0-9+/]{43}\n", re.MULTILINE)
_STANZA = re.compile(rb"^-> (\S+)", re.MULTILINE)
PUBLIC_KEY = re.compile(r"age1[02-9ac-hj-np-z]{58}")


class NotAge(ValueError):
    """The bytes are not the age file that was promised."""


def check(content: bytes, *, recipients: int) -> bytes:
    """The same bytes: to exactly so many X25519 keys."""
    if _stanzas(content) != [b"X25519"] * recipients:
        raise NotAge
    return content


def check_wrapped(content: bytes) -> bytes:
    """The same bytes: a short text under a passphrase."""
    if len(content) > 2048 or _stanzas(content) != [b"scrypt"]:
        raise NotAge
    return content


def _stanzas(content: bytes) -> list[bytes]:
    end = _MAC.search(content[:16_384])
    if len(content) > LARGEST or not content.startswith(_VERSION) or end is None:
        raise NotAge
    # Programs may add a stanza that means nothing, to keep readers tolerant ("grease").
    return [kind for kind in _STANZA.findall(content[: end.start()]) if not kind.endswith(b"-grease")]
