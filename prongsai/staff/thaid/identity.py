"""The tie between an account and a citizen number that the house does not know."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from prongsai.organisation.keyed import keyed_hash
from prongsai.organisation.models import User
from prongsai.thai.ids import parse_citizen_id

PROVIDER = "thaid"


class Taken(ValueError):
    """The identity is tied to another account."""


def citizen_key(number: str) -> bytes:
    """What is kept of a citizen number: 32 bytes under the house's key. Raises ``IdError`` for what is none.

    A plain hash would be no secret: there are few enough numbers to try them all.
    """
    return keyed_hash(parse_citizen_id(number).encode(), b"staff.citizen")


def link(user: User, key: bytes) -> SocialAccount:
    """Tie the account to the identity; once each. Raises Taken."""
    if SocialAccount.objects.filter(user=user, provider=PROVIDER).exists():
        raise Taken
    try:
        with transaction.atomic():
            return SocialAccount.objects.create(user=user, provider=PROVIDER, uid=key.hex(), extra_data={})
    except IntegrityError as error:
        raise Taken from error


def linked(user: User) -> SocialAccount | None:
    return SocialAccount.objects.filter(user=user, provider=PROVIDER).first()
