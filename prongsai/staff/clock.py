"""What happens to staff by the clock. Each may run twice without harm."""

from __future__ import annotations

import logging

from django.utils import timezone

from prongsai.acts import Refused, perform
from prongsai.organisation.actors import Actor
from prongsai.organisation.periods import today
from prongsai.staff.acts import CompleteDeparture, LapseInvitation
from prongsai.staff.models import Departure, Invitation

log = logging.getLogger(__name__)


def complete_departures() -> int:
    """Everybody whose last day is over: hand over, close. One that cannot be completed does not hold up the others."""
    due = Departure.objects.filter(state=Departure.State.ORDERED, last_day__lt=today())
    done = 0
    for departure in due.select_related("province", "person__supervisor", "successor", "agency__parent"):
        try:
            perform(CompleteDeparture, departure, actor=Actor.system(departure.province))
        except Refused as refused:  # somebody else was first, or cancelled it
            log.info("departure %s: %s", departure.pk, refused)
        else:
            done += 1
    return done


def lapse_invitations() -> int:
    """Invitations whose time is over say so."""
    over = Invitation.objects.filter(state=Invitation.State.INVITED, expires_at__lte=timezone.now())
    done = 0
    for invitation in over.select_related("province"):
        try:
            perform(LapseInvitation, invitation, actor=Actor.system(invitation.province))
        except Refused as refused:
            log.info("invitation %s: %s", invitation.pk, refused)
        else:
            done += 1
    return done
