"""Keyed hashes by which rows are found or compared without keeping what was typed: form tokens, numbers, one-time codes."""

from hashlib import blake2b

from django.conf import settings


def keyed_hash(plain: bytes, purpose: bytes) -> bytes:
    """32 bytes of BLAKE2b under the house's lookup key. ``purpose`` (at most 16 bytes) keeps the uses apart."""
    key = settings.LOOKUP_KEY.encode()[: blake2b.MAX_KEY_SIZE]
    return blake2b(plain, key=key, digest_size=32, person=purpose).digest()
