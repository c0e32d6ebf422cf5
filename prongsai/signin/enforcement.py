"""Who must have a second factor, and the door that lets them do nothing before they have one.

A sample province is tried by newcomers with a printed password, so that there the rule is off unless the setting says
``always``; the pages say so. A province with real matters cannot turn it off.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from prongsai.organisation.actors import Actor
from prongsai.organisation.models import User
from prongsai.organisation.provinces import current_province
from prongsai.organisation.roles import Role

ROLES = (
    Role.CENTER_OFFICER,
    Role.IDENTITY_CUSTODIAN,
    Role.PROTECTION_OFFICER,
    Role.GOVERNOR,
    Role.VICE_GOVERNOR,
    Role.SYSTEM_ADMIN,
)
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# What somebody who still lacks a factor may open, by the name of the address.
OPEN = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_view_recovery_codes",
        "set_language",
        "healthz",
    }
)


def is_enforced() -> bool:
    """Whether the rule is in force here (the province is kept in the process: no query)."""
    if settings.SECOND_FACTOR == "always":
        return True
    province = current_province()
    return province is None or not province.is_sample


def must_have(actor: Actor) -> bool:
    """Whether this person must have a second factor, by any role held today (an acting one counts)."""
    # Not ``actor.has``: it leaves out acting orders that are limited to some measures.
    return is_enforced() and any(held.role in ROLES for held in actor.roles)


def has_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def is_last_factor(authenticator: Authenticator) -> bool:
    others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS)
    return not others.exclude(pk=authenticator.pk).exists()


class SecondFactorMiddleware:
    """Stands after the actor. Costs nothing where the rule is off or nobody is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        # Without looking at the session where there is none: public pages stay the same for everybody.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not is_enforced():
            return None
        match = request.resolver_match
        if match is not None and match.view_name in OPEN:
            return None
        user = request.user
        if not user.is_authenticated or not must_have(request.actor) or has_factor(user):  # type: ignore[attr-defined]
            return None
        return HttpResponseRedirect(reverse("mfa_index"), status=303)
