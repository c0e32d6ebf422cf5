"""The lists of protection: files and alerts for who holds their key, personnel actions also for the agency that took them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from prongsai import ledger, sealed
from prongsai.acts.declaration import record_type
from prongsai.acts.models import Record
from prongsai.organisation.actors import Actor
from prongsai.protection import reading, team
from prongsai.protection.documents import OFFICE
from prongsai.protection.matching import action_of
from prongsai.protection.models import HrAction, Instruction, ProtectionCase, RetaliationAlert
from prongsai.registers import Choice, Column, Register, Truth

LOCKED = "protection/office/locked.html"


class Protections(Register):
    key = "protection"
    title = "ทะเบียนการคุ้มครองผู้แจ้งเบาะแส"
    title_en = "Register of protection"
    about = "เรื่องคุ้มครองผู้แจ้งเบาะแส (มาตรการที่ ๖ ข้อ ๒.๓ (๑๓)) ปิดผนึก ไม่แสดงว่าผู้แจ้งเป็นผู้ใดจนกว่าจะเปิดผนึก"
    model = ProtectionCase
    secrecy = "S4"
    audience = "เจ้าหน้าที่คุ้มครอง ผู้ว่าราชการจังหวัด และรองผู้ว่าราชการจังหวัด ที่มิได้เกี่ยวข้องกับเรื่อง การเปิดอ่านทุกครั้งถูกบันทึก"
    practices = ("M6.2.3.(13)",)
    documents = OFFICE
    order = ("-requested_on", "-created_at")
    columns = (
        Column("number", "เลขที่", lambda c: c.number, kind="link"),
        Column("requested_on", "วันที่ร้องขอ", lambda c: c.requested_on, sort="requested_on", kind="date"),
        Column("state", "สถานะ", lambda c: c.get_state_display(), sort="state", kind="state"),
        Column("risk", "ความเสี่ยง", lambda c: str(c.get_risk_display()), sort="risk"),
        Column("ordered_on", "วันที่มีคำสั่ง", lambda c: c.ordered_on, sort="ordered_on", kind="date"),
        Column("withdrawn_on", "ผู้แจ้งขอถอนเมื่อ", lambda c: c.withdrawn_on, sort="withdrawn_on", kind="date"),
    )
    filters = (
        Choice("state", "สถานะ", "state", lambda actor: ProtectionCase.State.choices),
        Choice("risk", "ความเสี่ยง", "risk", lambda actor: ProtectionCase.Risk.choices),
    )

    def rows(self, actor: Actor) -> QuerySet:
        if not team.is_team(actor):
            return ProtectionCase.objects.none()
        cases = ProtectionCase.objects.filter(team.mine(actor, "envelope", "link"), province=actor.province)
        return cases.select_related("province", "envelope")

    def may_see(self, actor: Actor) -> bool:
        return team.is_team(actor)

    def head(self, record: ProtectionCase) -> str:
        return f"เรื่องคุ้มครอง {record.number}"

    def facts(self, record: ProtectionCase, actor: Actor, request: Any) -> list[tuple[str, Any]]:
        facts = [(c.label, c.value(record)) for c in self.columns[1:]]
        facts += [("ผู้ประเมิน", record.assessed_label), ("ผู้สั่ง", record.ordered_label)]
        for measure in record.measures.all():
            facts.append((str(measure.get_kind_display()), f"{measure.period} คำสั่งที่ {measure.order_no}"))
        for given in record.instructions.all():
            facts.append((f"มอบหมาย {given.number}", f"{given.head_label}: {given.get_state_display()}"))
        for review in record.reviews.all():
            found = "พบการตอบโต้" if review.found else "ไม่พบการตอบโต้"
            facts.append((f"ตรวจครบ {review.month} เดือน", f"{found} โดย {review.reviewed_label}"))
        return facts

    def sections(
        self, record: ProtectionCase, actor: Actor, request: Any
    ) -> list[tuple[str, dict[str, Any]]]:
        unlocked = sealed.unlocked(request)
        if unlocked is None:
            return [(LOCKED, {})]
        return [("protection/office/file.html", {"file": reading.read(record, unlocked)})]

    def opened(self, record: ProtectionCase, actor: Actor, request: Any) -> None:
        _on_record("protection.read", record, actor, content_opened=sealed.unlocked(request) is not None)


class Instructions(Register):
    """For the head who is to carry it out, and for the file's team: whoever holds the key of this one."""

    key = "protection-instructions"
    title = "ทะเบียนมาตรการลับที่ต้องดำเนินการ"
    title_en = "Register of protective measures to carry out"
    about = "มาตรการที่เจ้าหน้าที่คุ้มครองมอบหมายหัวหน้าส่วนราชการ ปิดผนึก ผู้รับมอบหมายเห็นเฉพาะสิ่งที่ต้องดำเนินการ"
    model = Instruction
    secrecy = "S4"
    audience = "หัวหน้าส่วนราชการเห็นเฉพาะที่มอบหมายแก่ตน และผู้ที่เปิดเรื่องคุ้มครองนั้นได้ การเปิดอ่านทุกครั้งถูกบันทึก"
    practices = ("M6.2.3.(13)",)
    order = ("-given_on", "-created_at")
    columns = (
        Column("number", "เลขที่", lambda i: i.number, kind="link"),
        Column("given_on", "มอบหมายเมื่อ", lambda i: i.given_on, sort="given_on", kind="date"),
        Column("head", "ผู้รับมอบหมาย", lambda i: i.head_label),
        Column("state", "สถานะ", lambda i: i.get_state_display(), sort="state", kind="state"),
        Column(
            "carried_out_on", "ดำเนินการเมื่อ", lambda i: i.carried_out_on, sort="carried_out_on", kind="date"
        ),
    )
    filters = (Choice("state", "สถานะ", "state", lambda actor: Instruction.State.choices),)

    def rows(self, actor: Actor) -> QuerySet:
        if not self.may_see(actor):
            return Instruction.objects.none()
        mine = team.mine(actor, "envelope", "case__link")
        held = Instruction.objects.filter(mine, province=actor.province)
        return held.select_related("province", "envelope", "case__province", "case__envelope")

    def may_see(self, actor: Actor) -> bool:
        """Every head, whether or not he has one: the menu tells nobody who looks over his shoulder."""
        return team.is_team(actor) or (actor.kind == "staff" and actor.has("head_agency"))

    def head(self, record: Instruction) -> str:
        return f"มาตรการลับ {record.number}"

    def facts(self, record: Instruction, actor: Actor, request: Any) -> list[tuple[str, Any]]:
        facts = [(c.label, c.value(record)) for c in self.columns[1:]]
        return [*facts, ("ผู้มอบหมาย", record.given_label), ("ยกเลิกหรือสิ้นสุดเมื่อ", record.recalled_on)]

    def sections(self, record: Instruction, actor: Actor, request: Any) -> list[tuple[str, dict[str, Any]]]:
        unlocked = sealed.unlocked(request)
        if unlocked is None:
            return [(LOCKED, {})]
        return [("protection/office/instruction.html", {"file": reading.instructed(record, unlocked)})]

    def opened(self, record: Instruction, actor: Actor, request: Any) -> None:
        opened = sealed.unlocked(request) is not None
        _on_record("protection.instruction_read", record, actor, content_opened=opened)


class HrActions(Register):
    key = "hr-actions"
    title = "ทะเบียนการดำเนินการด้านบุคคลที่เป็นผลร้าย"
    title_en = "Register of adverse personnel actions"
    about = "การย้าย ให้ออก ลดตำแหน่ง ค่าตอบแทน หรือผลประเมินของทุกคน ทุกรายการรอตรวจสอบตามระเบียบเหมือนกัน ก่อนมีผล"
    model = HrAction
    secrecy = "S2"
    audience = "หัวหน้าส่วนราชการเห็นรายการของหน่วยงานตน เจ้าหน้าที่คุ้มครอง ผู้ว่าราชการจังหวัด และรองผู้ว่าราชการจังหวัด"
    practices = ("M6.2.3.(13)",)
    columns = (
        Column("order_no", "คำสั่งหรือหนังสือที่", lambda a: a.order_no, sort="order_no", kind="link"),
        Column("person", "ผู้ได้รับผล", lambda a: a.person_label),
        Column("kind", "การดำเนินการ", lambda a: str(a.get_kind_display()), sort="kind"),
        Column("agency", "หน่วยงาน", lambda a: a.agency.name_th, sort="agency__sort_key"),
        Column("effective_on", "มีผลวันที่", lambda a: a.effective_on, sort="effective_on", kind="date"),
        Column("state", "สถานะ", lambda a: a.get_state_display(), sort="state", kind="state"),
    )
    filters = (
        Choice("state", "สถานะ", "state", lambda actor: HrAction.State.choices),
        Choice("kind", "การดำเนินการ", "kind", lambda actor: HrAction.Kind.choices),
    )

    def rows(self, actor: Actor) -> QuerySet:
        if actor.kind != "staff" or actor.person is None:
            return HrAction.objects.none()
        actions = HrAction.objects.filter(province=actor.province).select_related(
            "agency", "province", "person"
        )
        if team.is_team(actor):
            return actions.exclude(person=actor.person)
        heads = actor.agencies("head_agency")
        return actions.filter(Q(agency_id__in=heads or ()), ~Q(person=actor.person))

    def may_see(self, actor: Actor) -> bool:
        return team.is_team(actor) or (actor.kind == "staff" and actor.has("head_agency"))

    def head(self, record: HrAction) -> str:
        return f"การดำเนินการด้านบุคคล {record.order_no}"

    def facts(self, record: HrAction, actor: Actor, request: Any) -> list[tuple[str, Any]]:
        facts = [(c.label, c.value(record)) for c in self.columns]
        facts += [("เหตุผล", record.reason), ("เหตุผลเพิ่มเติม", record.answer), ("ผู้บันทึก", record.recorded_label)]
        facts += [("ผู้ตรวจสอบ", record.reviewed_label), ("คำสั่งให้ระงับที่", record.stop_order)]
        if record.effective_on <= record.created_at.date():
            facts.append(("ข้อสังเกต", "มีผลแล้วเมื่อบันทึก"))
        return facts


class Alerts(Register):
    """Which action it is stands nowhere in the list; the page of an alert looks it up for who may see it."""

    key = "retaliation-alerts"
    title = "ทะเบียนสัญญาณการตอบโต้"
    title_en = "Register of retaliation alerts"
    about = "การดำเนินการด้านบุคคลที่ตรงกับผู้ได้รับการคุ้มครอง เป็นข้อสังเกตให้คนพิจารณา มิใช่ข้อกล่าวหา"
    model = RetaliationAlert
    secrecy = "S4"
    audience = "เจ้าหน้าที่คุ้มครอง ผู้ว่าราชการจังหวัด และรองผู้ว่าราชการจังหวัด ที่มิได้เกี่ยวข้องกับเรื่อง"
    practices = ("M6.2.3.(13)",)
    order = ("-raised_on", "-created_at")
    columns = (
        Column("number", "เลขที่เรื่องคุ้มครอง", lambda a: a.number, kind="link"),
        Column("raised_on", "วันที่เกิดสัญญาณ", lambda a: a.raised_on, sort="raised_on", kind="date"),
        Column("state", "สถานะ", lambda a: a.get_state_display(), sort="state", kind="state"),
        Column("in_force", "มีผลแล้ว", lambda a: "มีผลแล้ว" if a.in_force else "ยังไม่มีผล", sort="in_force"),
        Column("proposed", "ผู้เสนอ", lambda a: a.proposed_label),
        Column("decided", "ผู้วินิจฉัย", lambda a: a.decided_label),
    )
    filters = (
        Truth("open", "เฉพาะที่รอพิจารณา", lambda rows: rows.filter(state__in=("open", "stop_proposed"))),
    )

    def rows(self, actor: Actor) -> QuerySet:
        if not team.is_team(actor):
            return RetaliationAlert.objects.none()
        mine = team.mine(actor, "case__envelope", "case__link")
        alerts = RetaliationAlert.objects.filter(mine, province=actor.province)
        return alerts.select_related("province", "case__envelope", "case__province")

    def may_see(self, actor: Actor) -> bool:
        return team.is_team(actor)

    def head(self, record: RetaliationAlert) -> str:
        return f"สัญญาณการตอบโต้ {record.number}"

    def facts(self, record: RetaliationAlert, actor: Actor, request: Any) -> list[tuple[str, Any]]:
        facts = [(c.label, c.value(record)) for c in self.columns]
        action = action_of(record)
        if action is not None:
            facts += [
                ("ผู้ได้รับผล", action.person_label),
                ("การดำเนินการ", str(action.get_kind_display())),
                ("คำสั่งหรือหนังสือที่", action.order_no),
                ("มีผลวันที่", action.effective_on),
                ("เหตุผลของหน่วยงาน", action.reason),
                ("เหตุผลเพิ่มเติม", action.answer),
                ("ผู้บันทึก", action.recorded_label),
            ]
        return facts

    def opened(self, record: RetaliationAlert, actor: Actor, request: Any) -> None:
        _on_record("protection.alert_read", record, actor)


def _on_record(kind: str, record: Record, actor: Actor, **content: Any) -> None:
    """Every look at a record of this room is an entry of the ledger."""
    ledger.record_read(
        kind=kind,
        actor_id=actor.person_id,
        actor_label=actor.label,
        subject=(record_type(type(record)), str(record.pk)),
        province=record.province_id,
        secrecy="S4",
        content=content,
    )
