"""The one-time link of an invitation: computed, never stored."""

from __future__ import annotations

import base64
import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from prongsai.acts.models import RuleParameter
from prongsai.acts.rules import MissingRule, Rule, rule
from prongsai.organisation.keyed import keyed_hash
from prongsai.organisation.models import Province
from prongsai.staff.models import Invitation

# For an announcement whose data file does not name it.
RULE, DAYS = "invitation_days", 7


def token_of(invitation_id: object, round_: int) -> str:
    """43 characters that only this house can compute: of the id, and of how often the invitation was sent."""
    raw = keyed_hash(f"{invitation_id}:{round_}".encode(), b"staff.invitation")
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def hash_of(token: str) -> bytes:
    return keyed_hash(token.encode(), b"staff.inv.lookup")


def open_invitation(token: str) -> Invitation | None:
    """The invitation that a link stands for, while it may be accepted; None says nothing of why not."""
    found = Invitation.objects.select_related("province", "agency", "person").filter(
        token_hash=hash_of(token)
    )
    invitation = found.filter(state=Invitation.State.INVITED).first()
    return invitation if invitation is not None and invitation.expires_at > timezone.now() else None


def address_of(invitation: Invitation) -> str:
    path = reverse("staff:invitation-link", args=[token_of(invitation.pk, invitation.round)])
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def lifetime(province: Province, day: dt.date) -> Rule:
    """How many days a link works: rule ``invitation_days``, by default seven."""
    try:
        return rule(province.code, RULE, day)
    except MissingRule:
        return Rule(RULE, DAYS, RuleParameter.Unit.CALENDAR_DAYS, True, "ค่าเริ่มต้นของระบบ")
