"""Invitations, roles and departures as those see them who answer for them. None of it is public."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from prongsai.organisation.periods import today
from prongsai.organisation.roles import ASSIGNABLE_CHOICES, Role
from prongsai.registers import Choice, Column, Period, Register, Truth
from prongsai.staff.handover import held_by
from prongsai.staff.models import Departure, Invitation, RoleGrant
from prongsai.staff.reach import agencies_headed, heads_provincial_office

if TYPE_CHECKING:
    from prongsai.organisation.actors import Actor


def _whole(actor: Actor, *roles: str) -> bool:
    return any(actor.has(role) for role in roles)


def _serves(actor: Actor) -> bool:
    return actor.kind == "staff" and actor.person is not None


class Invitations(Register):
    key = "invitations"
    title, title_en = "ทะเบียนคำเชิญ", "Register of invitations"
    about = "คำเชิญให้บุคลากรเปิดบัญชี ลิงก์ส่งทางอีเมลเท่านั้น ใช้ได้ครั้งเดียว และไม่แสดงในระบบ"
    model = Invitation
    secrecy = "S1"
    audience = "หัวหน้าส่วนราชการเห็นหน่วยงานของตน ผู้ดูแลระบบเห็นทั้งจังหวัด"
    order = ("-sent_at",)
    columns = (
        Column("name", "ผู้ได้รับเชิญ", lambda i: i.full_name, "first_name", "link"),
        Column("position", "ตำแหน่ง", lambda i: i.position, "position"),
        Column("agency", "หน่วยงาน", lambda i: i.agency.name_th, "agency__sort_key"),
        Column("email", "อีเมลราชการ", lambda i: i.email, "email"),
        Column("state", "สถานะ", lambda i: i.get_state_display(), "state", "state"),
        Column("mail", "การส่งอีเมล", lambda i: i.get_mail_display()),
        Column("sent_at", "ส่งเมื่อ", lambda i: i.sent_at, "sent_at", "datetime"),
        Column("expires_at", "ใช้ได้ถึง", lambda i: i.expires_at, "expires_at", "datetime"),
        Column("invited_by", "ผู้เชิญ", lambda i: i.invited_label),
    )
    filters = (
        Choice("state", "สถานะ", "state", lambda actor: Invitation.State.choices),
        Choice("mail", "การส่งอีเมล", "mail", lambda actor: Invitation.Mail.choices),
        Period("sent", "ส่งเมื่อ", "sent_at__date"),
    )

    def rows(self, actor: Actor) -> QuerySet:
        if not _serves(actor):
            return Invitation.objects.none()
        rows = Invitation.objects.filter(province=actor.province).select_related(
            "agency", "province", "person"
        )
        if actor.has(Role.SYSTEM_ADMIN):
            return rows
        return rows.filter(agency_id__in=agencies_headed(actor))

    def may_see(self, actor: Actor) -> bool:
        return _serves(actor) and _whole(actor, Role.SYSTEM_ADMIN, Role.HEAD_AGENCY)

    def facts(self, record: Invitation, actor: Actor, request: Any) -> list[tuple[str, Any]]:
        return [
            ("ผู้ได้รับเชิญ", record.full_name),
            ("ตำแหน่ง", record.position),
            ("ประเภทเจ้าหน้าที่", record.get_staff_type_display()),
            ("หน่วยงาน", record.agency.name_th),
            ("อีเมลราชการ", record.email),
            ("การส่งอีเมล", f"ครั้งที่ {record.round} {record.get_mail_display()} {record.mail_error}".strip()),
            ("ส่งเมื่อ", record.sent_at),
            ("ใช้ได้ถึง", record.expires_at),
            ("เข้าสู่ระบบด้วย ThaID", "จับคู่ไว้แล้ว" if record.citizen_key is not None else "มิได้จับคู่ไว้"),
            ("ผู้เชิญ", record.invited_label),
            ("ตอบรับเมื่อ", record.joined_at),
        ]


class RoleGrants(Register):
    key = "roles"
    title, title_en = "ทะเบียนการมอบบทบาท", "Register of roles"
    about = "บทบาทมอบโดยสองคน ผู้เสนอและผู้รับรอง ไม่มีผู้ใดมอบบทบาทให้ตนเอง การเพิกถอนทำได้โดยคนเดียวและบันทึกไว้"
    model = RoleGrant
    secrecy = "S1"
    audience = "หัวหน้าส่วนราชการเห็นหน่วยงานของตน ผู้ว่าราชการจังหวัด หัวหน้าสำนักงานจังหวัด ผู้ตรวจสอบ และผู้ดูแลระบบเห็นทั้งจังหวัด"
    order = ("-created_at", "pk")
    columns = (
        Column("person", "ผู้รับบทบาท", lambda g: g.person.full_name, "person__sort_key", "link"),
        Column("role", "บทบาท", lambda g: g.get_role_display(), "role"),
        Column("agency", "ขอบเขต", lambda g: g.agency.name_th if g.agency else "ทั้งจังหวัด", "agency__sort_key"),
        Column("start", "ตั้งแต่วันที่", lambda g: g.start, "start", "date"),
        Column("end", "ถึงวันที่", lambda g: g.assignment.end if g.assignment else g.end, "end", "date"),
        Column("state", "สถานะ", lambda g: g.standing(today()), "state", "state"),
        Column("proposed", "ผู้เสนอ", lambda g: g.proposed_label),
        Column("decided", "ผู้รับรอง", lambda g: g.decided_label),
        Column("decided_at", "พิจารณาเมื่อ", lambda g: g.decided_at, "decided_at", "datetime"),
    )
    filters = (
        Choice("role", "บทบาท", "role", lambda actor: [(k, str(label)) for k, label in ASSIGNABLE_CHOICES]),
        Choice("state", "สถานะ", "state", lambda actor: RoleGrant.State.choices),
        Truth("in_force", "เฉพาะที่มีผลวันนี้", lambda rows: _in_force(rows)),
    )

    def rows(self, actor: Actor) -> QuerySet:
        if not _serves(actor):
            return RoleGrant.objects.none()
        rows = RoleGrant.objects.filter(province=actor.province).select_related(
            "person__agency", "agency", "assignment", "province"
        )
        if _whole(actor, Role.SYSTEM_ADMIN, Role.GOVERNOR, Role.AUDITOR) or heads_provincial_office(actor):
            return rows
        own = agencies_headed(actor)
        return rows.filter(Q(person__agency_id__in=own) | Q(agency_id__in=own))

    def may_see(self, actor: Actor) -> bool:
        may = (Role.SYSTEM_ADMIN, Role.GOVERNOR, Role.AUDITOR, Role.HEAD_AGENCY)
        return _serves(actor) and _whole(actor, *may)

    def facts(self, record: RoleGrant, actor: Actor, request: Any) -> list[tuple[str, Any]]:
        return [
            ("ผู้รับบทบาท", f"{record.person.full_name} ตำแหน่ง {record.person.position}"),
            ("หน่วยงานที่สังกัด", record.person.agency.name_th),
            ("บทบาท", record.get_role_display()),
            ("ขอบเขต", record.agency.name_th if record.agency else "ทั้งจังหวัด"),
            ("ตั้งแต่วันที่", record.start),
            ("ถึงวันที่", record.assignment.end if record.assignment else record.end),
            ("ผลในวันนี้", record.standing(today())),
            ("คำสั่งหรือหนังสือที่", record.order_no),
            ("เหตุผล", record.reason),
            ("ผู้เสนอ", record.proposed_label),
            ("ผู้รับรอง", record.decided_label),
            ("พิจารณาเมื่อ", record.decided_at),
            ("ผู้เพิกถอน", record.ended_label),
            ("เพิกถอนเมื่อ", record.ended_at),
            ("เหตุที่ไม่รับรองหรือเพิกถอน", record.ended_why),
        ]


def _in_force(rows: QuerySet) -> QuerySet:
    day = today()
    running = Q(assignment__end__isnull=True) | Q(assignment__end__gte=day)
    return rows.filter(running, state=RoleGrant.State.GIVEN, assignment__start__lte=day)


class Departures(Register):
    key = "departures"
    title, title_en = "ทะเบียนการพ้นจากหน้าที่", "Register of departures"
    about = "ผู้ออกจากราชการ ย้าย หรือสิ้นสุดสัญญา วันสุดท้าย และงานที่ส่งมอบ ข้อมูลที่บันทึกไว้ก่อนนั้นไม่เปลี่ยนแปลง"
    model = Departure
    secrecy = "S1"
    audience = "หัวหน้าส่วนราชการเห็นหน่วยงานของตน ผู้ว่าราชการจังหวัดและผู้ดูแลระบบเห็นทั้งจังหวัด"
    order = ("-last_day", "pk")
    columns = (
        Column("person", "ผู้พ้น", lambda d: d.person.full_name, "person__sort_key", "link"),
        Column("agency", "หน่วยงาน", lambda d: d.agency.name_th, "agency__sort_key"),
        Column("kind", "เหตุ", lambda d: d.get_kind_display(), "kind"),
        Column("last_day", "วันสุดท้าย", lambda d: d.last_day, "last_day", "date"),
        Column("state", "สถานะ", lambda d: d.get_state_display(), "state", "state"),
        Column("successor", "ผู้รับมอบงาน", lambda d: d.successor.full_name),
        Column("ordered", "ผู้บันทึก", lambda d: d.ordered_label),
    )
    filters = (
        Choice("state", "สถานะ", "state", lambda actor: Departure.State.choices),
        Choice("kind", "เหตุ", "kind", lambda actor: Departure.Kind.choices),
        Period("last_day", "วันสุดท้าย", "last_day"),
    )

    def rows(self, actor: Actor) -> QuerySet:
        if not _serves(actor):
            return Departure.objects.none()
        rows = Departure.objects.filter(province=actor.province).select_related(
            "person__agency", "agency__parent", "successor", "province"
        )
        if _whole(actor, Role.SYSTEM_ADMIN, Role.GOVERNOR):
            return rows
        return rows.filter(agency_id__in=agencies_headed(actor))

    def may_see(self, actor: Actor) -> bool:
        return _serves(actor) and _whole(actor, Role.SYSTEM_ADMIN, Role.GOVERNOR, Role.HEAD_AGENCY)

    def facts(self, record: Departure, actor: Actor, request: Any) -> list[tuple[str, Any]]:
        return [
            ("ผู้พ้น", f"{record.person.full_name} ตำแหน่ง {record.person.position}"),
            ("หน่วยงาน", record.agency.name_th),
            ("เหตุ", record.get_kind_display()),
            ("ปฏิบัติหน้าที่วันสุดท้าย", record.last_day),
            ("คำสั่งหรือหนังสือที่", record.order_no),
            ("ผู้รับมอบงาน", f"{record.successor.full_name} ตำแหน่ง {record.successor.position}"),
            ("ผู้บันทึก", record.ordered_label),
            ("ส่งมอบเมื่อ", record.completed_at),
        ]

    def sections(self, record: Departure, actor: Actor, request: Any) -> Sequence[tuple[str, dict[str, Any]]]:
        running = record.state == Departure.State.ORDERED
        return [
            (
                "staff/handover.html",
                {"departure": record, "held": held_by(record.person) if running else None},
            )
        ]
