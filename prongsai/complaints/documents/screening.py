"""บันทึกการกลั่นกรอง: what was looked at, found and decided, by whom. Sealed (S3): only with the reader's key in hand."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import override

from prongsai import sealed
from prongsai.complaints.documents.common import CLASSIFIED, grounds, number, office, printed, seven_items
from prongsai.complaints.forms import OUTSIDE
from prongsai.complaints.models import Case, CaseNote, Ground, RefusalGround
from prongsai.complaints.reading import text_of
from prongsai.documents import (
    Block,
    Document,
    Facts,
    Heading,
    Paper,
    Paragraph,
    paragraphs,
    signed_by,
    thai_date,
)
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.thai.dates import bangkok_date, format_datetime

# Texts of their own, not what the officers thought of the matter.
NOT_OF_SCREENING = (CaseNote.Kind.WORKING, CaseNote.Kind.SUMMARY, CaseNote.Kind.RECUSAL, CaseNote.Kind.REPLY)
YES_NO = {True: "ใช่", False: "ไม่ใช่", None: "ยังมิได้พิจารณา"}


class ScreeningRecord(Document):
    key = "complaint-screening"
    title = "บันทึกการกลั่นกรองเรื่องร้องเรียน"
    needs_unlock = True

    def fits(self, record: Case) -> bool:
        return record.in_scope is not None

    def data(self, record: Case, actor: Actor, request: Any) -> Paper:
        notes = [one for one in opened_notes(record, request) if one[0].kind not in NOT_OF_SCREENING]
        with override("th"):
            about, found = _about(record), _found(record)
        return Paper(
            layout="memo",
            title="บันทึกข้อความ",
            date=record.decided_on
            or (bangkok_date(notes[-1][0].written_at) if notes else record.received_on),
            reference=record.number,
            sender=office(record)[:1],
            subject=f"{self.title} เลขที่ {number(record)}",
            blocks=[
                Heading("๑. เรื่อง"),
                Facts(about),
                Heading("๒. รายการตามข้อ ๒.๒"),
                seven_items(record),
                Heading("๓. ผลการกลั่นกรอง"),
                Facts(found),
                *([Heading("๔. บันทึกของเจ้าหน้าที่")] if notes else []),
                *(block for note, text in notes for block in note_blocks(note, text)),
                *_signatures(record),
            ],
            mark=CLASSIFIED,
            printed=printed(actor),
        )


def opened_notes(case: Case, request: Any) -> list[tuple[CaseNote, str]]:
    """The notes of the file, oldest first. Raises ``sealed.SealError``."""
    unlocked = sealed.unlocked(request)
    if unlocked is None:
        raise sealed.SealError("เนื้อหาปิดผนึกอยู่ โปรดเปิดผนึกด้วยรหัสเปิดผนึกของท่าน")
    opened = unlocked.open(case.envelope)
    return [
        (note, text_of(opened, bytes(note.sealed), f"case:{case.pk}:{note.kind}"))
        for note in case.notes.all()
    ]


def note_blocks(note: CaseNote, text: str) -> list[Block]:
    """A note on paper: what it is, by whom, when, and its text."""
    when = format_datetime(note.written_at, "long", "thai")
    return [
        Paragraph(f"{note.get_kind_display()} โดย {note.author_label} เมื่อ {when}", plain=True),
        *paragraphs(text),
    ]


def _about(case: Case) -> list[tuple[str, str]]:
    accused = "หน่วยงานอื่นนอกรายการ (ระบุในสำนวน)" if case.accused_outside else str(case.accused_agency or "")
    rows = [
        ("เลขที่เรื่อง", number(case)),
        ("วันที่รับเรื่อง", thai_date(case.received_on)),
        ("ช่องทาง", ", ".join(str(r.get_channel_display()) for r in case.receipts.all())),
        ("เหตุแห่งการร้องเรียน", grounds(case)),
        ("หน่วยงานที่ถูกร้องเรียน", accused),
        ("ผู้ร้องเรียน", "ปกปิดข้อมูลเพื่อคุ้มครองผู้ร้องเรียน"),
        ("ลายมือชื่อ", "ยืนยันแล้ว" if case.signed else "มิได้ลงหรือยืนยัน"),
    ]
    return [(label, value) for label, value in rows if value]


def _found(case: Case) -> list[tuple[str, str]]:
    staff = dict(Person.StaffType.choices)
    kind = (
        "มิใช่เจ้าหน้าที่ตามประกาศ"
        if case.accused_staff_type == OUTSIDE
        else staff.get(case.accused_staff_type, "")
    )
    rows = [
        ("อยู่ในขอบเขตของประกาศ", YES_NO[case.in_scope]),
        ("ผู้ถูกร้องเรียน", str(kind)),
        ("ประเภทเรื่อง", case.get_case_class_display()),
        ("เหตุหลัก", str(Ground(case.main_ground).label) if case.main_ground else ""),
        ("มูลของเรื่อง", case.get_foundation_display()),
    ]
    if not case.signed:
        rows.append(("หลักฐานแวดล้อมชัดแจ้ง (ข้อ ๒.๓)", YES_NO[case.evidence_test]))
        rows.append(("ชี้พยานบุคคลแน่นอน (ข้อ ๒.๓)", YES_NO[case.witness_test]))
    for label, at in (("ตรวจสอบเบื้องต้นเมื่อ", case.checked_at), ("ขอข้อมูลเพิ่มเติมเมื่อ", case.asked_at)):
        rows.append((label, thai_date(timezone.localdate(at)) if at else ""))
    rows.append(("คำวินิจฉัย", _decision(case)))
    return [(label, value) for label, value in rows if value]


def _decision(case: Case) -> str:
    if not case.decision:
        return ""
    ground = f" ด้วยเหตุ{RefusalGround(case.refusal_ground).label}" if case.refusal_ground else ""
    waiting = "" if case.decided_on else "เสนอ"
    return f"{waiting}{case.get_decision_display()}{ground}"


def _signatures(case: Case) -> list[Block]:
    """Who screened, who proposed (if another), who decided."""
    signed: list[Block] = [signed_by(case.handler_label, role="ผู้กลั่นกรอง")] if case.handler_label else []
    if case.proposed_label and case.proposed_label != case.handler_label:
        signed.append(signed_by(case.proposed_label, role="ผู้เสนอ"))
    if case.decided_label and case.decided_on:
        signed.append(signed_by(case.decided_label, role="ผู้พิจารณา", on=case.decided_on))
    return signed
