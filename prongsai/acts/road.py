"""The road itself: may this person? → does the record allow it? → change → ledger → duties → notices; all or nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone

from prongsai import ledger, notices
from prongsai.acts import duties
from prongsai.acts.declaration import Act, Refused, Stale, Step, record_type
from prongsai.acts.registry import act_of, acts_for

if TYPE_CHECKING:
    from django.http import HttpRequest

    from prongsai.organisation.actors import Actor


@dataclass
class Done:
    """What came of an act."""

    record: Any
    entry: ledger.Appended
    message: str
    result: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """An act beside a record: open to this person, or closed with the reason."""

    act: Act
    why_not: str = ""

    @property
    def is_open(self) -> bool:
        return not self.why_not


def open_to(actor: Actor, record: Any, *, face: str = "office") -> list[Offer]:
    """The acts that the record's state allows, each open to ``actor`` or closed with the reason; main ones first."""
    offers = [
        Offer(act, act.by(actor, record) or act.ready(actor, record) or "")
        for act in acts_for(type(record))
        if act.face == face and _state_allows(act, record)
    ]
    return sorted(offers, key=lambda o: (not o.is_open, not o.act.main, o.act.grave))


def _state_allows(act: Act, record: Any) -> bool:
    return None not in act.moves and (not act.moves or record.state in act.moves)


def perform(
    declared: type[Act],
    record: Any,
    *,
    actor: Actor,
    data: dict[str, Any] | None = None,
    version: int | None = None,
    request: HttpRequest | None = None,
    at: dt.datetime | None = None,
) -> Done:
    """Do one act. ``record`` is None for an act that makes its record; ``version`` is what the person saw.

    ``at``: when it was done, for what is entered afterwards; the ledger's own time stays that of the entry.

    Raises Refused (with the Thai sentence why not) or Stale. Nothing is changed unless all of it is.
    """
    act = act_of(declared.key())
    _check(act, actor, record, version)
    now = at or timezone.now()
    step = Step(act, actor, record, data or {}, now, timezone.localdate(now), request)
    with transaction.atomic():
        if record is None:
            step.record = act.create(step)
        else:
            step.came_from = record.state
            _guard(act, step)
        act.apply(step)
        due, told = duties.planned(act.opens, step), _recipients(step)
        if record is None:
            act.register(step)
        entry = _enter(step)
        duties.meet(act.meets, step)
        duties.cancel(act.cancels, step)
        duties.write(due, step)
        _tell(step, told)
    return Done(step.record, entry, act.done, step.result)


def _check(act: Act, actor: Actor, record: Any, version: int | None) -> None:
    why_not = act.by(actor, record) or (act.ready(actor, record) if record is not None else None)
    if record is not None and why_not is None:
        if version is not None and version != record.version:
            raise Stale
        if not _state_allows(act, record):
            raise Stale
    if why_not:
        if act.secrecy >= "S3" and record is not None and actor.person is not None:
            ledger.record_refusal(
                kind=f"{act.key()}.refused",
                actor_id=actor.person.pk,
                actor_label=actor.label,
                subject=(record_type(record), str(record.pk)),
                province=record.province_id,
                secrecy=act.secrecy,
                content={"why": why_not},
            )
        raise Refused(why_not)


def _guard(act: Act, step: Step) -> None:
    """Move the row only if it still is as the person saw it: two clicks, two tabs, two officers give one result."""
    record = step.record
    changes = {
        **act.sets(step),
        "state": act.target(record.state, step) or record.state,
        "changed_at": step.now,
    }
    moved = (
        type(record)
        ._base_manager.filter(pk=record.pk, state=record.state, version=record.version)
        .update(version=models.F("version") + 1, **changes)
    )
    if not moved:
        raise Stale
    record.version += 1
    for name, value in changes.items():
        setattr(record, name, value)


def _enter(step: Step) -> ledger.Appended:
    record, act = step.record, step.act
    content = {"from": step.came_from, "to": record.state, **step.content}
    return ledger.append(
        kind=act.key(),
        actor_id=step.actor.person.pk if step.actor.person else None,
        actor_label=step.actor.label,
        subject=(record_type(record), str(record.pk)),
        clauses=sorted({*act.clauses, *step.clauses}),
        province=record.province_id,
        agency_id=getattr(record, "agency_id", None),
        secrecy=act.secrecy,
        content=content,
    )


def _recipients(step: Step) -> dict[int, Any]:
    found = {one for chooser in step.act.tells for one in chooser(step)}
    return notices.choose(
        [one for one in found if isinstance(one, int)],
        [one for one in found if isinstance(one, notices.To)],
        record=(record_type(step.record), str(step.record.pk)),
    )


def _tell(step: Step, chosen: dict[int, Any]) -> None:
    if chosen:
        notices.put(
            chosen,
            text=f"{step.act.tells_text or step.act.title} {step.record}",
            number=str(step.record)[:80],
            record=(record_type(step.record), str(step.record.pk)),
            kind=step.act.key(),
            is_duty=step.act.tells_of_duty or bool(step.act.opens),
            told_by=step.actor.person.pk if step.actor.person else None,
        )
