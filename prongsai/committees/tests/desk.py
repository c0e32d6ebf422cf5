"""What a person does at the office's pages, as a browser does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.urls import reverse

from prongsai.acts.declaration import record_type
from prongsai.committees.models import Attendance, Interest, Item, Meeting
from prongsai.registers import register_for

ClientOf = Callable[[str], Any]


def page(record: Any) -> str:
    return reverse("office:record", args=[register_for(record_type(record)).key, record.pk])  # type: ignore[union-attr]


def published(client: Any, key: str, english: bool = False, **query: str) -> Any:
    """The page of a public register as it is now: pages are kept for a moment."""
    cache.clear()
    address = reverse("portal:register", args=[key])
    return client.get(f"/en{address}" if english else address, query)


def ask(client: Any, act: str, record: Any) -> Any:
    return client.get(reverse("office:act", args=[f"committees.{act}", record.pk]))


def send(client: Any, act: str, record: Any, **data: Any) -> Any:
    """The act's form, from the version that is there now (or the ``version`` given)."""
    if record is None:
        return client.post(reverse("office:make", args=[f"committees.{act}"]), data)
    data.setdefault("version", type(record).objects.get(pk=record.pk).version)
    return client.post(reverse("office:act", args=[f"committees.{act}", record.pk]), data)


def do(client: Any, act: str, record: Any, **data: Any) -> None:
    answer = send(client, act, record, **data)
    assert answer.status_code == 303, f"{act}: {answer.status_code} {answer.content.decode()}"
    if record is not None:
        record.refresh_from_db()


def refused(client: Any, act: str, record: Any, *words: str, **data: Any) -> None:
    """The act is not done, and the page says why."""
    before = type(record).objects.filter(pk=record.pk).values().get()
    answer = send(client, act, record, **data)
    assert answer.status_code in (403, 409), f"{act}: {answer.status_code}"
    text = answer.content.decode()
    assert all(word in text for word in words), text
    assert type(record).objects.filter(pk=record.pk).values().get() == before


def statuses(meeting: Meeting, **by_body: str) -> dict[str, str]:
    """The attendance form: everybody came but those named by a part of their body's name."""
    rows = Attendance.objects.filter(meeting=meeting).select_related("seat")
    chosen = {
        row.pk: next((status for body, status in by_body.items() if body in row.seat.organisation), "came")
        for row in rows
    }
    return {f"status_{pk}": status for pk, status in chosen.items()}


def interest(item: Item, body: str) -> Interest:
    return Interest.objects.get(item=item, attendance__seat__organisation__contains=body)


def leave(client: Any, item: Item, body: str, at: str = "10.00") -> None:
    do(client, "declare_leave", interest(item, body), relation="เป็นผู้บริหารของหน่วยงานเจ้าของเรื่อง", left_at=at)


RESOLUTION = {"resolution": "เห็นชอบตามที่เสนอ", "ballot": "open", "casting": "", "ended_at": "10.45"}


def presided(item: Item) -> dict[str, Any]:
    """The chair of the meeting, as the form offers it."""
    seat = item.meeting.presiding_id
    return {"presided": Attendance.objects.get(meeting=item.meeting, seat_id=seat).pk}
