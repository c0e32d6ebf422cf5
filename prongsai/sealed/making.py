"""New envelopes: a pair of keys each, the private half sealed to a team, written by one statement.

A plain envelope's private key is sealed whole to each member. A split envelope's key is ``share 1 xor share 2``: share 1
goes to the handlers, share 2 to the custodians, and one share alone says nothing about the key.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone
from nacl.public import PrivateKey
from nacl.utils import random

from prongsai.sealed import boxes
from prongsai.sealed.errors import SamePerson
from prongsai.sealed.models import Envelope, Keyholder, Share, Slot, grant_context
from prongsai.sealed.opening import xor

# By hand, because Django builds a statement with a parameter for each of 150 values, and this is the intake's road.
# One statement for both: the keys between them are looked at when the transaction ends.
INSERT = """
WITH envelopes AS (
    INSERT INTO sealed_envelope (id, purpose, public_key, split, created_at)
    SELECT *, %s FROM unnest(%s::uuid[], %s::text[], %s::bytea[], %s::boolean[])
)
INSERT INTO sealed_grant (envelope_id, keyholder_id, tracker, share, sealed, created_at)
SELECT *, %s FROM unnest(%s::uuid[], %s::bigint[], %s::bytea[], %s::smallint[], %s::bytea[])
"""


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
    """Who gets what: ``public`` is the key to seal to, which for a tracking code is also its address."""

    keyholder_id: int | None
    public: bytes
    tracker: bytes | None
    share: Share
    secret: bytes

    @classmethod
    def of(cls, keyholder: Keyholder, share: Share, secret: bytes) -> "_Holding":
        return cls(keyholder.pk, bytes(keyholder.public_key), None, share, secret)


def seal_new(
    teams: Sequence[Team | SplitTeam], *, recovery: Mapping[str, Keyholder] | None = None
) -> list[Envelope]:
    """One new envelope for each team, in the same order, written by one statement.

    ``recovery``: the province's recovery keys as ``recovery_keys`` gives them, for callers that keep them; otherwise
    they are read here. A slot without a key is passed over: a complaint is received even before the keys are printed
    (``missing_recovery`` says so to whoever operates the system). Raises :class:`SamePerson`; ``ValueError`` for a team
    that could never open its envelope.
    """
    recovery = _recovery_of(teams) if recovery is None else recovery
    envelopes: list[Envelope] = []
    grants = []
    for team in teams:
        private = PrivateKey.generate()
        envelope = Envelope(
            purpose=team.purpose, public_key=bytes(private.public_key), split=isinstance(team, SplitTeam)
        )
        envelopes.append(envelope)
        holdings = list(_holdings(team, bytes(private), recovery))
        if not holdings:
            raise ValueError("an envelope needs somebody who may open it")
        sealer = boxes.Sealer()
        for keyholder_id, public, tracker, share, secret in holdings:
            box = sealer.seal(public, secret, grant_context(envelope.id, share))
            grants.append((envelope.id, keyholder_id, tracker, share.value, box))
    now = timezone.now()
    rows = [(each.id, each.purpose, each.public_key, each.split) for each in envelopes]
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        columns = [now, *map(list, zip(*rows, strict=True)), now, *map(list, zip(*grants, strict=True))]
        cursor.execute(INSERT, columns)
    for envelope in envelopes:
        envelope.created_at, envelope._state.adding, envelope._state.db = now, False, connection.alias
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
        yield _Holding(None, tracker, tracker, Share.WHOLE, private)
    if isinstance(team, Team):
        backup = [recovery[team.recovery]] if team.recovery and team.recovery in recovery else []
        for member in dict.fromkeys([*team.members, *backup]):
            yield _Holding.of(member, Share.WHOLE, private)
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
            yield _Holding.of(keyholder, number, secret)
