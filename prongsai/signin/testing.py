"""For tests of other rooms: a browser that has just signed in, without typing a password each time."""

from __future__ import annotations

import time

from allauth.account.internal.flows import login as flows
from django.test import Client

from prongsai.organisation.models import User


def sign_in(client: Client, user: User) -> Client:
    """As ``force_login``, and as fresh as after typing the password (``sudo.is_fresh``)."""
    client.force_login(user, backend="prongsai.organisation.accounts.Backend")
    session = client.session
    session[flows.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
    session[flows._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return client
