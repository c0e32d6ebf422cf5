"""Respondents, summonses and statements of the inquiries that a person may know of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Q, QuerySet

from prongsai.inquiries import naming
from prongsai.inquiries.access import inquiries_of, is_summoned, parts_of
from prongsai.inquiries.documents import AccusationNotice, StatementPaper, SummonsLetter
from prongsai.inquiries.models import Finding, Part, Respondent, Statement, Summons
from prongsai.inquiries.reading import InquiryFile
from prongsai.inquiries.registers.base import AUDIENCE, SecretRegister, texts_of
from prongsai.organisation.actors import Actor
from prongsai.registers import Choice, Column, Truth

TONES = {
    "named": "soon", "told": "progress", "heard": "progress", "found": "done",
    "sent": "progress", "reminded": "late", "escalated": "late", "answered": "done", "uncooperative": "neutral",
    "written": "soon", "confirmed": "done", "unsigned": "neutral",
}  # fmt: skip


def state_column() -> Column:
    return Column("state", "สถานะ", lambda r: r.get_state_display(), sort="state", kind="state",
                  tone=lambda r: TONES[r.state])  # fmt: skip


def conduct_words(respondent: Respondent) -> str:
    return ", ".join(f"C{p[8:-1]}" if p.startswith("M6.2.3.(") else p for p in respondent.conduct)


class PartRegister(SecretRegister):
    practices: ClassVar[Sequence[str]] = ("M5.2.1",)
    order = ("-created_at",)

    def rows(self, actor: Actor) -> QuerySet:
        return parts_of(self.model, actor)

    def parts(self, record: Any, file: InquiryFile, actor: Actor) -> list[tuple[str, dict[str, Any]]]:
        context = {"who": file.who(record), "texts": texts_of(file, record), "inquiry": record.inquiry}
        return [("inquiries/office/part.html", context)]


class Respondents(PartRegister):
    key = "inquiry-respondents"
    title = "ผู้ถูกกล่าวหาและความเห็นรายบุคคล"
    title_en = "Respondents and findings"
    about = "แต่ละคนได้รับแจ้งข้อกล่าวหา ได้รับการรับฟัง และมีความเห็นแยกกัน ชื่อปิดผนึกและไม่แสดงในรายการ"
    model = Respondent
    practices = ("M5.2.1", "M6.2.3.(14)")
    documents = (AccusationNotice(),)
    columns = (
        Column("number", "ผู้ถูกกล่าวหา", lambda r: str(r), kind="link"),
        state_column(),
        Column("staff_type", "ประเภท", lambda r: str(r.get_staff_type_display()), sort="staff_type"),
        Column("finding", "ความเห็น", lambda r: r.get_finding_display(), sort="finding"),
        Column("part", "ฐานะ", lambda r: r.get_part_display(), sort="part"),
        Column("conduct", "ข้อกำหนดจริยธรรม", conduct_words),
    )
    filters = (
        Choice("finding", "ความเห็น", "finding", lambda actor: Finding.choices),
        Choice("part", "ฐานะ", "part", lambda actor: Part.choices),
        Truth("executive", "เฉพาะผู้บริหาร", lambda rows: rows.filter(is_executive=True)),
    )

    def facts(self, record: Respondent, actor: Actor, request: Any) -> list[tuple[str, Any]]:
        return [
            ("การสอบข้อเท็จจริง", record.inquiry.number),
            ("ประเภทเจ้าหน้าที่", str(record.get_staff_type_display())),
            ("ผู้บริหาร", "ใช่" if record.is_executive else ""),
            ("แจ้งข้อกล่าวหาเมื่อ", record.told_on),
            ("ให้ชี้แจงภายใน", record.answer_by),
            ("การรับฟัง", record.get_hearing_display()),
            ("รับฟังเมื่อ", record.heard_on),
            ("ความเห็นของคณะกรรมการ", record.get_finding_display()),
            ("ฐานะ", record.get_part_display()),
            ("ข้อกำหนดจริยธรรมที่เกี่ยวข้อง", conduct_words(record)),
        ]


class Summonses(PartRegister):
    key = "inquiry-summonses"
    title = "หนังสือเรียกและหนังสือเชิญ"
    title_en = "Summonses"
    about = "หนังสือที่คณะกรรมการสอบข้อเท็จจริงออก กำหนดตอบ และคำตอบ เจ้าหน้าที่เห็นฉบับที่ออกถึงตน"
    audience = f"{AUDIENCE} เจ้าหน้าที่ที่ถูกเรียกเห็นเลขที่และกำหนดของตน"
    model = Summons
    practices = ("M6.2.2",)
    documents = (SummonsLetter(),)
    columns = (
        Column("number", "หนังสือเรียก", lambda s: str(s), kind="link"),
        Column("kind", "ถึง", lambda s: s.get_kind_display(), sort="kind"),
        Column("letter_no", "เลขที่หนังสือ", lambda s: s.letter_no),
        Column("sent_on", "ลงวันที่", lambda s: s.sent_on, sort="sent_on", kind="date"),
        Column("due_on", "ให้ตอบภายใน", lambda s: s.due_on, sort="due_on", kind="date"),
        state_column(),
    )
    filters = (Choice("state", "สถานะ", "state", lambda actor: Summons.State.choices),)

    def rows(self, actor: Actor) -> QuerySet:
        """Also to the officer who is asked, and to the supervisor who was told; never to who is named in the matter."""
        if actor.kind != "staff" or actor.person is None:
            return Summons.objects.none()
        known = Q(inquiry__in=inquiries_of(actor).order_by().values("pk"))
        known &= ~naming.kept_from(actor, "inquiry__case")
        own = Q(person=actor.person) | Q(escalated_to=actor.person)
        own &= ~naming.kept_from(actor, "inquiry__case", named_only=True)
        return Summons.objects.filter(known | own).select_related(
            "inquiry__case", "inquiry__envelope", "inquiry__agency", "person__supervisor", "province"
        )

    def may_own(self, actor: Actor) -> bool:
        return is_summoned(actor)

    def facts(self, record: Summons, actor: Actor, request: Any) -> list[tuple[str, Any]]:
        return [
            ("การสอบข้อเท็จจริง", record.inquiry.number),
            ("ถึง", record.person_label or "พยานบุคคล (ชื่อปิดผนึก)"),
            ("เลขที่หนังสือ", record.letter_no),
            ("ลงวันที่", record.sent_on),
            ("ให้ตอบหรือมาภายใน", record.due_on),
            ("เตือนเมื่อ", record.reminded_on),
            ("แจ้งผู้บังคับบัญชา", record.escalated_label),
            ("แจ้งผู้บังคับบัญชาเมื่อ", record.escalated_on),
            ("ได้คำตอบหรือบันทึกเมื่อ", record.closed_on),
        ]


class Statements(PartRegister):
    key = "inquiry-statements"
    title = "บันทึกถ้อยคำ"
    title_en = "Statements"
    about = "ถ้อยคำของผู้ถูกกล่าวหาและพยาน ปิดผนึก อ่านทวน และรับรอง ฉบับลงนามกลับเข้าสำนวนด้วยรหัสคิวอาร์"
    model = Statement
    documents = (StatementPaper(),)
    columns = (
        Column("number", "บันทึกถ้อยคำ", lambda s: str(s), kind="link"),
        Column("of", "ในฐานะ", lambda s: "ผู้ถูกกล่าวหา" if s.respondent_id else "พยานหรือผู้เกี่ยวข้อง"),
        Column("taken_on", "วันที่ให้ถ้อยคำ", lambda s: s.taken_on, sort="taken_on", kind="date"),
        state_column(),
    )
    filters = (Choice("state", "สถานะ", "state", lambda actor: Statement.State.choices),)

    def facts(self, record: Statement, actor: Actor, request: Any) -> list[tuple[str, Any]]:
        return [
            ("การสอบข้อเท็จจริง", record.inquiry.number),
            ("ในฐานะ", f"ผู้ถูกกล่าวหาที่ {record.respondent.number}" if record.respondent else "พยานหรือผู้เกี่ยวข้อง"),
            ("วันที่ให้ถ้อยคำ", record.taken_on),
            ("ผู้บันทึก", record.taken_by),
            ("อ่านทวนเมื่อ", record.confirmed_on),
        ]
