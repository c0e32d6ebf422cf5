"""What happens to summonses when time passes: a reminder, then the supervisor. Nobody is found guilty of silence (AT-M6-26)."""

from __future__ import annotations

import logging

from django.db.models import Q
from django.utils import timezone

from prongsai.acts import Act, Refused, perform
from prongsai.acts.rules import rule
from prongsai.inquiries.acts import EscalateSummons, RemindSummons
from prongsai.inquiries.models import Inquiry, Summons
from prongsai.organisation.actors import Actor

log = logging.getLogger(__name__)
ESCALATION = "inquiry_summons_escalation"


def chase_summonses() -> int:
    """Remind of every summons whose day is over; tell the supervisor some working days later. Returns how many moved."""
    today = timezone.localdate()
    overdue = Q(state=Summons.State.SENT, due_on__lt=today)
    reminded = Q(state=Summons.State.REMINDED, kind=Summons.Kind.OFFICER, reminded_on__lt=today)
    found = Summons.objects.filter(overdue | reminded, inquiry__state=Inquiry.State.WORKING)
    moved = 0
    for summons in found.select_related("inquiry__case", "province", "person__supervisor"):
        if summons.state == Summons.State.SENT:
            moved += _do(RemindSummons, summons)
        elif (
            rule(summons.province_id, ESCALATION, today).due(summons.reminded_on or today, summons.province)
            < today
        ):
            moved += _do(EscalateSummons, summons)
    return moved


def _do(act: type[Act], summons: Summons) -> int:
    try:
        perform(act, summons, actor=Actor.system(summons.province))
    except Refused:
        log.info("a summons was answered in the same moment")
        return 0
    return 1
