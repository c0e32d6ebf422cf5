"""An attempt to prove who one is: counted before it is looked at, and recorded when the limit is reached."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest

from prongsai.organisation.models import User
from prongsai.signin import devices, limits, records


@contextmanager
def guarded(
    request: HttpRequest, what: str, *, account: str, user: User | None = None
) -> Iterator[limits.Attempt]:
    """The attempt; call ``succeeded`` on it. Raises ``limits.TooMany``, which is recorded once for each time of waiting.

    ``account``: the e-mail address that was tried, whether there is such an account or not; empty where none was named.
    """
    who = ":".join((what, account, devices.known(request, account))) if account else ""
    try:
        attempt = limits.attempt(account=who, address=records.address_of(request))
    except limits.TooMany as too_many:
        if too_many.first:
            found = user or (records.user_of(account) if account else None)
            records.refused(request, what, user=found, account=account, reason="too_many")
        raise
    yield attempt
