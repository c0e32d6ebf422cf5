"""แบบพิจารณาบัตรสนเท่ห์: the two tests of M5.2.3 with their reasons, signed by two officers; the head's decision if there is one."""

from __future__ import annotations

from typing import Any

from prongsai.complaints.documents.common import CLASSIFIED, basis, number, office, printed
from prongsai.complaints.documents.screening import YES_NO, note_blocks, opened_notes
from prongsai.complaints.forms import LAW_LETS_IN
from prongsai.complaints.models import Case, CaseNote
from prongsai.documents import Block, Document, Facts, Heading, Paper, Paragraph, signed_by, thai_date
from prongsai.organisation.actors import Actor
from prongsai.thai.dates import bangkok_date

TOLD = (CaseNote.Kind.UNSIGNED, CaseNote.Kind.DECISION)


class UnsignedTest(Document):
    key = "complaint-unsigned"
    title = "แบบพิจารณาบัตรสนเท่ห์"
    needs_unlock = True

    def fits(self, record: Case) -> bool:
        return record.tested_by_id is not None and not record.signed

    def data(self, record: Case, actor: Actor, request: Any) -> Paper:
        notes = [(note, text) for note, text in opened_notes(record, request) if note.kind in TOLD]
        return Paper(
            layout="form",
            title=self.title,
            date=bangkok_date(notes[0][0].written_at) if notes else record.received_on,
            reference=record.number,
            number=number(record),
            sender=office(record)[:1],
            blocks=[
                Paragraph(f"ตาม{basis(record)} ข้อ ๒.๓ เรื่องที่มิได้ลงชื่อจะรับพิจารณาเมื่อระบุหลักฐานกรณีแวดล้อม"
                          "ปรากฏชัดแจ้ง ตลอดจนชี้พยานบุคคลแน่นอน"),
                Facts([
                    ("วันที่รับเรื่อง", thai_date(record.received_on)),
                    ("หลักฐานกรณีแวดล้อมปรากฏชัดแจ้ง", YES_NO[record.evidence_test]),
                    ("ชี้พยานบุคคลแน่นอน", YES_NO[record.witness_test]),
                    ("ผลตามข้อ ๒.๓", _result(record)),
                ]),
                Heading("บันทึกการพิจารณา"),
                *(block for note, text in notes for block in note_blocks(note, text)),
                Heading("ข้อสังเกตทางกฎหมาย"),
                Paragraph(LAW_LETS_IN),
                *_signatures(record),
            ],
            mark=CLASSIFIED,
            printed=printed(actor),
        )  # fmt: skip


def _result(case: Case) -> str:
    met = (case.evidence_test, case.witness_test)
    if met == (True, True):
        return "ครบทั้งสองข้อ ต้องรับไว้พิจารณา"
    return "เข้าเกณฑ์ข้อเดียว เสนอผู้บริหารวินิจฉัย" if True in met else "ไม่เข้าเกณฑ์ทั้งสองข้อ เสนอเก็บเป็นข้อมูลได้"


def _signatures(case: Case) -> list[Block]:
    signed: list[Block] = [signed_by(case.tested_label, role="เจ้าหน้าที่ผู้พิจารณา คนที่หนึ่ง")]
    if case.test_signed_label:
        signed.append(signed_by(case.test_signed_label, role="เจ้าหน้าที่ผู้พิจารณา คนที่สอง"))
    if case.executive_label and case.decided_by_id == case.executive_id and case.decided_on:
        signed.append(signed_by(case.executive_label, role="ผู้วินิจฉัย", on=case.decided_on))
    return signed
