"""Who may do what in an inquiry, and who may never.

Three kinds of people: the *handler* of the case prepares and follows up, an *executive* (governor, vice governor in charge,
head of the accused agency) orders and decides, the *committee* finds facts. Nobody is two of them, and whoever is excluded
from the case, or works under somebody who is named in it, is none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from prongsai.complaints.models import Case, Receipt
from prongsai.inquiries import naming
from prongsai.inquiries.models import Inquiry, Seat, Summons
from prongsai.organisation.actors import Actor
from prongsai.organisation.holders import holders
from prongsai.organisation.models import Person

CLAUSE = "M5.2.1"
EXECUTIVES = "เฉพาะผู้ว่าราชการจังหวัด รองผู้ว่าราชการจังหวัดที่กำกับดูแล หรือหัวหน้าส่วนราชการที่ถูกร้องเรียน ซึ่งมิได้เกี่ยวข้อง"
INVOLVED = "ท่านเกี่ยวข้องกับเรื่องนี้ จึงดำเนินการมิได้"
UNDER = "ท่านอยู่ใต้บังคับบัญชาของผู้ที่ถูกระบุในเรื่อง จึงดำเนินการมิได้"


# --- who is in conflict


def why_in_conflict(person: Person, case: Case) -> str:
    """Why a person may have no part in the inquiry of a case, as a Thai sentence without the subject; "" when he may."""
    if naming.is_under_the_named(person, case):
        return "อยู่ใต้บังคับบัญชาของผู้ที่ถูกระบุในเรื่อง"
    return "เกี่ยวข้องกับเรื่องนี้" if naming.is_kept_from(person.pk, case) else ""


def why_not_on_committee(person: Person, case: Case, orderer: Person | None) -> str:
    """As ``why_in_conflict``, and the roles in the matter that a member may not have."""
    if why := why_in_conflict(person, case):
        return why
    intake = Receipt.objects.filter(case=case).values_list("received_by_id", flat=True)
    if person.pk in {case.handler_id, case.proposed_by_id, case.decided_by_id, *intake}:
        return "ทำหน้าที่รับเรื่อง รับผิดชอบสำนวน หรือวินิจฉัยรับเรื่องนี้แล้ว"
    if orderer is not None and person.pk == orderer.pk:
        return "เป็นผู้สั่งแต่งตั้งและผู้วินิจฉัยผล"
    roles = Actor.of(person)
    if roles.has("identity_custodian") or roles.has("system_admin"):
        return "เป็นผู้เก็บรักษาข้อมูลผู้ร้องเรียนหรือผู้ดูแลระบบ"
    return ""


def never_told(path: str, model: Any) -> Any:
    """For ``notices.bar``: of records of ``model`` (``path``: its way to the case) and people, the pairs to keep apart."""

    def barred(record_ids: Collection[str], person_ids: Collection[int]) -> set[tuple[str, int]]:
        return naming.pairs(model, path, record_ids, person_ids)

    return barred


# --- executives


def executives(case: Case) -> list[Person]:
    """Who may order and decide on a case: the governor, the vice governor in charge, the head; none who is in conflict."""
    agency_id = case.accused_agency_id or case.agency_id
    roles: list[tuple[str, int | None]] = [("governor", None), ("vice_governor", agency_id)]
    if case.accused_agency_id:
        roles.append(("head_agency", agency_id))
    people: dict[int, Person] = {}
    for role, agency in roles:
        for person in holders(role, case.province, agency_id=agency, clause=CLAUSE):
            people.setdefault(person.pk, person)
    barred = {case.handler_id, *Receipt.objects.filter(case=case).values_list("received_by_id", flat=True)}
    return [p for p in people.values() if p.pk not in barred and not why_in_conflict(p, case)]


def deciders_of(inquiry: Inquiry) -> list[Person]:
    """The executives of its case who have never sat on its committee."""
    seated = set(inquiry.seats.values_list("person_id", flat=True))
    return [person for person in executives(inquiry.case) if person.pk not in seated]


def may_decide(actor: Actor, inquiry: Inquiry) -> str | None:
    """None for an executive of the inquiry who has no other part in it; else why not."""
    person, case = actor.person, inquiry.case
    agency_id = inquiry.agency_id
    powers = actor.kind == "staff" and (
        actor.has("governor", clause=CLAUSE)
        or actor.has("vice_governor", agency_id, CLAUSE)
        or (case.accused_agency_id is not None and actor.has("head_agency", agency_id, CLAUSE))
    )
    if person is None or not powers:
        return EXECUTIVES
    if naming.is_under_the_named(person, case):
        return UNDER
    if naming.is_kept_from(person.pk, case):
        return INVOLVED
    if person.pk == case.handler_id or Receipt.objects.filter(case=case, received_by=person).exists():
        return "ผู้รับเรื่องและผู้รับผิดชอบสำนวนต้องมิใช่ผู้สั่งหรือผู้วินิจฉัย"
    if inquiry.seats.filter(person=person).exists():
        return "กรรมการสอบข้อเท็จจริงต้องมิใช่ผู้วินิจฉัยผลเรื่องเดียวกัน"
    return None


# --- the handler and the committee


def is_handler(actor: Actor, inquiry: Inquiry) -> str | None:
    case = inquiry.case
    if actor.kind != "staff" or actor.person is None or case.handler_id != actor.person_id:
        return "เฉพาะผู้รับผิดชอบสำนวน"
    return INVOLVED if naming.is_kept_from(actor.person_id, case) else None


def is_member(actor: Actor, inquiry: Inquiry, role: str = "") -> str | None:
    """A member who has declared to have no interest; with ``role``, in that role."""
    if actor.kind != "staff" or actor.person is None:
        return "เฉพาะคณะกรรมการสอบข้อเท็จจริง"
    seats = inquiry.seats.filter(person=actor.person)
    if not seats.filter(state=Seat.State.CLEAR).exists():
        if seats.filter(state=Seat.State.ASKED).exists():
            return "โปรดแถลงการมีส่วนได้เสียก่อนเริ่มปฏิบัติหน้าที่"
        return "เฉพาะคณะกรรมการสอบข้อเท็จจริง"
    if naming.is_kept_from(actor.person_id, inquiry.case):
        return INVOLVED
    if role and not seats.filter(state=Seat.State.CLEAR, role=role).exists():
        return "เฉพาะประธานกรรมการ"
    return None


# --- what rows a person sees


def unnamed(rows: QuerySet, actor: Actor, path: str = "inquiry__case") -> QuerySet:
    """Without the rows whose case (``path``) excludes the actor."""
    return rows.exclude(naming.kept_from(actor, path))


def inquiries_of(actor: Actor) -> QuerySet[Inquiry]:
    """The inquiries that the actor may know of: the centre's, an executive's, and those whose committee he has joined."""
    if actor.kind != "staff" or actor.person is None or actor.has("system_admin"):
        return Inquiry.objects.none()
    found = unnamed(Inquiry.objects.filter(province=actor.province), actor, "case")
    if _knows_of_all(actor):
        return found
    own = Seat.objects.filter(inquiry=OuterRef("pk"), person=actor.person, state=Seat.State.CLEAR)
    return found.filter(Exists(own) | Q(agency_id__in=_led(actor)))


def knows_of_any(actor: Actor) -> bool:
    """Whether there is an inquiry that the actor may know of; the menu of every page asks it for six registers."""
    return actor.once("inquiries.known", lambda: _might_know(actor) and inquiries_of(actor).exists())


def _might_know(actor: Actor) -> bool:
    """Before anybody is kept from one: whoever has no part is told so without the long question."""
    if actor.kind != "staff" or actor.person is None:
        return False
    here = Inquiry.objects.filter(province=actor.province)
    if _knows_of_all(actor):
        return here.exists()
    led = _led(actor)
    return has_a_seat(actor) or (bool(led) and here.filter(agency_id__in=led).exists())


def has_a_seat(actor: Actor) -> bool:
    """On a committee of any time, also where he was kept from the matter since."""
    return actor.once("inquiries.seated", lambda: Seat.objects.filter(person_id=actor.person_id).exists())


def is_summoned(actor: Actor) -> bool:
    """Or told of it as a supervisor; also where he was kept from the matter since."""
    own = Q(person_id=actor.person_id) | Q(escalated_to_id=actor.person_id)
    return Summons.objects.filter(own).exists()


def _knows_of_all(actor: Actor) -> bool:
    return actor.has("center_officer") or actor.has("governor", clause=CLAUSE)


def _led(actor: Actor) -> set[int]:
    """The agencies whose inquiries the actor orders and decides."""
    return (actor.agencies("vice_governor", CLAUSE) or set()) | (
        actor.agencies("head_agency", CLAUSE) or set()
    )


def parts_of(model: Any, actor: Actor) -> QuerySet:
    """The respondents, statements … of the inquiries that the actor may know of."""
    return model.objects.filter(inquiry__in=inquiries_of(actor).order_by().values("pk")).select_related(
        "inquiry__case", "inquiry__envelope", "inquiry__agency", "province"
    )


def committee(step: Any) -> Iterable[int]:
    """Persons of the seats of today, for ``tells``."""
    return _inquiry(step).sitting().values_list("person_id", flat=True)


def handler(step: Any) -> Iterable[int]:
    case = _inquiry(step).case
    return [case.handler_id] if case.handler_id else []


def orderer(step: Any) -> Iterable[int]:
    """Who ordered it; whoever may decide in his place, once he has left."""
    ordered_by = _inquiry(step).ordered_by
    if ordered_by is not None and not ordered_by.is_in_service():
        return deciders(step)
    return [ordered_by.pk] if ordered_by else []


def deciders(step: Any) -> Iterable[int]:
    """Whoever may order or decide; not who sits on the committee."""
    return [person.pk for person in deciders_of(_inquiry(step))]


def _inquiry(step: Any) -> Inquiry:
    return step.record if isinstance(step.record, Inquiry) else step.record.inquiry
