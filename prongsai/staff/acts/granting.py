"""Roles are given by two persons and withdrawn by one (domain analysis §2.1).

One proposes: an administrator, or the head of the agency for the agency's own people. Another one gives it: another
administrator, the head of the provincial office, or the governor. Nobody for himself. Whoever is an administrator now
gets another role only from a second administrator and the head of the provincial office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from prongsai import notices
from prongsai.acts import Act, Refused, Step
from prongsai.organisation.actors import Actor
from prongsai.organisation.holders import holders
from prongsai.organisation.models import Person, RoleAssignment
from prongsai.organisation.periods import today
from prongsai.organisation.roles import Role
from prongsai.staff.forms import ProposeForm, WhyForm
from prongsai.staff.models import RoleGrant
from prongsai.staff.reach import heads, heads_provincial_office, provincial_office

S = RoleGrant.State
NOT_FOR_ONESELF = "ท่านเสนอ รับรอง หรือเพิกถอนบทบาทของตนเองมิได้"
NOT_TWICE = "ผู้เสนอกับผู้รับรองต้องเป็นคนละคน"
# Without anybody in them the house stands still, or nobody could be let in again.
NEVER_EMPTY = (Role.SYSTEM_ADMIN, Role.CENTER_OFFICER, Role.IDENTITY_CUSTODIAN)


def is_administrator(person: Person) -> bool:
    return person.role_assignments.in_force().filter(role=Role.SYSTEM_ADMIN).exists()


def may_give(actor: Actor, grant: RoleGrant) -> str | None:
    """Whether the actor is the second person for this proposal."""
    if actor.person_id == grant.person_id:
        return NOT_FOR_ONESELF
    if actor.person_id == grant.proposed_by_id:
        return NOT_TWICE
    if grant.role != Role.SYSTEM_ADMIN and is_administrator(grant.person):
        allowed = heads_provincial_office(actor)
        return None if allowed else "ผู้รับบทบาทเป็นผู้ดูแลระบบ จึงต้องให้หัวหน้าสำนักงานจังหวัดเป็นผู้รับรอง"
    if actor.has(Role.SYSTEM_ADMIN) or actor.has(Role.GOVERNOR) or heads_provincial_office(actor):
        return None
    return "เฉพาะผู้ดูแลระบบอีกคนหนึ่ง หัวหน้าสำนักงานจังหวัด หรือผู้ว่าราชการจังหวัด"


def _who_may_give(step: Step) -> Iterable[notices.To]:
    province = step.record.province
    office = provincial_office(province)
    found = [notices.To(Role.SYSTEM_ADMIN, province)]
    return [*found, notices.To(Role.HEAD_AGENCY, province, office.pk)] if office else found


def _proposer(step: Step) -> Iterable[int]:
    return [step.record.proposed_by_id] if step.record.proposed_by_id else []


def _receiver(step: Step) -> Iterable[int]:
    return [step.record.person_id]


class ProposeRole(Act):
    """เสนอมอบบทบาท: nothing holds before a second person has confirmed it."""

    title, title_en = "เสนอมอบบทบาท", "Propose a role"
    record = RoleGrant
    moves = {None: S.PROPOSED}
    form = ProposeForm
    proof = True
    tells = [_who_may_give]
    tells_text = "มีข้อเสนอมอบบทบาทรอการรับรอง:"
    tells_of_duty = True
    done = "บันทึกข้อเสนอแล้ว บทบาทมีผลเมื่อผู้รับรองซึ่งเป็นคนละคนรับรอง"

    def by(self, actor: Actor, record: Any) -> str | None:
        if actor.has(Role.SYSTEM_ADMIN) or actor.has(Role.HEAD_AGENCY):
            return None
        return "เฉพาะผู้ดูแลระบบ หรือหัวหน้าส่วนราชการสำหรับบุคลากรของหน่วยงานตน"

    def make_form(self, *args: Any, actor: Actor, record: Any, **kwargs: Any) -> ProposeForm:
        return ProposeForm(*args, actor=actor, **kwargs)

    def create(self, step: Step) -> RoleGrant:
        data, actor = step.data, step.actor
        person: Person = data["person"]
        if actor.person_id == person.pk:
            raise Refused(NOT_FOR_ONESELF)
        if (
            data["given_role"] != Role.SYSTEM_ADMIN
            and is_administrator(person)
            and not actor.has(Role.SYSTEM_ADMIN)
        ):
            raise Refused("ผู้รับบทบาทเป็นผู้ดูแลระบบ จึงต้องให้ผู้ดูแลระบบอีกคนหนึ่งเป็นผู้เสนอ")
        grant = RoleGrant(
            province=person.province,
            state=S.PROPOSED,
            is_sample=person.is_sample,
            person=person,
            role=data["given_role"],
            **{name: data[name] for name in ("agency", "start", "end", "order_no", "reason")},
            proposed_by=actor.person,
            proposed_label=actor.label,
        )
        try:
            with transaction.atomic():
                grant.save(force_insert=True)
        except IntegrityError as error:
            raise Refused("มีข้อเสนอบทบาทนี้ของบุคคลนี้รอการรับรองอยู่แล้ว") from error
        step.content.update(_told(grant))
        return grant


def _told(grant: RoleGrant) -> dict[str, Any]:
    """What the ledger says of a role: it is no secret inside the house."""
    return {
        "person": grant.person_id,
        "role": grant.role,
        "agency": grant.agency_id,
        "start": grant.start.isoformat(),
        "end": grant.end.isoformat() if grant.end else None,
        "order_no": grant.order_no,
    }


class Decision(Act):
    """What the second person says."""

    record = RoleGrant

    def by(self, actor: Actor, record: RoleGrant) -> str | None:
        return may_give(actor, record)

    def sets(self, step: Step) -> dict[str, Any]:
        return {
            "decided_by": step.actor.person,
            "decided_label": step.actor.label,
            "decided_at": step.now,
            "ended_why": step.data.get("reason", ""),
        }


class ConfirmRole(Decision):
    """รับรองและมอบบทบาท: from now, or from the day proposed if that is later."""

    title, title_en = "รับรองและมอบบทบาท", "Confirm the role"
    moves = {S.PROPOSED: S.GIVEN}
    main, proof = True, True
    tells = [_proposer, _receiver]
    tells_text = "มอบบทบาทแล้ว:"
    done = "มอบบทบาทแล้ว"

    def sets(self, step: Step) -> dict[str, Any]:
        return {**super().sets(step), "start": max(step.record.start, step.today)}

    def apply(self, step: Step) -> None:
        grant: RoleGrant = step.record
        # Two roles that exclude each other may be confirmed in the same moment: one after the other, per person.
        person = Person.objects.select_for_update().get(pk=grant.person_id)
        if not person.is_in_service(grant.start):
            raise Refused("ผู้รับบทบาทพ้นจากหน้าที่แล้วหรือยังไม่เริ่มปฏิบัติหน้าที่ในวันที่บทบาทเริ่ม")
        assignment = RoleAssignment(
            person=person,
            role=grant.role,
            agency=grant.agency,
            start=grant.start,
            end=grant.end,
            order_no=grant.order_no,
            granted_by=grant.proposed_by,
            seconded_by=grant.decided_by,
        )
        try:
            assignment.full_clean()
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        assignment.save()
        RoleGrant.objects.filter(pk=grant.pk).update(assignment=assignment)
        step.content.update(_told(grant))


class DeclineRole(Decision):
    """ไม่รับรอง: the proposal ends, with the reason."""

    title, title_en = "ไม่รับรอง", "Decline"
    moves = {S.PROPOSED: S.DECLINED}
    form = WhyForm
    grave = True
    tells = [_proposer]
    tells_text = "ไม่รับรองข้อเสนอมอบบทบาท:"
    done = "บันทึกการไม่รับรองแล้ว"


class RetractRole(Act):
    """ถอนข้อเสนอ: by whoever proposed it."""

    title, title_en = "ถอนข้อเสนอ", "Take the proposal back"
    record = RoleGrant
    moves = {S.PROPOSED: S.RETRACTED}
    done = "ถอนข้อเสนอแล้ว"

    def by(self, actor: Actor, record: RoleGrant) -> str | None:
        return None if actor.person_id == record.proposed_by_id else "เฉพาะผู้เสนอ"


class WithdrawRole(Act):
    """เพิกถอนบทบาท: one person is enough, it holds at once, and it is recorded."""

    title, title_en = "เพิกถอนบทบาท", "Withdraw the role"
    record = RoleGrant
    moves = {S.GIVEN: S.ENDED}
    form = WhyForm
    grave = True
    tells = [_proposer, _receiver]
    tells_text = "เพิกถอนบทบาทแล้ว:"
    done = "เพิกถอนบทบาทแล้ว มีผลทันที"

    def by(self, actor: Actor, record: RoleGrant) -> str | None:
        if actor.person_id == record.person_id:
            return NOT_FOR_ONESELF
        may = actor.has(Role.SYSTEM_ADMIN) or actor.has(Role.GOVERNOR) or heads_provincial_office(actor)
        if may or heads(actor, record.person.agency_id):
            return None
        return "เฉพาะผู้ดูแลระบบ หัวหน้าส่วนราชการของผู้รับบทบาท หัวหน้าสำนักงานจังหวัด หรือผู้ว่าราชการจังหวัด"

    def ready(self, actor: Actor, record: RoleGrant) -> str | None:
        if record.assignment is None or (record.assignment.end and record.assignment.end < today()):
            return "บทบาทนี้สิ้นสุดแล้ว"
        if record.role in NEVER_EMPTY:
            others = holders(record.role, record.province).exclude(pk=record.person_id)
            if record.start <= today() and not others.exists():
                return "ผู้นี้เป็นคนสุดท้ายที่มีบทบาทนี้ โปรดมอบบทบาทให้ผู้อื่นก่อน"
        return None

    def sets(self, step: Step) -> dict[str, Any]:
        return {
            "ended_label": step.actor.label,
            "ended_at": step.now,
            "ended_why": step.data["reason"],
        }

    def apply(self, step: Step) -> None:
        """The last day is yesterday. What had not begun before today never held: its row goes, its history stays."""
        grant: RoleGrant = step.record
        assignment = RoleAssignment.objects.select_for_update().get(pk=grant.assignment_id)
        if assignment.start >= step.today:
            assignment.delete()
        else:
            assignment.end = step.today - dt.timedelta(days=1)
            assignment.save(update_fields=["end"])
        step.content.update(_told(grant), ended_on=step.today.isoformat())


def enter_given(province_id: str) -> int:
    """Open the register for roles that were given elsewhere (the command line, a sample); returns how many."""
    rows = RoleAssignment.objects.filter(person__province_id=province_id, grant__isnull=True)
    found = rows.select_related("person", "granted_by", "seconded_by")
    return len(RoleGrant.objects.bulk_create(_of(assignment) for assignment in found))


def _of(assignment: RoleAssignment) -> RoleGrant:
    giver, second = assignment.granted_by, assignment.seconded_by
    return RoleGrant(
        province_id=assignment.person.province_id,
        state=S.GIVEN,
        is_sample=assignment.person.is_sample,
        person=assignment.person,
        role=assignment.role,
        agency_id=assignment.agency_id,
        start=assignment.start,
        end=assignment.end,
        order_no=assignment.order_no,
        proposed_by=giver,
        proposed_label=giver.full_name if giver else "",
        decided_by=second,
        decided_label=second.full_name if second else "",
        assignment=assignment,
    )
