"""Who is in the room for an item, counted from attendance and declarations; and asking whoever must be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import QuerySet

from prongsai.committees.arithmetic import Room
from prongsai.committees.matching import Attendee, reasons
from prongsai.committees.models import Attendance, Interest, Item, Meeting, Seat
from prongsai.organisation.models import Person

# What a person has declared elsewhere (companies, associations): rooms above enter a source of names here.
InterestSource = Callable[[Person], Iterable[str]]
_sources: list[InterestSource] = []


def register_interests(source: InterestSource) -> None:
    """Called once, from ``AppConfig.ready`` of the room that holds declarations of interest."""
    if source not in _sources:
        _sources.append(source)


def room_of(item: Item) -> Room:
    """The room as it is now. Members are those invited: the seats in force when the meeting was called."""
    voting = Attendance.objects.filter(meeting_id=item.meeting_id).voting()  # type: ignore[attr-defined]
    present = set(voting.present().values_list("pk", flat=True))
    declared = dict(
        Interest.objects.filter(item=item, attendance__in=present, state__in=Interest.DECLARED).values_list(
            "attendance_id", "state"
        )
    )
    states = list(declared.values())
    return Room(
        members=voting.count(),
        present=len(present),
        left=states.count(Interest.State.LEFT),
        stayed=states.count(Interest.State.STAYED),
        share=item.meeting.committee.kind.share,
    )


def opening_room(meeting: Meeting) -> Room:
    """Before any item: who came."""
    voting = Attendance.objects.filter(meeting=meeting).voting()  # type: ignore[attr-defined]
    return Room(voting.count(), voting.present().count(), share=meeting.committee.kind.share)


def voters_of(item: Item) -> QuerySet[Attendance]:
    """Present, voting, and without a declared interest in the item."""
    present = Attendance.objects.filter(meeting_id=item.meeting_id).voting().present()  # type: ignore[attr-defined]
    recused = Interest.objects.filter(item=item, state__in=Interest.DECLARED).values("attendance_id")
    return present.exclude(pk__in=recused).select_related("seat").in_order()


def unanswered(item: Item) -> QuerySet[Interest]:
    """Prompts without an answer, of people who are in the room."""
    return Interest.objects.filter(
        item=item, state=Interest.State.ASKED, attendance__status__in=Attendance.PRESENT
    ).select_related("attendance__seat")


def ask(item: Item) -> list[Interest]:
    """Ask everybody in the room who has not been asked; returns the new prompts. In the caller's transaction."""
    asked = set(Interest.objects.filter(item=item).values_list("attendance_id", flat=True))
    room = Attendance.objects.filter(meeting_id=item.meeting_id).present()  # type: ignore[attr-defined]
    new = [
        Interest(
            item=item,
            attendance=attendance,
            agency_id=item.agency_id,
            province_id=item.province_id,
            state=Interest.State.ASKED,
            reasons=reasons(_attendee(attendance), item.parties),
            is_sample=item.is_sample,
        )
        for attendance in room.select_related("seat__person").in_order()
        if attendance.pk not in asked
    ]
    return Interest.objects.bulk_create(new)


def ask_latecomers(meeting: Meeting) -> None:
    """Whoever came in while an item was open is asked about it as well."""
    for item in meeting.items.filter(state__in=[Item.State.ASKING, Item.State.CONSIDERED]):  # type: ignore[attr-defined]
        ask(item)


def _attendee(attendance: Attendance) -> Attendee:
    seat: Seat = attendance.seat
    names, bodies = [seat.name, attendance.substitute_name], [seat.organisation]
    if seat.person is not None:
        names += [f"{seat.person.first_name} {former}" for former in seat.person.former_last_names]
        bodies += [body for source in _sources for body in source(seat.person)]
    return Attendee([name for name in names if name], bodies)
