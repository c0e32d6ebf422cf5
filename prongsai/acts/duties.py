"""Duties opened, met, cancelled and computed again when the calendar changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from prongsai.acts.declaration import Duty, Step, record_type
from prongsai.acts.models import Due
from prongsai.acts.registry import duty_of
from prongsai.acts.rows import insert
from prongsai.acts.rules import rule


def open_duties(declared: Iterable[type[Duty]], step: Step) -> None:
    write(planned(declared, step), step)


def planned(declared: Iterable[type[Duty]], step: Step) -> list[Due]:
    """The rows of duties about to open: all but what the record is called, which it may not know yet."""
    return [_row(duty_of(d.key()), step.record, step.today) for d in declared]


def write(rows: list[Due], step: Step) -> None:
    for row in rows:
        row.record_label = duty_of(row.duty).label(step.record)
        insert(row, reads_id=False)


def _row(duty: Duty, record: Any, today: dt.date) -> Due:
    start = duty.starts_on(record, today)
    period = rule(record.province_id, duty.rule, today)
    due = period.due(start, record.province)
    owed = duty.owed_by(record)
    return Due(
        duty=duty.key(),
        record_type=record_type(record),
        record_id=record.pk,
        practice=duty.clause,
        secrecy=duty.secrecy,
        province_id=record.province_id,
        agency_id=owed.agency_id,
        owed_role=owed.role,
        owed_person_id=owed.person_id,
        started_on=start,
        original_due_on=due,
        due_on=due,
        rule_text=period.text,
        is_default=period.is_default,
    )


def meet(declared: Iterable[type[Duty]], step: Step) -> None:
    keys = [d.key() for d in declared]
    if keys:
        _open(step, keys).update(met_at=step.now, met_on=step.today, met_by=step.act.key())


def cancel(declared: Iterable[type[Duty]], step: Step) -> None:
    keys = [d.key() for d in declared]
    if keys:
        _open(step, keys).update(cancelled_at=step.now)


def _open(step: Step, keys: list[str]):
    return Due.objects.open().filter(
        record_type=record_type(step.record), record_id=step.record.pk, duty__in=keys
    )


def recompute(province: Any) -> int:
    """Compute the due dates of open duties again after a holiday changed. Returns how many moved.

    The original date is kept beside the new one. A duty that was already late when the day was added moves like any
    other: it counts as in time only if the new date has not passed (AT-M4-03).
    """
    moved = 0
    for due in Due.objects.open().filter(province=province):
        period = rule(province.code, duty_of(due.duty).rule, due.started_on)
        again = period.due(due.started_on, province)
        if again != due.due_on:
            moved += Due.objects.filter(pk=due.pk, due_on=due.due_on).update(due_on=again)
    return moved


def today() -> dt.date:
    """The calendar day in Bangkok."""
    return timezone.localdate()
