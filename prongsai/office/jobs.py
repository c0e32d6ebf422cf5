"""What waits for a person: duties owed, and records whose next step is open. Everything through the registers' doors."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from prongsai.acts import Act, open_to
from prongsai.acts.declaration import record_type
from prongsai.acts.models import Due
from prongsai.acts.registry import acts_for
from prongsai.compliance.office_registers import Duties
from prongsai.compliance.standing import SOON
from prongsai.office.access import seen_records
from prongsai.office.addresses import act_url, record_url
from prongsai.organisation.actors import Actor, Held
from prongsai.registers import Register, all_registers
from prongsai.ui.parts import Task

LONGEST = 25  # rows of one list; the register of deadlines has them all
AT_A_TIME = 100


@dataclass
class Desk:
    overdue: list[Task] = field(default_factory=list)
    soon: list[Task] = field(default_factory=list)
    later: list[Task] = field(default_factory=list)
    next_up: Due | None = None  # what comes next, whoever owes it

    @property
    def count(self) -> int:
        return len(self.overdue) + len(self.soon) + len(self.later)

    @property
    def next_task(self) -> Task | None:
        """The person's own next dated task after today's lists."""
        return next((task for task in (*self.soon, *self.later) if task.due), None)


def desk_of(actor: Actor) -> Desk:
    today = timezone.localdate()
    owed = Due.objects.open().filter(owed_to(actor), province=actor.province).order_by("due_on", "pk")
    edge = today + SOON
    return Desk(
        overdue=_first(_tasks(actor, owed.filter(due_on__lt=today))),
        soon=_first(_tasks(actor, owed.filter(due_on__gte=today, due_on__lte=edge))),
        later=_first([*_first(_tasks(actor, owed.filter(due_on__gt=edge))), *_undated(actor)]),
        next_up=_next_up(actor, today),
    )


def owed_to(actor: Actor) -> Q:
    """Duties that name the person, or a role that the person holds today (for that agency, within an acting order)."""
    owed = Q(owed_person=actor.person)
    for held in actor.roles:
        owed |= Q(owed_person=None, owed_role=held.role) & _covered(held)
    return owed


def _covered(held: Held) -> Q:
    covered = Q() if held.agency_id is None else Q(agency=None) | Q(agency_id=held.agency_id)
    if held.measures:
        within = Q(pk__in=[])
        for measure in held.measures:
            within |= Q(practice=measure) | Q(practice__startswith=f"{measure}.")
        covered &= within
    return covered


def _first(tasks: Iterable[Task]) -> list[Task]:
    return list(islice(tasks, LONGEST))


def _tasks(actor: Actor, owed: QuerySet[Due]) -> Iterator[Task]:
    """A task per duty, lazily: whether a step is open is only asked for as many as a list shows."""
    start = 0
    while batch := list(owed[start : start + AT_A_TIME]):
        start += AT_A_TIME
        wanted: dict[str, set[str]] = defaultdict(set)
        for due in batch:
            wanted[due.record_type].add(str(due.record_id))
        seen = seen_records(actor, wanted)
        for due in batch:
            record = seen.get((due.record_type, str(due.record_id)))
            if record is not None and (task := _task(actor, due, record)):
                yield task


def _task(actor: Actor, due: Due, record: Any) -> Task | None:
    """None when the duty is somebody else's after all: e.g. the one who proposed may not be the second person."""
    meeting = [
        a for a in acts_for(type(record)) if due.duty in {d.key() for d in a.meets} and _fits(a, record)
    ]
    if meeting and all(act.by(actor, record) for act in meeting):
        return None
    step = _step(actor, record, meeting)
    url = record_url(due.record_type, due.record_id)
    return Task(due.title, url, due.record_label, due.due_on, *_verb(step, record))


def _fits(act: Act, record: Any) -> bool:
    return act.face == "office" and (not act.moves or record.state in act.moves)


def _step(actor: Actor, record: Any, meeting: list[Act]) -> Act | None:
    """The step to offer: the one that meets the duty, or, while the record is not ready for it, the one before."""
    ready = [act for act in meeting if not (act.by(actor, record) or act.ready(actor, record))]
    if ready:
        return min(ready, key=lambda act: (not act.main, act.grave))
    return next(
        (offer.act for offer in open_to(actor, record) if offer.is_open and not offer.act.grave), None
    )


def _verb(act: Act | None, record: Any) -> tuple[str, str]:
    return (act.title, act_url(act, record)) if act else ("เปิดเรื่อง", "")


def _undated(actor: Actor) -> Iterator[Task]:
    """Records without a running deadline whose next step (a ``main`` act) is open to this person."""
    for register in all_registers():
        if not register.has_record_page or not register.may_see(actor):
            continue
        for record in _candidates(register, actor):
            main = next((o.act for o in open_to(actor, record) if o.is_open and o.act.main), None)
            if main:
                kind = record_type(record)
                yield Task(main.title, record_url(kind, record.pk), str(record), None, *_verb(main, record))


def _candidates(register: Register, actor: Actor) -> Iterable[Any]:
    states = {
        state for act in acts_for(register.model) if act.main and act.face == "office" for state in act.moves
    }
    if not states - {None}:
        return ()
    running = Due.objects.open().filter(record_id=OuterRef("pk"))
    rows = register.rows(actor).filter(state__in=states - {None})
    return rows.exclude(Exists(running)).order_by("changed_at")[: 2 * LONGEST]


def _next_up(actor: Actor, today: dt.date) -> Due | None:
    coming = Duties().rows(actor).open().filter(due_on__gte=today)
    return coming.order_by("due_on", "pk").first()
