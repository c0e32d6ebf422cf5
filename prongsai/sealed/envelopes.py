"""Opening envelopes with a key in hand, and changing who may.

Taking a member off stops the server from opening for that person. Somebody who kept a copy of the database from before
could still open what stood in it then; so whoever must be shut out of what comes gets a new envelope for it.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from nacl.public import PrivateKey

from prongsai.sealed import boxes
from prongsai.sealed.codes import tracker_key
from prongsai.sealed.errors import LastMember, NotAMember, SamePerson
from prongsai.sealed.models import PERSON, RECOVERY, Envelope, Grant, Keyholder, Share, grant_context
from prongsai.sealed.opening import OpenEnvelope, combine


class KeyInHand:
    """A private key that somebody holds at this moment. Never stored, never shown."""

    def __init__(self, private: PrivateKey) -> None:
        self._private = private

    @property
    def public_key(self) -> bytes:
        return bytes(self._private.public_key)

    def _grants(self) -> Any:
        raise NotImplementedError

    def _record(self) -> dict[str, Any]:
        raise NotImplementedError

    def open(self, envelope: Envelope) -> OpenEnvelope:
        """Raises ``NotAMember`` (``ShareMissing`` for half of a split key) or ``CannotOpen``.

        The caller writes ``opened.record`` to the ledger, a refusal too.
        """
        grants = self._grants().filter(envelope=envelope)
        return combine(envelope, list(grants), self._private, self._record())

    def open_all(self, envelopes: Iterable[Envelope]) -> dict[uuid.UUID, OpenEnvelope]:
        """Those of ``envelopes`` that this key opens, with one query: for lists. The others are left out."""
        by_id = {envelope.id: envelope for envelope in envelopes}
        held: dict[uuid.UUID, list[Grant]] = {}
        for grant in self._grants().filter(envelope__in=by_id):
            held.setdefault(grant.envelope_id, []).append(grant)
        opened = {}
        for envelope_id, grants in held.items():
            try:
                opened[envelope_id] = combine(by_id[envelope_id], grants, self._private, self._record())
            except NotAMember:
                continue
        return opened

    def own_share(self, envelope: Envelope) -> tuple[Share, bytes]:
        """What this key holds for good, without opening the envelope: the whole key or one share."""
        grant = self._grants().lasting().filter(envelope=envelope).first()
        if grant is None:
            raise NotAMember
        return Share(grant.share), grant.unseal(self._private)


class Unlocked(KeyInHand):
    """An officer's key, unlocked for a short time."""

    def __init__(self, keyholder: Keyholder, private: PrivateKey) -> None:
        super().__init__(private)
        self.keyholder = keyholder

    def _grants(self) -> Any:
        return Grant.objects.filter(keyholder=self.keyholder).usable(timezone.now())

    def _record(self) -> dict[str, Any]:
        return {"keyholder": self.keyholder.pk, "person": self.keyholder.person_id}


class Tracker(KeyInHand):
    """A complainant's key, from a tracking code."""

    @classmethod
    def from_code(cls, code: str) -> "Tracker":
        """Raises ``BadCode``. That the code is right shows only when it opens something."""
        return cls(tracker_key(code))

    @property
    def private_bytes(self) -> bytes:
        """For the drawer that keeps the key from one request to the next."""
        return bytes(self._private)

    def _grants(self) -> Any:
        return Grant.objects.filter(tracker=self.public_key)

    def _record(self) -> dict[str, Any]:
        return {"tracker": True}


# --- changing the team ---


def add_member(envelope: Envelope, by: KeyInHand, keyholder: Keyholder) -> Grant:
    """Pass on what ``by`` holds for good (the whole key, or its own share) to ``keyholder``. Nothing is opened.

    So a handler takes in another handler, and a custodian another custodian, without seeing the identity. Raises
    ``NotAMember``; ``SamePerson`` when the person already holds the other share. A second time changes nothing.
    """
    share, secret = by.own_share(envelope)
    return give(envelope, keyholder, share, secret)


def give(envelope: Envelope, keyholder: Keyholder, share: Share, secret: bytes) -> Grant:
    """The lasting grant of ``share`` to ``keyholder``; for ``add_member`` and recovery."""
    with transaction.atomic():
        Envelope.objects.select_for_update().get(pk=envelope.pk)
        refuse_both_shares(envelope.pk, keyholder, share)
        box = boxes.seal(bytes(keyholder.public_key), secret, grant_context(envelope.id, share))
        grant, _created = Grant.objects.lasting().get_or_create(
            envelope=envelope, keyholder=keyholder, defaults={"share": share, "sealed": box}
        )
    return grant


def refuse_both_shares(envelope_id: uuid.UUID, keyholder: Keyholder, share: Share) -> None:
    """Raises ``SamePerson``. Counts retired keys of the person too; recovery keys keep to their slot."""
    if share == Share.WHOLE:
        return
    others = Grant.objects.lasting().filter(envelope_id=envelope_id).exclude(share=share)
    if keyholder.person_id is not None:
        others = others.filter(keyholder__person_id=keyholder.person_id)
    else:
        others = others.filter(keyholder=keyholder)
    if others.exists():
        raise SamePerson


def add_tracker(envelope: Envelope, by: KeyInHand, tracker: bytes) -> Grant:
    """Let the holder of another tracking code (its public key) read too: a second sender of the same matter."""
    share, secret = by.own_share(envelope)
    if share != Share.WHOLE:
        raise NotAMember
    box = boxes.seal(tracker, secret, grant_context(envelope.id, share))
    return Grant.objects.get_or_create(
        envelope=envelope, tracker=tracker, defaults={"share": share, "sealed": box}
    )[0]


def remove_member(envelope: Envelope, keyholder: Keyholder) -> None:
    """Take a member off, with any release made to them. Raises :class:`LastMember`: a matter always has somebody."""
    with transaction.atomic():
        Envelope.objects.select_for_update().get(pk=envelope.pk)
        own = Grant.objects.lasting().filter(envelope=envelope, keyholder=keyholder).first()
        if own is not None and keyholder.kind == PERSON:
            others = members(envelope).filter(share=own.share).exclude(keyholder=keyholder)
            if not others.exclude(keyholder__kind=RECOVERY).exists():
                raise LastMember
        Grant.objects.filter(envelope=envelope, keyholder=keyholder).delete()


def members(envelope: Envelope) -> Any:
    """Lasting grants with their ``keyholder`` (and person), recovery keys among them; releases are not members."""
    return (
        Grant.objects.lasting()
        .filter(envelope=envelope, keyholder__isnull=False)
        .select_related("keyholder__person")
        .order_by("share", "pk")
    )


def shred(envelopes: Iterable[Envelope]) -> int:
    """Destroy the keys of ``envelopes``, recovery and tracking codes included: what was put in opens never again, to
    nobody. Returns how many envelopes there were. For what is destroyed by law; older backups keep what they hold."""
    ids = [envelope.pk for envelope in envelopes]
    with transaction.atomic():
        locked = Envelope.objects.select_for_update().filter(pk__in=ids).values_list("pk", flat=True)
        Grant.objects.filter(envelope__in=list(locked)).delete()
    return len(ids)
