"""Boxes that only this running house opens: for what has to wait a short while, and is never in a backup."""

from hashlib import blake2b

from django.conf import settings
from nacl.secret import Aead


def house_box(purpose: bytes) -> Aead:
    """``purpose``: at most 16 bytes, one for each use, so that a box of one use is nothing in another."""
    key = blake2b(settings.SECRET_KEY.encode(), digest_size=Aead.KEY_SIZE, person=purpose).digest()
    return Aead(key)
