"""Who is asking: one object for every permission question.

An actor's roles are those of one day: roles assigned, posts held by tenure, posts acted for by order, and what the
staff list itself says (officer, supervisor). Building an actor of a person takes one query.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple, TypeVar

from django.db import connection
from django.utils.translation import override

from prongsai.organisation.models import ActingAppointment, Agency, Person, Province
from prongsai.organisation.models.agencies import ROLE_OF_POST
from prongsai.organisation.periods import today
from prongsai.organisation.roles import Role

Kind = Literal["anonymous", "tracker", "staff", "system"]
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Held:
    """A role held today. ``agency_id`` None: in the whole province.

    ``acting_for``: "รักษาราชการแทน…" with the post, empty for one's own role. ``measures``: the acting order covers only
    these measures or clauses (``("M5",)``); empty: everything.
    """

    role: str
    agency_id: int | None = None
    acting_for: str = ""
    order_no: str = ""
    measures: tuple[str, ...] = ()

    def covers(self, role: str, agency_id: int | None, clause: str | None) -> bool:
        if self.role != role:
            return False
        if agency_id is not None and self.agency_id not in (None, agency_id):
            return False
        return not self.measures or (clause is not None and any(_within(clause, m) for m in self.measures))


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody (or the system itself) at work today.

    ``label`` is the snapshot that records keep; it is Thai whatever language the page is shown in.
    """

    kind: Kind
    province: Province | None
    person: Person | None = None
    roles: frozenset[Held] = frozenset()
    label: str = ""
    record_key: str = ""
    _found: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def anonymous(cls, province: Province | None) -> "Actor":
        return cls("anonymous", province, label="ประชาชน")

    @classmethod
    def tracker(cls, province: Province | None, record_key: str) -> "Actor":
        """Somebody who showed the tracking code of the record ``record_key``."""
        return cls("tracker", province, label="ผู้แจ้งเรื่อง", record_key=record_key)

    @classmethod
    def system(cls, province: Province | None) -> "Actor":
        return cls("system", province, label="ระบบ")

    @classmethod
    def of(cls, person: Person, on: date | None = None) -> "Actor":
        """The actor of a person on a day (by default today). Somebody not in service holds no role."""
        day = on or today()
        if not person.is_in_service(day):
            return cls("staff", person.province, person, label=_label(person, []))
        posts, roles, supervises = _held(person, day)
        if any(held.role == Role.SYSTEM_ADMIN for held in roles):
            # §2.1: the administrator sees no business content, whatever else was recorded about him.
            admin = frozenset(held for held in roles if held.role == Role.SYSTEM_ADMIN)
            return cls("staff", person.province, person, admin, _label(person, posts))
        roles |= _of_the_staff_list(person, supervises=supervises)
        for post in posts:
            roles |= post.roles()
        return cls("staff", person.province, person, frozenset(roles), _label(person, posts))

    @property
    def agency(self) -> Agency | None:
        return self.person.agency if self.person else None

    @property
    def agency_id(self) -> int | None:
        return self.person.agency_id if self.person else None

    @property
    def person_id(self) -> int | None:
        return self.person.pk if self.person else None

    def held(self, role: str, agency_id: int | None = None, clause: str | None = None) -> list[Held]:
        """The ways in which the actor holds a role; one's own first, then those by an acting order."""
        found = [held for held in self.roles if held.covers(role, agency_id, clause)]
        return sorted(found, key=lambda held: (bool(held.acting_for), held.agency_id or 0, held.order_no))

    def has(self, role: str, agency_id: int | None = None, clause: str | None = None) -> bool:
        """Whether the actor holds the role: anywhere in the province, or (with ``agency_id``) for that agency.

        A role held for the whole province holds for every agency. Acting by an order that is limited to some
        measures counts only when the question names a ``clause`` within them.
        """
        return any(held.covers(role, agency_id, clause) for held in self.roles)

    def agencies(self, role: str, clause: str | None = None) -> set[int] | None:
        """The ids of the agencies for which the actor holds the role; None means every agency of the province."""
        ids = {held.agency_id for held in self.held(role, clause=clause)}
        return None if None in ids else {i for i in ids if i is not None}

    def once(self, question: str, find: Callable[[], Answer]) -> Answer:
        """The answer to a question about this person, found once: an actor lives as long as one request.

        For what the menu of a page asks of many registers. What an act decides by is asked anew.
        """
        if question not in self._found:
            self._found[question] = find()
        return self._found[question]

    def acting_note(self, role: str, agency_id: int | None = None, clause: str | None = None) -> str:
        """ "รักษาราชการแทน… ตามคำสั่งที่ …" when the role comes from an acting order, otherwise ""."""
        held = self.held(role, agency_id, clause)
        if not held or not held[0].acting_for:
            return ""
        return f"{held[0].acting_for} ตามคำสั่งที่ {held[0].order_no}"


class _PostRow(NamedTuple):
    """A post that a person holds or acts for on a day; ``acting`` is empty for a holder."""

    kind: str
    agency_id: int
    title: str
    acting: str
    order_no: str
    measures: list[str]
    portfolio: list[int]

    @property
    def acting_for(self) -> str:
        if not self.acting:
            return ""
        with override("th"):
            return f"{ActingAppointment.Kind(self.acting).label}{self.title}"

    def roles(self) -> set[Held]:
        role = ROLE_OF_POST.get(self.kind)
        if role is None:
            return set()
        agencies: list[int | None] = [self.agency_id]
        if role == Role.GOVERNOR:
            agencies = [None]
        elif role == Role.VICE_GOVERNOR:
            agencies = [*self.portfolio] or [self.agency_id]
        return {Held(role, a, self.acting_for, self.order_no, tuple(self.measures)) for a in agencies}


_IN_FORCE = 'start <= %(day)s AND ("end" IS NULL OR "end" >= %(day)s)'
# By hand, because every request of the staff asks it: made by the ORM, its text took longer than its answer.
_HELD = f"""
    SELECT 'post' AS what, post.kind, post.agency_id, post.title_th AS title, by.acting, by.order_no, by.measures,
        ARRAY(SELECT agency_id FROM organisation_post_in_charge_of WHERE post_id = post.id) AS portfolio
    FROM (
        SELECT post_id, '' AS acting, '' AS order_no, ARRAY[]::varchar[] AS measures
        FROM organisation_tenure WHERE person_id = %(person)s AND {_IN_FORCE}
        UNION ALL
        SELECT post_id, kind, order_no, measures
        FROM organisation_actingappointment WHERE person_id = %(person)s AND {_IN_FORCE}
    ) by JOIN organisation_post post ON post.id = by.post_id
    UNION ALL
    SELECT 'assigned', role, agency_id, '', '', '', NULL, NULL
    FROM organisation_roleassignment WHERE person_id = %(person)s AND {_IN_FORCE}
    UNION ALL
    SELECT 'supervises', '', NULL, '', '', '', NULL, NULL
    WHERE EXISTS (SELECT FROM organisation_person WHERE supervisor_id = %(person)s AND {_IN_FORCE})
    ORDER BY acting, title
"""  # noqa: S608 - no value is part of the text


def _held(person: Person, day: date) -> tuple[list[_PostRow], set[Held], bool]:
    """Posts held and acted for, roles assigned, and whether anybody in service stands under the person: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"person": person.pk, "day": day})
        rows = cursor.fetchall()
    posts = [_PostRow(*row) for what, *row in rows if what == "post"]
    assigned = {Held(role, agency_id) for what, role, agency_id, *_ in rows if what == "assigned"}
    return posts, assigned, any(row[0] == "supervises" for row in rows)


def _of_the_staff_list(person: Person, *, supervises: bool) -> set[Held]:
    """Every one of the six staff types is an officer; whoever has subordinates in service supervises them."""
    roles = {Held(Role.OFFICER, person.agency_id)} if person.staff_type else set()
    return roles | {Held(Role.SUPERVISOR, person.agency_id)} if supervises else roles


def _label(person: Person, posts: list[_PostRow]) -> str:
    """ "นายสมชาย ใจดี ตำแหน่ง ปศุสัตว์จังหวัด… รักษาราชการแทน…": name, post held (or position), posts acted for."""
    own = " ".join(post.title for post in posts if not post.acting) or person.position
    acting = "".join(f" {post.acting_for}" for post in posts if post.acting)
    return f"{person.full_name} ตำแหน่ง {own}{acting}"


def _within(clause: str, part: str) -> bool:
    """Whether ``clause`` is ``part`` or lies under it (``M5.2.1`` under ``M5.2`` and ``M5``, not under ``M5.21``)."""
    return clause == part or clause.startswith(f"{part}.")
