"""แบบบันทึกคำร้องเรียนทางโทรศัพท์หรือด้วยวาจา: what was said, written down, read back and confirmed (M5.2.4.1, M5.2.5.5)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from prongsai import sealed
from prongsai.complaints.documents.common import CLASSIFIED, number, office, printed
from prongsai.complaints.models import Case, Receipt
from prongsai.complaints.reading import read_case
from prongsai.documents import (
    Block,
    Document,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Signature,
    paragraphs,
    signed_by,
)
from prongsai.organisation.actors import Actor
from prongsai.thai.dates import bangkok_date, format_datetime

READ_BACK = "เจ้าหน้าที่ได้อ่านทวนข้อความข้างต้นให้ผู้ร้องเรียนฟังแล้ว ผู้ร้องเรียนยืนยันว่าถูกต้อง จึงถือว่าได้ทำเป็นหนังสือแล้ว"


class OralRecord(Document):
    key = "complaint-oral-record"
    title = "แบบบันทึกคำร้องเรียนทางโทรศัพท์หรือด้วยวาจา"
    needs_unlock = True

    def fits(self, record: Case) -> bool:
        return _spoken(record) is not None

    def data(self, record: Case, actor: Actor, request: Any) -> Paper:
        """The office's copy, without who complains."""
        unlocked, receipt = sealed.unlocked(request), _spoken(record)
        if unlocked is None or receipt is None:
            raise sealed.SealError("เนื้อหาปิดผนึกอยู่ โปรดเปิดผนึกด้วยรหัสเปิดผนึกของท่าน")
        file = read_case(record, unlocked)
        if file.denied:
            raise sealed.SealError(file.denied)
        said: list[Block] = [Heading("ข้อความที่บันทึก"), Facts(file.facts)]
        return self._paper(receipt, said, mark=CLASSIFIED, printed=printed(actor))

    def for_counter(self, receipt: Receipt, text: str) -> Paper:
        """For the sender to read and sign, with all that was said; only while the officer's browser knows the code."""
        said = [Heading("ข้อความที่บันทึก"), *paragraphs(text, plain=True)]
        return self._paper(receipt, [*said, Signature("", role="ผู้ร้องเรียน")], mark=CLASSIFIED)

    def _paper(self, receipt: Receipt, said: list[Block], **more: Any) -> Paper:
        case = receipt.case
        with override("th"):
            channel = str(receipt.get_channel_display())
        return Paper(
            layout="form",
            title=self.title,
            date=bangkok_date(receipt.received_at),
            reference=case.number,
            number=number(case),
            sender=office(case),
            blocks=[
                Facts(
                    [
                        ("ช่องทาง", channel),
                        ("รับเมื่อ", format_datetime(receipt.received_at, "long", "thai")),
                    ]
                ),
                *said,
                Paragraph(READ_BACK),
                signed_by(receipt.received_label, role="ผู้บันทึกและอ่านทวน"),
            ],
            **more,
        )


def _spoken(case: Case) -> Receipt | None:
    return (
        case.receipts.filter(readback_confirmed=True).select_related("case__agency", "case__province").first()
    )
