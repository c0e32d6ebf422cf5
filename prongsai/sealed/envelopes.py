"""Making envelopes, opening them, and changing who may.

A plain envelope's private key is sealed whole to each member. A split envelope's key is ``share 1 xor share 2``: share 1
goes to the handlers, share 2 to the custodians, and one share alone says nothing about the key.

Taking a member off stops the server from opening for that person. Somebody who kept a copy of the database from before
could still open what stood in it then; so whoever must be shut out of what comes gets a new envelope for it.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from nacl.public import PrivateKey
from nacl.utils import random

from prongsai.sealed import boxes
from prongsai.sealed.codes import tracker_key
from prongsai.sealed.errors import LastMember, NotAMember, SamePerson
from prongsai.sealed.models import PERSON, RECOVERY, Envelope, Grant, Keyholder, Share, Slot, grant_context
from prongsai.sealed.opening import OpenEnvelope, combine, xor


@dataclass(frozen=True, slots=True)
class Team:
    """Who may open a plain envelope: officers, complainants (public keys of their codes), one recovery key."""

    purpose: str
    members: Sequence[Keyholder] = ()
    trackers: Sequence[bytes] = ()
    recovery: Slot | None = Slot.CENTRE


@dataclass(frozen=True, slots=True)
class SplitTeam:
    """Who holds the shares of a split envelope. A complainant's code opens it whole: it is their own identity."""

    purpose: str
    handlers: Sequence[Keyholder]
    custodians: Sequence[Keyholder]
    trackers: Sequence[bytes] = ()


class _Holding(NamedTuple):
    keyholder: Keyholder | None
    tracker: bytes | None
    share: Share
    secret: bytes


def seal_new(
    teams: Sequence[Team | SplitTeam], *, recovery: Mapping[str, Keyholder] | None = None
) -> list[Envelope]:
    """One new envelope for each team, in the same order, written by two inserts.

    ``recovery``: the province's recovery keys as ``recovery_keys`` gives them, for callers that keep them; otherwise
    they are read here. A slot without a key is passed over: a complaint is received even before the keys are printed
    (``missing_recovery`` says so to whoever operates the system). Raises :class:`SamePerson`; ``ValueError`` for a team
    that could never open its envelope.
    """
    recovery = _recovery_of(teams) if recovery is None else recovery
    envelopes, grants = [], []
    for team in teams:
        private = PrivateKey.generate()
        envelope = Envelope(
            purpose=team.purpose, public_key=bytes(private.public_key), split=isinstance(team, SplitTeam)
        )
        envelopes.append(envelope)
        holdings = list(_holdings(team, bytes(private), recovery))
        if not holdings:
            raise ValueError("an envelope needs somebody who may open it")
        grants += [_grant(envelope.id, holding) for holding in holdings]
    with transaction.atomic(savepoint=False):
        Envelope.objects.bulk_create(envelopes)
        Grant.objects.bulk_create(grants)
    return envelopes


def create_envelope(
    purpose: str,
    members: Sequence[Keyholder] = (),
    trackers: Sequence[bytes] = (),
    *,
    recovery: Slot | None = Slot.CENTRE,
) -> Envelope:
    return seal_new([Team(purpose, members, trackers, recovery)])[0]


def create_split_envelope(
    purpose: str,
    handlers: Sequence[Keyholder],
    custodians: Sequence[Keyholder],
    trackers: Sequence[bytes] = (),
) -> Envelope:
    return seal_new([SplitTeam(purpose, handlers, custodians, trackers)])[0]


def _recovery_of(teams: Iterable[Team | SplitTeam]) -> Mapping[str, Keyholder]:
    holders = [holder for team in teams for holder in _officers(team)]
    if not holders:
        return {}
    return {key.slot: key for key in Keyholder.objects.recovery(holders[0].province_id)}


def _officers(team: Team | SplitTeam) -> Sequence[Keyholder]:
    return [*team.handlers, *team.custodians] if isinstance(team, SplitTeam) else team.members


def _holdings(
    team: Team | SplitTeam, private: bytes, recovery: Mapping[str, Keyholder]
) -> Iterator[_Holding]:
    for tracker in dict.fromkeys(map(bytes, team.trackers)):
        yield _Holding(None, tracker, Share.WHOLE, private)
    if isinstance(team, Team):
        backup = [recovery[team.recovery]] if team.recovery and team.recovery in recovery else []
        for member in dict.fromkeys([*team.members, *backup]):
            yield _Holding(member, None, Share.WHOLE, private)
        return
    if not team.handlers or not team.custodians:
        raise ValueError("a split envelope needs a handler and a custodian")
    if {each.person_id for each in team.handlers} & {each.person_id for each in team.custodians}:
        raise SamePerson
    share = random(len(private))
    for keyholders, slot, number, secret in (
        (team.handlers, Slot.CENTRE, Share.HANDLER, share),
        (team.custodians, Slot.CUSTODIANS, Share.CUSTODIAN, xor(private, share)),
    ):
        backup = [recovery[slot]] if slot in recovery else []
        for keyholder in dict.fromkeys([*keyholders, *backup]):
            yield _Holding(keyholder, None, number, secret)


def _grant(envelope_id: uuid.UUID, holding: _Holding) -> Grant:
    public = holding.tracker or bytes(holding.keyholder.public_key)  # type: ignore[union-attr]
    return Grant(
        envelope_id=envelope_id,
        keyholder=holding.keyholder,
        tracker=holding.tracker,
        share=holding.share,
        sealed=boxes.seal(public, holding.secret, grant_context(envelope_id, holding.share)),
    )


class _KeyInHand:
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


class Unlocked(_KeyInHand):
    """An officer's key, unlocked for a short time."""

    def __init__(self, keyholder: Keyholder, private: PrivateKey) -> None:
        super().__init__(private)
        self.keyholder = keyholder

    def _grants(self) -> Any:
        return Grant.objects.filter(keyholder=self.keyholder).usable(timezone.now())

    def _record(self) -> dict[str, Any]:
        return {"keyholder": self.keyholder.pk, "person": self.keyholder.person_id}


class Tracker(_KeyInHand):
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


def add_member(envelope: Envelope, by: _KeyInHand, keyholder: Keyholder) -> Grant:
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
        fresh = _grant(envelope.id, _Holding(keyholder, None, share, secret))
        grant, _created = Grant.objects.lasting().get_or_create(
            envelope=envelope, keyholder=keyholder, defaults={"share": share, "sealed": fresh.sealed}
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


def add_tracker(envelope: Envelope, by: _KeyInHand, tracker: bytes) -> Grant:
    """Let the holder of another tracking code (its public key) read too: a second sender of the same matter."""
    share, secret = by.own_share(envelope)
    if share != Share.WHOLE:
        raise NotAMember
    fresh = _grant(envelope.id, _Holding(None, bytes(tracker), share, secret))
    return Grant.objects.get_or_create(
        envelope=envelope, tracker=fresh.tracker, defaults={"share": share, "sealed": fresh.sealed}
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
