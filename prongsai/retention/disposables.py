"""What the measures say of records that end: which are due, what would go, how they go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone

from prongsai.acts.declaration import record_type
from prongsai.acts.rules import rule
from prongsai.notices.addressing import barred

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from prongsai.organisation.actors import Actor
    from prongsai.organisation.models import Province


class Disposable:
    """One kind of record that is destroyed after a time. A measure declares it once.

    The period counts from the last thing that happened to a record (``changed_at``), by the rule in force today: a new
    message puts it off, and a changed rule applies to old records too. Nothing about it is stored in the record.
    """

    record: ClassVar[Any]
    title: ClassVar[str]
    rule: ClassVar[str]  # the rule parameter, in years
    audience: ClassVar[tuple[str, ...]]  # roles that see the lists, and hand them in

    @classmethod
    def key(cls) -> str:
        return record_type(cls.record)

    def ended(self, province: Province) -> QuerySet:
        """The records of the province that nothing more is owed on and that still have content."""
        raise NotImplementedError

    def contents(self, record: Any) -> dict[str, int]:
        """What would go, by its Thai name: the dry run and the destruction itself count by this."""
        raise NotImplementedError

    def destroy(self, record: Any, *, by: str) -> None:
        """Take the content out for good, in the caller's transaction. The row stays, and says that it is empty."""
        raise NotImplementedError

    def due_on(self, record: Any, today: dt.date) -> dt.date:
        """The day from which the record may be destroyed."""
        period = rule(record.province_id, self.rule, today)
        return period.due(timezone.localdate(record.changed_at), record.province)

    def may_hand_in(self, actor: Actor) -> bool:
        return any(actor.has(role) for role in self.audience)


def hidden_from(actor: Actor, record_type_: str, record_ids: Collection[str]) -> set[str]:
    """Of these records, those that the actor may never know of; by the same rule as who is never told of them."""
    people = [] if actor.person_id is None else [actor.person_id]
    return {record for record, _person in barred(record_type_, record_ids, people)}


_disposables: dict[str, Disposable] = {}


def register(declared: type[Disposable]) -> None:
    """Called once, from ``AppConfig.ready`` of the measure."""
    _disposables[declared.key()] = declared()


def disposable(record_type_: str) -> Disposable:
    return _disposables[record_type_]


def all_disposables() -> list[Disposable]:
    return list(_disposables.values())
