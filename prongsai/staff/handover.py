"""What a leaving person still holds, and to whom it goes. The rooms above say what they know (``register``).

Nothing of history changes: what was done stays with the name and post of that day. Only what is still open moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Exists, OuterRef
from django.utils import timezone

from prongsai.acts.models import Due
from prongsai.organisation.models import Person
from prongsai.sealed.models import PERSON, Grant

OPEN = ("S0", "S1")  # what may be named to whoever orders a departure


class Holding(Protocol):
    """One kind of open matter that has a person's name on it."""

    title: str  # Thai, neutral: whoever orders a departure may not see the matters themselves

    def count(self, person: Person) -> int: ...

    def hand_over(self, person: Person, successor: Person) -> int:
        """Give every open matter of the person to somebody who may have it; ``successor`` first. Never leaves one."""
        ...


_holdings: list[Holding] = []


def register(holding: Holding) -> None:
    """Called once, from ``AppConfig.ready`` of the room that keeps the matters."""
    _holdings.append(holding)


@dataclass(frozen=True)
class Held:
    """What a person holds today."""

    duties: list[Due]  # open ones that may be named
    secret_duties: int
    matters: list[tuple[str, int]]
    subordinates: int
    sole_keys: int  # sealed matters that nobody else can open, recovery keys aside

    @property
    def is_empty(self) -> bool:
        return not (
            self.duties or self.secret_duties or self.subordinates or any(n for _t, n in self.matters)
        )


def held_by(person: Person) -> Held:
    dues = Due.objects.open().filter(owed_person=person).order_by("due_on", "pk")
    return Held(
        duties=[due for due in dues if due.secrecy in OPEN],
        secret_duties=sum(due.secrecy not in OPEN for due in dues),
        matters=[(holding.title, holding.count(person)) for holding in _holdings],
        subordinates=person.subordinates.in_service().count(),
        sole_keys=sole_keys(person),
    )


def sole_keys(person: Person) -> int:
    """Envelopes of which no other active person holds the same key or share."""
    mine = Grant.objects.filter(keyholder__person=person, keyholder__retired_at=None, expires_at=None)
    others = Grant.objects.filter(
        share=OuterRef("share"),
        envelope=OuterRef("envelope"),
        keyholder__kind=PERSON,
        keyholder__retired_at=None,
        expires_at=None,
    ).exclude(keyholder=OuterRef("keyholder"))
    return mine.filter(~Exists(others)).count()


def hand_over(person: Person, successor: Person) -> dict[str, int]:
    """Give away everything that ``person`` holds. Returns how much of what, for the record. In the caller's transaction."""
    given = {holding.title: holding.hand_over(person, successor) for holding in _holdings}
    given["กำหนดเวลาอื่น"] = _give_duties(person, successor)
    given["ผู้ใต้บังคับบัญชา"] = _give_subordinates(person, successor)
    return {title: count for title, count in given.items() if count}


def _give_duties(person: Person, successor: Person) -> int:
    """The rest of the duties: by name to the successor; what is secret goes back to the role that owes it."""
    dues = Due.objects.open().filter(owed_person=person)
    secret = dues.exclude(secrecy__in=OPEN).exclude(owed_role="").update(owed_person=None)
    return secret + dues.update(owed_person=successor)


def _give_subordinates(person: Person, successor: Person) -> int:
    """Led by the successor from now on; whoever leads the successor, and the successor, by the leaver's own superior."""
    above_successor = set(_chain(successor))
    subordinates = person.subordinates.in_service(timezone.localdate())
    moved = 0
    for subordinate in subordinates:
        to = person.supervisor_id if subordinate.pk in above_successor else successor.pk
        moved += Person.objects.filter(pk=subordinate.pk).update(supervisor=to)
    return moved


def _chain(person: Person) -> Iterable[int]:
    """The person and everybody above, upwards."""
    step: Person | None = person
    while step is not None:
        yield step.pk
        step = step.supervisor
