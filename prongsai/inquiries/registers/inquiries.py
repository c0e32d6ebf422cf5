"""The register of inquiries."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from prongsai.acts.models import Due
from prongsai.inquiries.access import inquiries_of
from prongsai.inquiries.documents import AppointmentOrder, InquiryReport, ResultLetter
from prongsai.inquiries.models import Inquiry, Outcome
from prongsai.inquiries.reading import InquiryFile, evidence_cards
from prongsai.inquiries.registers.base import SecretRegister, texts_of
from prongsai.organisation.actors import Actor
from prongsai.registers import Choice, Column, Period, Truth

TONES = {"proposed": "soon", "ordered": "soon", "working": "progress", "reported": "soon", "action": "done",
         "no_action": "neutral"}  # fmt: skip


def overdue(rows: QuerySet) -> QuerySet:
    late = Due.objects.open().filter(record_id=OuterRef("pk"), due_on__lt=timezone.localdate())
    return rows.filter(Exists(late))


class Inquiries(SecretRegister):
    key = "inquiries"
    title = "การตรวจสอบข้อเท็จจริง"
    title_en = "Fact-finding"
    about = "การสอบข้อเท็จจริงตามเรื่องร้องเรียนที่รับพิจารณา เนื้อหาและชื่อปิดผนึก ผู้ถูกกล่าวหาไม่เห็นข้อมูลใดในทะเบียนนี้"
    model = Inquiry
    practices = ("M5.2.1", "M6.2.3.(14)")
    documents = (AppointmentOrder(), InquiryReport(), ResultLetter())
    search = "number"
    order = ("-created_at",)
    columns = (
        Column("number", "เลขที่", lambda i: i.number, sort="created_at", kind="link", label_en="Number"),
        Column("case", "เรื่องร้องเรียน", lambda i: i.case.number, label_en="Case"),
        Column("state", "สถานะ", lambda i: i.get_state_display(), sort="state", kind="state", label_en="State",
               tone=lambda i: TONES[i.state]),
        Column("agency", "หน่วยงานที่ถูกร้องเรียน", lambda i: i.agency.name_th, sort="agency__sort_key"),
        Column("order_date", "คำสั่งลงวันที่", lambda i: i.order_date, sort="order_date", kind="date"),
        Column("due_on", "กำหนดรายงาน", lambda i: i.report_due_on, sort="report_due_on", kind="date"),
        Column("respondents", "ผู้ถูกกล่าวหา (คน)", lambda i: i.respondents.count(), kind="number"),
        Column("outcome", "ผล", lambda i: i.get_outcome_display()),
    )  # fmt: skip
    filters = (
        Choice("state", "สถานะ", "state", lambda actor: Inquiry.State.choices),
        Choice("outcome", "ผล", "outcome", lambda actor: Outcome.choices),
        Period("ordered", "คำสั่งลงวันที่", "order_date"),
        Truth("overdue", "เฉพาะที่เกินกำหนด", overdue),
    )

    def rows(self, actor: Actor) -> QuerySet:
        return inquiries_of(actor).select_related("case", "agency", "envelope", "province")

    def head(self, record: Inquiry) -> str:
        return f"การสอบข้อเท็จจริง {record.number}"

    def facts(self, record: Inquiry, actor: Actor, request: Any) -> list[tuple[str, Any]]:
        members = [f"{s.label} ({s.get_role_display()}) – {s.get_state_display()}" for s in record.sitting()]
        return [
            ("เรื่องร้องเรียน", record.case.number),
            ("หน่วยงานที่ถูกร้องเรียน", record.agency.name_th),
            ("ผู้เสนอ", record.proposed_label),
            ("คำสั่ง", f"{record.order_no} โดย {record.ordered_label}" if record.order_no else ""),
            ("คำสั่งลงวันที่", record.order_date),
            ("คณะกรรมการ", "\n".join(members)),
            ("กำหนดรายงาน", record.report_due_on),
            ("ขยายเวลาแล้ว", f"{record.extensions} ครั้ง" if record.extensions else ""),
            ("สำนักงาน ป.ป.ท. ส่งเรื่อง", f"หนังสือที่ {record.pacc_letter_no}" if record.pacc_letter_no else ""),
            ("เสนอรายงานเมื่อ", record.reported_on),
            ("ผลการวินิจฉัย", record.get_outcome_display()),
            ("ผู้วินิจฉัย", record.decided_label),
            ("วินิจฉัยเมื่อ", record.decided_on),
            ("แจ้งผลผู้ร้องเรียนเมื่อ", record.notified_at),
        ]

    def parts(self, record: Inquiry, file: InquiryFile, actor: Actor) -> list[tuple[str, dict[str, Any]]]:
        context = {
            "inquiry": record,
            "respondents": [(r, file.name(r)) for r in record.respondents.order_by("number")],
            "summonses": [(s, file.name(s)) for s in record.summonses.order_by("number")],
            "statements": [(s, file.name(s)) for s in record.statements.order_by("number")],
            "sanctions": record.sanctions.select_related("respondent").order_by("number"),
            "evidence": list(evidence_cards(record, file)),
            "texts": texts_of(file, None),
        }
        return [("inquiries/office/inquiry.html", context)]
