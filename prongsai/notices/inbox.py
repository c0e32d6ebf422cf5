"""Telling people something, and reading what one was told."""

from collections.abc import Callable, Iterable

from django.utils import timezone

from prongsai.notices.models import Notice
from prongsai.organisation.models import Person

Recipients = Iterable[int] | Callable[[], Iterable[int]]


def tell(
    *,
    person_ids: Recipients,
    text: str,
    url: str = "",
    record: tuple[str, str] | None = None,
    clause: str = "",
    kind: str = "",
) -> int:
    """Put ``text`` into the inbox of each person once; returns how many were told.

    ``person_ids`` may be a function: who is told is found now, not when the matter began. Whoever has left, or whose
    account is closed, is not told. ``text`` names the record by its number and holds nothing of its content.
    Runs in the caller's transaction.
    """
    wanted = set(person_ids() if callable(person_ids) else person_ids)
    reachable = Person.objects.reachable().filter(pk__in=wanted).order_by("pk").values_list("pk", flat=True)
    record_type, record_id = record or ("", "")
    notices = [
        Notice(
            recipient_id=pk,
            text=text,
            url=url,
            kind=kind,
            clause=clause,
            record_type=record_type,
            record_id=str(record_id),
        )
        for pk in reachable
    ]
    Notice.objects.bulk_create(notices)
    return len(notices)


def unread_count(person: Person) -> int:
    return Notice.objects.of(person.pk).unread().count()


def mark_read(person: Person, notice_ids: Iterable[int] | None = None) -> int:
    """Mark the person's own notices as read (by default all); returns how many were unread."""
    unread = Notice.objects.of(person.pk).unread()
    if notice_ids is not None:
        unread = unread.filter(pk__in=list(notice_ids))
    return unread.update(read_at=timezone.now())
