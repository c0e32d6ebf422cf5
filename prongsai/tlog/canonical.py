"""The bytes that are hashed: canonical JSON and salted commitments. Defined once, in the stand-alone verifier."""

import secrets

from prongsai.tlog.verify import canonical_json, commitment, parse_json

SALT_BYTES = 16

__all__ = ["SALT_BYTES", "canonical_json", "commitment", "new_salt", "parse_json"]


def new_salt() -> bytes:
    """Sixteen random bytes: enough that a short content cannot be found by trying."""
    return secrets.token_bytes(SALT_BYTES)
