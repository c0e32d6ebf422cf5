"""The recovery keys: printed once, kept on paper in two safes, never stored.

The centre's key holds what handlers hold (plain envelopes, and share 1 of split ones), the custodians' key holds share 2.
Either restores its own side only; an identity needs both, and two different people to receive them.

Drill: retire the keys of whoever lost the passphrase, let them set a new one, and ``recover(printed key, to=new keys,
instead_of=old keys)``.
"""

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from nacl.public import PrivateKey

from prongsai.sealed.codes import ALPHABET, read_base32
from prongsai.sealed.envelopes import give
from prongsai.sealed.errors import BadCode, BadRecoveryKey, SamePerson, SealError
from prongsai.sealed.models import RECOVERY, Grant, Keyholder, Share, Slot

PREFIX = "PRONGSAI-RECOVERY"
CHECK_BYTES = 3
KEY_BYTES = 32
DRILLED = 200  # envelopes that a drill tries
_PRINTED = re.compile(
    rf"(?:PRONGSAI\W*RECOVERY\W*)?({'|'.join(slot.value.upper() for slot in Slot)})(.*)", re.DOTALL
)
CHARS = (KEY_BYTES + CHECK_BYTES) * 8 // 5  # 56, in fourteen groups of four


def recovery_keys(province_id: Any) -> dict[str, Keyholder]:
    """The active recovery keys of a province by slot."""
    return {key.slot: key for key in Keyholder.objects.recovery(province_id)}


def missing_recovery(province_id: Any) -> list[Slot]:
    """Slots for which no key has been printed: until then a lost passphrase may cost the data."""
    have = recovery_keys(province_id)
    return [slot for slot in Slot if slot not in have]


def create_recovery_key(slot: Slot | str, province_id: Any) -> str:
    """A new recovery key for new envelopes, as the text to print: ``PRONGSAI-RECOVERY-CENTRE-XXXX-…``.

    It is shown this once. The slot's former key is retired: it opens old envelopes still, so its paper is kept.
    """
    slot = Slot(slot)
    private = PrivateKey.generate()
    with transaction.atomic():
        Keyholder.objects.recovery(province_id).filter(slot=slot).update(retired_at=timezone.now())
        Keyholder.objects.create(
            kind=RECOVERY, province_id=province_id, slot=slot, public_key=bytes(private.public_key)
        )
    return _print(slot, bytes(private))


def recover(printed: str, *, to: Keyholder, instead_of: Keyholder | None = None) -> dict[str, Any]:
    """Give ``to`` what the printed key holds; with ``instead_of``, only in envelopes where those keys were a member.

    Returns a record for the ledger: slot, keys, ``given`` and ``refused`` (envelopes in which the person holds the other
    share). Raises ``BadRecoveryKey`` for a mistyped or unknown key.
    """
    private = _read(printed)
    source = Keyholder.objects.filter(kind=RECOVERY, public_key=bytes(private.public_key)).first()
    if source is None or to.retired_at is not None or source.province_id != to.province_id:
        raise BadRecoveryKey
    grants = Grant.objects.lasting().filter(keyholder=source).select_related("envelope")
    if instead_of is not None:
        former = Grant.objects.lasting().filter(
            keyholder=instead_of, envelope=OuterRef("envelope"), share=OuterRef("share")
        )
        grants = grants.filter(Exists(former))
    given = refused = 0
    with transaction.atomic():
        for grant in grants.iterator(chunk_size=500):
            try:
                give(grant.envelope, to, Share(grant.share), grant.unseal(private))
                given += 1
            except SamePerson:
                refused += 1
    return {
        "slot": source.slot,
        "recovery_key": source.pk,
        "to": to.pk,
        "instead_of": instead_of and instead_of.pk,
        "given": given,
        "refused": refused,
    }


@dataclass(frozen=True)
class Drill:
    """What a printed key can do today. ``tried`` of the ``held`` envelopes, the newest first; ``opened`` of these."""

    slot: str
    in_force: bool  # new envelopes are sealed to it; a former key opens old ones only
    held: int
    tried: int
    opened: int


def drill(printed: str, *, province_id: Any) -> Drill:
    """Try the printed key without giving anything to anybody. Raises ``BadRecoveryKey`` when it was mistyped."""
    private = _read(printed)
    source = Keyholder.objects.filter(kind=RECOVERY, public_key=bytes(private.public_key)).first()
    if source is None or source.province_id != province_id:
        raise BadRecoveryKey
    grants = Grant.objects.lasting().filter(keyholder=source)
    newest = list(grants.order_by("-pk")[:DRILLED])
    return Drill(
        slot=source.slot,
        in_force=source.retired_at is None,
        held=grants.count(),
        tried=len(newest),
        opened=sum(_opens(grant, private) for grant in newest),
    )


def _opens(grant: Grant, private: PrivateKey) -> bool:
    try:
        grant.unseal(private)
    except SealError:
        return False
    return True


def _check(slot: Slot, key: bytes) -> bytes:
    return blake2b(slot.value.encode() + key, digest_size=CHECK_BYTES, person=b"prongsai.recover").digest()


def _print(slot: Slot, key: bytes) -> str:
    number = int.from_bytes(key + _check(slot, key), "big")
    text = "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (CHARS - 1), -1, -5))
    groups = "-".join(text[i : i + 4] for i in range(0, CHARS, 4))
    return f"{PREFIX}-{slot.value.upper()}-{groups}"


def _read(printed: str) -> PrivateKey:
    match = _PRINTED.fullmatch(printed.strip().upper())
    if match is None:
        raise BadRecoveryKey
    slot = Slot(match[1].lower())
    try:
        values = read_base32(match[2])
    except BadCode as error:
        raise BadRecoveryKey from error
    if len(values) != CHARS:
        raise BadRecoveryKey
    number = 0
    for value in values:
        number = number << 5 | value
    raw = number.to_bytes(KEY_BYTES + CHECK_BYTES, "big")
    if raw[KEY_BYTES:] != _check(slot, raw[:KEY_BYTES]):
        raise BadRecoveryKey
    return PrivateKey(raw[:KEY_BYTES])
