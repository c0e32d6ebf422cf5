"""Who sees which committee, and who is its secretary, signer or chair (domain analysis 2.3, "Committees, meetings, recusals")."""

from __future__ import annotations

from django.db.models import Q

from prongsai.committees.models import Committee, Meeting
from prongsai.organisation.actors import Actor
from prongsai.organisation.roles import Role

WHOLE_PROVINCE = (Role.GOVERNOR, Role.VICE_GOVERNOR, Role.AUDITOR)
OWN_AGENCY = (Role.HEAD_AGENCY, Role.SUPERVISOR, Role.SUPPLY_OFFICER)

ONLY_SECRETARY = "เฉพาะเจ้าหน้าที่ฝ่ายเลขานุการของคณะกรรมการนี้"
ONLY_CHAIR = "เฉพาะประธานที่ประชุม"
SIGNER_WORDS = {
    Role.GOVERNOR.value: "เฉพาะผู้ว่าราชการจังหวัดหรือผู้รักษาราชการแทน",
    Role.HEAD_AGENCY.value: "เฉพาะหัวหน้าส่วนราชการหรือผู้รักษาราชการแทน",
}


def is_business(actor: Actor) -> bool:
    """Staff who may have to do with committees at all: not the system administrator."""
    return actor.kind == "staff" and actor.person is not None and not actor.has(Role.SYSTEM_ADMIN)


def visible(actor: Actor, prefix: str = "") -> Q:
    """Rows about committees that this actor may see; ``prefix`` leads from the row to its committee (``committee__``).

    The secretary and the signers of the line see drafts too; a member sees committees in force.
    """
    if not is_business(actor):
        return Q(pk__in=[])
    province = Q(**{f"{prefix}province": actor.province})
    if any(actor.has(role) for role in WHOLE_PROVINCE):
        return province
    person = actor.person_id
    seen = Q(**{f"{prefix}secretary_id": person})
    seen |= Q(**{f"{prefix}seats__person_id": person}) & ~Q(**{f"{prefix}state__in": ["draft", "checked"]})
    for role in OWN_AGENCY:
        ids = actor.agencies(role)
        seen |= province if ids is None else Q(**{f"{prefix}agency_id__in": ids})
    return province & seen


def committees_of(actor: Actor):
    """As a set of ids, so that joins to seats double no row."""
    return Committee.objects.filter(visible(actor)).order_by().values("pk").distinct()


def is_secretary(actor: Actor, committee: Committee) -> bool:
    return is_business(actor) and actor.person_id == committee.secretary_id


def by_secretary(actor: Actor, committee: Committee) -> str | None:
    return None if is_secretary(actor, committee) else ONLY_SECRETARY


def by_signer(actor: Actor, committee: Committee) -> str | None:
    """Who signs the orders of this kind; never the person whose draft it is."""
    role = committee.kind.signed_by
    agency = committee.agency_id if role == Role.HEAD_AGENCY else None
    if not is_business(actor) or not actor.has(role, agency):
        return SIGNER_WORDS.get(role, "เฉพาะผู้มีอำนาจลงนาม")
    if actor.person_id == committee.secretary_id:
        return "ผู้เสนอคำสั่งไม่อาจลงนามในคำสั่งของตนเอง"
    return None


def by_chair(actor: Actor, meeting: Meeting) -> str | None:
    """Who certifies: whoever presided; where that person has no account in the house, whoever signs the committee's orders."""
    presiding = meeting.presiding
    if presiding is None or presiding.person_id is None:
        return by_signer(actor, meeting.committee)
    if is_business(actor) and actor.person_id == presiding.person_id:
        return None
    return ONLY_CHAIR


def meetings_of(actor: Actor):
    """Meetings of visible committees; one in preparation is its secretary's alone."""
    rows = Meeting.objects.filter(committee__in=committees_of(actor))
    return rows.exclude(Q(state=Meeting.State.DRAFT) & ~Q(committee__secretary_id=actor.person_id))
