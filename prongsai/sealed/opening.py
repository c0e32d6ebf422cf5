"""An envelope with its private key found, and how the key is put together from grants."""

from collections.abc import Mapping, Sequence
from json import loads
from typing import Any

from nacl.public import PrivateKey

from prongsai.sealed import boxes
from prongsai.sealed.errors import CannotOpen, NotAMember, ShareMissing
from prongsai.sealed.models import Envelope, Grant, Share


class OpenEnvelope:
    """What an unlocked member reads with. Keep it for one request, never longer.

    ``record`` is plain JSON for the ledger: envelope, purpose, who opened it, and whose release it rests on.
    """

    def __init__(self, envelope: Envelope, private: PrivateKey, record: Mapping[str, Any]) -> None:
        self.envelope = envelope
        self.record = dict(record)
        self._private = private

    def get(self, box: boxes.Box, *, context: str) -> bytes:
        """The bytes that were ``put`` with the same context. Raises ``CannotOpen``."""
        return boxes.unpack(boxes.unseal(self._private, box, context))

    def text(self, box: boxes.Box, *, context: str) -> str:
        return self.get(box, context=context).decode()

    def json(self, box: boxes.Box, *, context: str) -> Any:
        return loads(self.get(box, context=context))

    def get_key(self, box: boxes.Box, *, context: str) -> bytes:
        """What was stored by ``put_key``."""
        return boxes.unseal(self._private, box, context)

    def put(self, content: boxes.Content, *, context: str) -> bytes:
        return self.envelope.put(content, context=context)


def combine(
    envelope: Envelope, grants: Sequence[Grant], private: PrivateKey, record: Mapping[str, Any]
) -> OpenEnvelope:
    """Open with the grants that one key holder has for this envelope."""
    held = {Share(grant.share): grant for grant in grants}
    note: dict[str, Any] = {
        "envelope": str(envelope.id),
        "purpose": envelope.purpose,
        "split": envelope.split,
    }
    if whole := held.get(Share.WHOLE):
        secret = whole.unseal(private)
    elif Share.HANDLER in held and Share.CUSTODIAN in held:
        release = held[Share.CUSTODIAN]
        secret = xor(held[Share.HANDLER].unseal(private), release.unseal(private))
        if release.expires_at is not None:
            note |= {"released_by": release.released_by_id, "release_ends": release.expires_at.isoformat()}
    elif held:
        raise ShareMissing
    else:
        raise NotAMember
    key = PrivateKey(secret)
    if bytes(key.public_key) != bytes(envelope.public_key):
        raise CannotOpen
    return OpenEnvelope(envelope, key, {**note, **record})


def xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
