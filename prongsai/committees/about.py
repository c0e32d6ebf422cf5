"""For rooms above: bring a record before a committee, and ask what was resolved about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet

from prongsai.acts import perform
from prongsai.acts.declaration import record_type
from prongsai.committees.acts import AddItem
from prongsai.committees.models import Committee, Item, Meeting
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Province


def committees_in_force(province: Province, kind: str = "") -> QuerySet[Committee]:
    """Appointed and not ended; of one kind (``kbj``, ``monitoring``, …) or of all."""
    found = Committee.objects.filter(province=province, state__in=Committee.IN_FORCE)
    return (found.filter(kind_id=kind) if kind else found).order_by("short_name")


def meetings_to_come(committee: Committee) -> QuerySet[Meeting]:
    """Those to whose agenda an item can be added."""
    states = [Meeting.State.DRAFT, Meeting.State.CALLED, Meeting.State.OPEN]
    return Meeting.objects.filter(committee=committee, state__in=states).order_by("held_on")


def put_on_agenda(
    meeting: Meeting,
    record: Model,
    *,
    actor: Actor,
    title: str,
    parties: Sequence[str] = (),
    detail: str = "",
    purpose: str = Item.Purpose.DECIDE,
    applies_apa: bool = False,
    is_secret: bool = False,
) -> Item:
    """A new item about ``record``; by the meeting's secretary (``acts.Refused`` otherwise). ``parties``: names of persons and bodies
    that the item concerns, which attendees are compared with. ``applies_apa``: whoever has an interest must leave.
    """
    data = {
        "subject": title,
        "detail": detail,
        "item_purpose": purpose,
        "parties": list(parties),
        "applies_apa": applies_apa,
        "is_secret": is_secret,
        "about": record,
    }
    done = perform(AddItem, meeting, actor=actor, data=data)
    return done.result["item"]


def items_about(record: Model) -> QuerySet[Item]:
    """Every item about a record, newest meeting first."""
    found = Item.objects.filter(about_type=record_type(record), about_id=str(record.pk))
    return found.select_related("meeting__committee").order_by("-meeting__held_on", "-number")


def approval_of(record: Model, kind: str = "") -> Item | None:
    """The newest item that approved ``record``: carried with a quorum, everybody's interest answered, in certified minutes, and
    under no legal review. None: not (or no longer) approved. A later item that was lost takes an earlier approval back.
    """
    resolved = items_about(record).filter(state=Item.State.RESOLVED, meeting__state=Meeting.State.CERTIFIED)
    if kind:
        resolved = resolved.filter(meeting__committee__kind_id=kind)
    last: Any = resolved.first()
    return (
        last if last is not None and last.outcome == Item.Outcome.CARRIED and not last.legal_review else None
    )
