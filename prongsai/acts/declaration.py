"""How an act and a duty are declared. Plain classes: a declaration should read like the regulation."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import Model
    from django.http import HttpRequest

    from prongsai.acts.models import Due
    from prongsai.notices import To
    from prongsai.organisation.actors import Actor


class Refused(Exception):
    """The act is not open to this person or this record. ``str()`` is the Thai sentence that says why not."""


class Stale(Refused):
    """Somebody else changed the record first (or the same button was pressed twice)."""

    def __init__(self) -> None:
        super().__init__("มีผู้ดำเนินการกับเรื่องนี้ก่อนท่าน โปรดตรวจสอบข้อมูลล่าสุดก่อนดำเนินการอีกครั้ง")


class ConfirmForm(forms.Form):
    """An act that asks nothing but a confirmation."""


@dataclass
class Step:
    """One act on its way: what ``apply`` gets, and what the road derives the rest from."""

    act: Act
    actor: Actor
    record: Any  # the record acted on; set by ``create`` for an act that makes it
    data: dict[str, Any]  # the form's cleaned data
    now: dt.datetime
    today: dt.date
    request: HttpRequest | None = None
    came_from: str | None = None  # state before
    content: dict[str, Any] = field(default_factory=dict)  # what the ledger entry says; never S3/S4 text
    clauses: list[str] = field(default_factory=list)  # practices that this very step is evidence for
    result: dict[str, Any] = field(default_factory=dict)  # what the caller may show


@dataclass(frozen=True)
class Owed:
    """Who owes a duty: a person, or whoever holds ``role`` (in ``agency_id``, or anywhere in the province).

    Also who hears its alarm; ``by_number`` False: only that a duty is late, not of which record.
    """

    role: str = ""
    agency_id: int | None = None
    person_id: int | None = None
    by_number: bool = True


class Level(enum.StrEnum):
    """How far the alarm of a duty has gone up the line."""

    SOON = "soon"  # some days before: whoever owes it
    LATE = "late"  # from the first day after the due date: also supervisor and head
    STILL_LATE = "still_late"  # nothing happened after the first alarm: vice governor, governor


class Duty:
    """A deadline. ``rule`` names the rule parameter that holds the number and unit (announcement or system default)."""

    title: ClassVar[str]
    title_en: ClassVar[str] = ""
    clause: ClassVar[str]  # the practice that it serves
    rule: ClassVar[str]
    record: ClassVar[Any]
    secrecy: ClassVar[str] = "S1"

    @classmethod
    def key(cls) -> str:
        return _key_of(cls)

    def starts_on(self, record: Any, today: dt.date) -> dt.date:
        """The day the clock starts; the day itself is never counted."""
        return today

    def owed_by(self, record: Any) -> Owed:
        raise NotImplementedError

    def label(self, record: Any) -> str:
        """What a list shows of the record: a number, never content."""
        return str(record)

    def alarm_recipients(self, due: Due, level: Level) -> list[Owed]:
        """Who hears the alarm of a level. When nobody is found there, the next level is asked.

        Of a secret matter only whoever owes it: a room that knows who may see its records says more.
        """
        owed = Owed(due.owed_role, due.agency_id, due.owed_person_id)
        if level == Level.SOON:
            return [owed]
        if self.secrecy not in ("S0", "S1"):
            return [owed] if level == Level.LATE else []
        return [owed, *superiors(due)] if level == Level.LATE else [executive(due)]


class Act:
    """A verb of the house: who may, from which state, with which form, to which state, under which clause."""

    title: ClassVar[str]  # the button, in Thai
    title_en: ClassVar[str] = ""
    record: ClassVar[Any]  # the model acted on
    clauses: ClassVar[Sequence[str]] = ()
    moves: ClassVar[
        dict[str | None, str]
    ] = {}  # from state → to state; None: makes the record; empty: no move
    form: ClassVar[type[forms.BaseForm]] = ConfirmForm
    meets: ClassVar[Sequence[type[Duty]]] = ()
    opens: ClassVar[Sequence[type[Duty]]] = ()
    cancels: ClassVar[Sequence[type[Duty]]] = ()
    # Whom to tell: persons, or roles (whoever holds them now, and when the mail goes out). Chosen now, not stored.
    tells: ClassVar[Sequence[Callable[[Step], Iterable[int | To]]]] = ()
    tells_text: ClassVar[str] = ""
    tells_of_duty: ClassVar[bool] = False  # they are to do something; so of every act that opens a duty
    secrecy: ClassVar[str] = "S1"
    # "office": a button for staff; "scan": a page that reads scans; "page": staff, on pages of the room's own;
    # "public": a citizen's; "system": the clock's
    face: ClassVar[str] = "office"
    page: ClassVar[str] = ""  # of an act that makes its record on pages of its own: the name of their address
    main: ClassVar[bool] = False  # the record page's first button
    grave: ClassVar[bool] = False  # shown as a warning button; needs a fresh proof of who is there
    proof: ClassVar[bool] = False  # needs that proof too, without being a warning
    needs_unlock: ClassVar[bool] = (
        False  # reads or re-seals what is sealed: the officer must have unlocked the key
    )
    leaves: ClassVar[bool] = False  # afterwards the record may be hidden from who did it
    done: ClassVar[str] = "บันทึกข้อมูลเรียบร้อยแล้ว"

    @classmethod
    def key(cls) -> str:
        """``complaints.accept``: how the ledger and the addresses name this act."""
        return _key_of(cls)

    @classmethod
    def needs_proof(cls) -> bool:
        """Whether the person is asked again who is there (``signin.sudo``) unless that is fresh."""
        return cls.grave or cls.proof

    def by(self, actor: Actor, record: Any) -> str | None:
        """None when this person may; else the formal Thai sentence that says why not."""
        raise NotImplementedError

    def ready(self, actor: Actor, record: Any) -> str | None:
        """None when the record allows it (beyond its state); else why not."""
        return None

    def make_form(self, *args: Any, actor: Actor, record: Any, **kwargs: Any) -> forms.BaseForm:
        """The form, bound or not. Override to give it choices that depend on the record."""
        return self.form(*args, **kwargs)

    def target(self, state: str | None, step: Step) -> str | None:
        """The state after. None: the state stays."""
        return self.moves.get(state)

    def create(self, step: Step) -> Any:
        """For an act that makes its record: build it, return it. Save it here, or in ``register``."""
        raise NotImplementedError

    def register(self, step: Step) -> None:
        """For an act that makes its record: give it a running number and save it.

        The number's counter is locked from here to the commit, and everybody else waits: do nothing here that can be
        done in ``create``.
        """

    def sets(self, step: Step) -> dict[str, Any]:
        """Columns of the record that change in the same UPDATE as its state."""
        return {}

    def apply(self, step: Step) -> None:
        """What else changes, in the same transaction, after the guard. May fill ``step.content`` and ``step.clauses``."""


def superiors(due: Due, *, by_number: bool = True) -> list[Owed]:
    """The supervisor (by the staff list) of the person who owes the duty, and the head of the agency that does."""
    found = [Owed("head_agency", due.agency_id, by_number=by_number)] if due.agency_id else []
    above = due.owed_person.supervisor_id if due.owed_person else None
    return [*found, Owed(person_id=above, by_number=by_number)] if above else found


def executive(due: Due, *, by_number: bool = True) -> Owed:
    """The vice governor in charge of the agency, or of the one that it belongs to; where there is none, the governor."""
    from prongsai.organisation.holders import holders

    agency = due.agency if due.owed_role not in ("vice_governor", "governor") else None
    while agency is not None:
        if holders("vice_governor", due.province, agency_id=agency.pk, clause=due.practice).exists():
            return Owed("vice_governor", agency.pk, by_number=by_number)
        agency = agency.parent
    return Owed("governor", by_number=by_number)


@cache
def _key_of(declaration: type) -> str:
    """``complaints.accept``: the room, and the name of the class."""
    return f"{declaration.__module__.split('.')[1]}.{_snake(declaration.__name__)}"


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


def record_type(model_or_record: Model | type[Model]) -> str:
    """``complaints.case``: how duties, notices and the ledger name a record's model."""
    return model_or_record._meta.label_lower
