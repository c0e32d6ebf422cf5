"""A person's pair of keys: made once under a passphrase that only this person knows, re-wrapped, retired."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from nacl.public import PrivateKey

from prongsai.sealed import passphrases
from prongsai.sealed.errors import CannotOpen, HasKeys, LockedOut, NoKeys, WrongPassphrase
from prongsai.sealed.models import PERSON, Keyholder

ATTEMPTS, WAIT = 5, timedelta(minutes=15)


def keyholder_of(person: Any) -> Keyholder | None:
    """The active keys of a person (``organisation.Person``), or None."""
    return Keyholder.objects.of(person.pk).first()


def keyholders_of(person_ids: Iterable[int]) -> list[Keyholder]:
    """The active keys of these people; who has none yet is missing from the list."""
    return list(Keyholder.objects.of(*person_ids).select_related("person").order_by("pk"))


def create_keys(person: Any, passphrase: str) -> Keyholder:
    """The person's first pair of keys, or the next after ``retire_keys``. Raises ``WeakPassphrase``, ``HasKeys``."""
    private = PrivateKey.generate()
    wrapped, kdf = passphrases.wrap(private, passphrase)
    try:
        with transaction.atomic():
            return Keyholder.objects.create(
                kind=PERSON,
                person=person,
                province_id=person.province_id,
                public_key=bytes(private.public_key),
                wrapped_private=wrapped,
                kdf=kdf,
            )
    except IntegrityError as error:
        if Keyholder.objects.of(person.pk).exists():
            raise HasKeys from error
        raise


def change_passphrase(person: Any, old: str, new: str) -> Keyholder:
    """Wrap the same private key anew; no envelope changes. Raises as ``unwrap`` and ``WeakPassphrase``."""
    passphrases.check_strength(new)
    keyholder, private = unwrap(person, old)
    wrapped, kdf = passphrases.wrap(private, new)
    Keyholder.objects.filter(pk=keyholder.pk).update(wrapped_private=wrapped, kdf=kdf)
    keyholder.refresh_from_db()
    return keyholder


def retire_keys(keyholder: Keyholder) -> None:
    """Close a pair of keys (lost passphrase, departure). Its grants stay as history; ``recover`` gives them anew."""
    Keyholder.objects.filter(pk=keyholder.pk, retired_at__isnull=True).update(retired_at=timezone.now())
    keyholder.refresh_from_db()


def unwrap(person: Any, passphrase: str) -> tuple[Keyholder, PrivateKey]:
    """The person's private key. Raises ``NoKeys``, ``WrongPassphrase``, ``LockedOut``.

    Five wrong attempts and fifteen minutes of waiting, counted in the database before the passphrase is tried, so that
    parallel requests do not get more. Call it outside a transaction: a rollback would forget the attempt.
    """
    keyholder = keyholder_of(person)
    if keyholder is None or keyholder.wrapped_private is None or keyholder.kdf is None:
        raise NoKeys
    attempts = _count_attempt(keyholder)
    try:
        private = passphrases.unwrap(keyholder.wrapped_private, keyholder.kdf, passphrase)
    except CannotOpen as error:
        if attempts >= ATTEMPTS:
            raise LockedOut(_minutes(WAIT)) from error
        raise WrongPassphrase(ATTEMPTS - attempts) from error
    if bytes(private.public_key) != bytes(keyholder.public_key):
        raise CannotOpen
    Keyholder.objects.filter(pk=keyholder.pk).update(wrong_attempts=0, locked_until=None)
    return keyholder, private


def _count_attempt(keyholder: Keyholder) -> int:
    """Take one of the attempts; which one it is (1–5). Raises ``LockedOut`` when there is none left."""
    now = timezone.now()
    wait_is_over = Q(locked_until__isnull=False)  # of the rows that the filter lets through
    taken = Keyholder.objects.filter(
        Q(locked_until__isnull=True) | Q(locked_until__lte=now), pk=keyholder.pk
    ).update(
        wrong_attempts=Case(When(wait_is_over, then=Value(1)), default=F("wrong_attempts") + 1),
        locked_until=Case(
            When(Q(locked_until__isnull=True, wrong_attempts__gte=ATTEMPTS - 1), then=Value(now + WAIT)),
            default=None,
        ),
    )
    keyholder.refresh_from_db()
    if not taken:
        raise LockedOut(_minutes((keyholder.locked_until or now) - now))
    return keyholder.wrong_attempts


def _minutes(wait: timedelta) -> int:
    return max(1, -(-int(wait.total_seconds()) // 60))
