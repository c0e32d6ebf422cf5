"""Telling people something, and reading what one was told."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from prongsai.notices.addressing import To, barred
from prongsai.notices.models import Mailing, Notice
from prongsai.notices.waking import wake_after_commit
from prongsai.organisation.models import Person
from prongsai.organisation.periods import today

Recipients = Iterable[int] | Callable[[], Iterable[int]]
Chosen = dict[int, To | None]  # person → the role by which, if any

# By hand, because every act of every officer comes through here: Django builds a statement with a parameter for each of
# eighteen columns of each row.
INSERT = """
INSERT INTO notices_notice (text, number, url, kind, record_type, record_id, is_duty, batch, told_by_id, mailing,
                            created_at, recipient_id, clause, role, role_agency_id)
SELECT %s, %s, %s, %s, %s, %s, %s, %s, %s::bigint, %s, %s, *
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[]) AS told (person, clause, role, agency)
WHERE person IN ({reachable}) ORDER BY person
"""


def choose(
    person_ids: Recipients = (),
    to: Iterable[To] = (),
    record: tuple[str, str] | None = None,
    except_for: Collection[int] = (),
) -> Chosen:
    """Who is to be told of ``record``: persons, and holders of roles as of now, without those barred from it.

    For a caller that must look before it may not wait any more, and then calls ``put``; others leave both to ``tell``.
    """
    wanted: Chosen = {}
    for one in to:
        wanted |= dict.fromkeys(one.people(), one)
    wanted |= dict.fromkeys(person_ids() if callable(person_ids) else person_ids)
    if record:
        except_for = {
            *except_for,
            *(person for _id, person in barred(record[0], {str(record[1])}, wanted.keys())),
        }
    return {pk: wanted[pk] for pk in sorted(wanted.keys() - set(except_for))}


def tell(
    *,
    person_ids: Recipients = (),
    to: Iterable[To] = (),
    record: tuple[str, str] | None = None,
    except_for: Collection[int] = (),
    **told: Any,
) -> int:
    """Put a text into the inbox of each person once, and on the way into a mail; returns how many were told.

    ``person_ids`` may be a function: who is told is found now, not when the matter began. ``to`` are roles: whoever
    holds them now, and again whoever holds them when the mail goes out. Whoever has left, whose account is closed, or who
    is barred from the record, is not told. ``told``: as for ``put``. Runs in the caller's transaction.
    """
    written = put(choose(person_ids, to, record, except_for), record=record, **told)
    return written.rowcount if written else 0


def put(
    chosen: Chosen,
    *,
    text: str,
    number: str = "",
    url: str = "",
    record: tuple[str, str] | None = None,
    clause: str = "",
    kind: str = "",
    is_duty: bool = False,
    told_by: int | None = None,
    mail: bool = True,
) -> CursorWrapper | None:
    """As ``tell``, for whom ``choose`` has found. The ``rowcount`` of what it returns says how many were told; who does
    not ask does not wait for it (``send_together``).

    ``text`` names the ``record`` by its number and holds nothing of its content; the mail says only ``number``.
    ``is_duty``: something is owed, so that no setting silences it. ``told_by`` is who did what is told: not told of it,
    but of a mail that cannot be delivered. Without a mail server nothing is queued (``mail_health``).
    """
    told = [pk for pk in chosen if pk != told_by]
    if not told:
        return None
    record_type, record_id = (record[0], str(record[1])) if record else ("", "")
    mailing = Mailing.WAITING if mail and settings.SMTP_URL else Mailing.NONE
    by_role = [chosen[pk] for pk in told]
    same = (text, number, url, kind, record_type, record_id, is_duty, uuid.uuid4(), told_by, mailing.value)
    insert, on = _insert_statement(today())
    cursor = connection.cursor()
    cursor.execute(
        insert,
        [
            *(*same, timezone.now(), told),
            [role.clause if role else clause for role in by_role],
            [role.role if role else "" for role in by_role],
            [role.agency_id if role else None for role in by_role],
            *on,
        ],
    )
    if mailing == Mailing.WAITING:
        wake_after_commit("deliver_mail")
    return cursor


@lru_cache(maxsize=1)
def _insert_statement(on: dt.date) -> tuple[str, tuple[Any, ...]]:
    """The statement for a day, with those whom ``reachable`` names on it, and the parameters of that part."""
    reachable, parameters = Person.objects.reachable(on).order_by().values("pk").query.sql_with_params()
    return INSERT.format(reachable=reachable), parameters


def withdraw(record_ids: Collection[Any], person_ids: Collection[int]) -> int:
    """Take what these people were told of these records out of their inboxes, and what waits for a mail; how many.

    For people who must not know of a record any more. A mail that has gone out cannot be called back.
    """
    of_records = Notice.objects.filter(record_id__in=[str(pk) for pk in record_ids])
    return of_records.filter(recipient_id__in=person_ids).delete()[0]


def unread_count(person: Person) -> int:
    return Notice.objects.of(person.pk).unread().count()


def mark_read(person: Person, notice_ids: Iterable[int] | None = None) -> int:
    """Mark the person's own notices as read (by default all); returns how many were unread."""
    unread = Notice.objects.of(person.pk).unread()
    if notice_ids is not None:
        unread = unread.filter(pk__in=list(notice_ids))
    return unread.update(read_at=timezone.now())
