"""The order, the statement as read back, the report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prongsai.complaints.documents.common import CLASSIFIED, basis, number, office, printed
from prongsai.documents import (
    Block,
    Document,
    Facts,
    Heading,
    Items,
    Paper,
    Paragraph,
    paragraphs,
    signed_by,
    thai_date,
)
from prongsai.inquiries.documents.letters import order
from prongsai.inquiries.forms.working import conduct_choices
from prongsai.inquiries.models import Inquiry, Note, Respondent, Seat, Statement
from prongsai.inquiries.reading import InquiryFile, demand
from prongsai.organisation.actors import Actor
from prongsai.thai.digits import to_thai


class InquiryPaper(Document):
    def paper(self, inquiry: Inquiry, actor: Actor, blocks: list[Block], **more: Any) -> Paper:
        return Paper(
            layout="form",
            title=self.title,
            reference=more.pop("reference", inquiry.number),
            sender=office(inquiry.case)[:1],
            blocks=blocks,
            mark=CLASSIFIED,
            printed=printed(actor),
            **more,
        )


class AppointmentOrder(InquiryPaper):
    """คำสั่งแต่งตั้ง: who sits, with which duty and until when. It says nothing of the accusation and names nobody else."""

    key = "inquiry-order"
    title = "คำสั่งแต่งตั้งคณะกรรมการสอบข้อเท็จจริง"

    def fits(self, record: Inquiry) -> bool:
        return record.order_date is not None

    def data(self, record: Inquiry, actor: Actor, request: Any) -> Paper:
        seats = record.seats.exclude(state=Seat.State.WITHDRAWN).order_by("pk_order")
        due = thai_date(record.report_due_on) if record.report_due_on else ""
        return self.paper(
            record,
            actor,
            [
                Paragraph(f"เพื่อให้การตรวจสอบข้อเท็จจริงตามเรื่องร้องเรียนเลขที่ {number(record.case)} เป็นไปตาม{basis(record.case)} "
                          "จึงแต่งตั้งคณะกรรมการสอบข้อเท็จจริง ประกอบด้วย"),
                Items([to_thai(f"{s.label} {s.get_role_display()}") for s in seats if s.state in Seat.SITTING]),
                Paragraph("ให้คณะกรรมการแถลงการมีส่วนได้เสียก่อนอ่านสำนวน ดำเนินการโดยไม่เปิดเผยข้อมูลของผู้ร้องเรียน "
                          "รับฟังผู้ถูกกล่าวหา และเสนอรายงานพร้อมความเห็นเป็นรายบุคคล" f" ภายในวันที่ {due}"),
                signed_by(record.ordered_label, on=record.order_date),
            ],
            number=to_thai(record.order_no),
            date=record.order_date,
        )  # fmt: skip


class StatementPaper(InquiryPaper):
    """บันทึกถ้อยคำ: as said, as corrected, and read back; signed in ink and filed again by its QR."""

    key = "inquiry-statement"
    title = "บันทึกถ้อยคำ"
    needs_unlock = True

    def data(self, record: Statement, actor: Actor, request: Any) -> Paper:
        file = demand(record.inquiry, request)
        who, corrected = file.who(record), file.text(Note.Kind.CORRECTION, record)
        as_ = f"ผู้ถูกกล่าวหาที่ {record.respondent.number}" if record.respondent else "พยานหรือผู้เกี่ยวข้อง"
        facts = [
            ("ชื่อและนามสกุล", who.get("name", "")),
            ("ตำแหน่งหรือที่อยู่", who.get("position", "")),
            ("ให้ถ้อยคำในฐานะ", to_thai(as_)),
            ("วันที่และสถานที่", f"{thai_date(record.taken_on)} ณ {who.get('place', '')}"),
        ]
        read_back = (
            "ได้อ่านบันทึกนี้ให้ผู้ให้ถ้อยคำฟังแล้ว ผู้ให้ถ้อยคำรับรองว่าถูกต้อง" if record.confirmed_on else "บันทึกนี้ยังมิได้อ่านทวน"
        )
        corrections: list[Block] = [Heading("ข้อแก้ไขเมื่ออ่านทวน"), *paragraphs(corrected)] if corrected else []
        unsigned = file.text(Note.Kind.UNSIGNED, record)
        return self.paper(
            record.inquiry,
            actor,
            [
                Paragraph(f"ตาม{order(record.inquiry)}", plain=True),
                Facts([(label, value) for label, value in facts if value]),
                Heading("ถ้อยคำ"),
                *paragraphs(file.text(Note.Kind.STATEMENT, record)),
                *corrections,
                Paragraph(read_back),
                *([Paragraph(f"ผู้ให้ถ้อยคำไม่ลงลายมือชื่อ: {unsigned}")] if unsigned else []),
                signed_by(file.name(record), role="ผู้ให้ถ้อยคำ"),
                signed_by(record.taken_by, role="ผู้บันทึก", on=record.taken_on),
            ],
            reference=str(record),
            date=record.taken_on,
        )


class InquiryReport(InquiryPaper):
    """รายงานผล: each respondent apart: accused of what, heard how, found what, in which part, under which items."""

    key = "inquiry-report"
    title = "รายงานผลการสอบข้อเท็จจริง"
    needs_unlock = True

    def fits(self, record: Inquiry) -> bool:
        return record.reported_on is not None

    def data(self, record: Inquiry, actor: Actor, request: Any) -> Paper:
        file = demand(record, request)
        seats = record.sitting()
        return self.paper(
            record,
            actor,
            [
                Paragraph(f"ตาม{order(record)} คณะกรรมการได้สอบข้อเท็จจริงแล้ว ขอรายงานผล ดังนี้"),
                Heading("๑. เรื่องที่สอบ"),
                *paragraphs(file.text(Note.Kind.WORKING_TEXT)),
                Heading("๒. ข้อเท็จจริง ข้อกฎหมาย และความเห็น"),
                *paragraphs(file.text(Note.Kind.REPORT)),
                *(block for one in record.respondents.order_by("number") for block in _respondent(one, file)),
                *(signed_by(s.label, role=s.get_role_display()) for s in seats),
            ],
            date=record.reported_on,
        )


def _respondent(one: Respondent, file: InquiryFile) -> Iterator[Block]:
    yield Heading(to_thai(f"ผู้ถูกกล่าวหาที่ {one.number}"))
    items = dict(conduct_choices(one.province))
    rows = [
        ("ชื่อและตำแหน่ง", file.name(one)),
        ("ประเภทเจ้าหน้าที่", str(one.get_staff_type_display())),
        ("แจ้งข้อกล่าวหาเมื่อ", thai_date(one.told_on) if one.told_on else ""),
        ("การรับฟัง", one.get_hearing_display()),
        ("ความเห็น", one.get_finding_display()),
        ("ฐานะ", one.get_part_display()),
        ("ข้อกำหนดจริยธรรมที่เกี่ยวข้อง", to_thai("; ".join(items.get(p, p) for p in one.conduct))),
    ]
    yield Facts([(label, value) for label, value in rows if value])
    yield from paragraphs(file.text(Note.Kind.FINDING, one))
