"""Who is told: persons, or whoever holds a role at that moment; never somebody barred from the record.

Asked twice: when a notice enters the inbox, and again when its mail goes out. In between a night, a tenure or an acting
order may have ended (G42).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from prongsai.notices.models import Notice
from prongsai.organisation.holders import holders
from prongsai.organisation.models import Person, Province

Pair = tuple[str, int]  # a record's id and a person's
Barred = Callable[[Collection[str], Collection[int]], set[Pair]]

_bars: dict[str, Barred] = {}


@dataclass(frozen=True)
class To:
    """Whoever holds ``role`` (for ``agency_id``; without one, anywhere in the province), also by an acting order.

    ``clause``: an acting order that is limited to some measures counts only within them.
    """

    role: str
    province: Province
    agency_id: int | None = None
    clause: str = ""

    def people(self) -> list[int]:
        found = holders(self.role, self.province, agency_id=self.agency_id, clause=self.clause)
        return list(found.reachable().order_by("pk").values_list("pk", flat=True))


def bar(record_type: str, barred: Barred) -> None:
    """Let a room say who must never be told of its records. ``barred(record_ids, person_ids)`` gives such pairs."""
    _bars[record_type] = barred


def barred(record_type: str, record_ids: Collection[str], person_ids: Collection[int]) -> set[Pair]:
    asked = _bars.get(record_type)
    return asked(record_ids, person_ids) if asked and record_ids and person_ids else set()


def no_longer_right(notices: Iterable[Notice]) -> set[int]:
    """Of notices on their way: the ids of those whose recipient is not to get them any more."""
    found = list(notices)
    reachable = set(
        Person.objects.reachable().filter(pk__in={n.recipient_id for n in found}).values_list("pk", flat=True)
    )
    wrong = {n.pk for n in found if n.recipient_id not in reachable}
    by_type: dict[str, list[Notice]] = defaultdict(list)
    by_role: dict[To, list[Notice]] = defaultdict(list)
    for notice in found:
        by_type[notice.record_type].append(notice)
        if notice.role:
            by_role[role_of(notice)].append(notice)
    for record_type, told in by_type.items():
        pairs = barred(record_type, {n.record_id for n in told}, {n.recipient_id for n in told})
        wrong |= {n.pk for n in told if (n.record_id, n.recipient_id) in pairs}
    for to, told in by_role.items():
        holding = set(to.people())
        wrong |= {n.pk for n in told if n.recipient_id not in holding}
    return wrong


def role_of(notice: Notice) -> To:
    """Whom a notice to a role is for. Needs ``recipient__province``."""
    return To(notice.role, notice.recipient.province, notice.role_agency_id, notice.clause)
