"""ใบรับเรื่อง: what the sender holds, and the office's copy of it. The tracking code stands only on the sender's own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from prongsai.complaints.documents.common import (
    CLASSIFIED,
    grounds,
    number,
    office,
    printed,
    seven_items,
    tracking_page,
)
from prongsai.complaints.models import Case
from prongsai.documents import Document, Facts, Heading, Paper, Paragraph, Signature, signed_by
from prongsai.organisation.actors import Actor
from prongsai.thai.dates import format_datetime


class ReceiptPaper(Document):
    key = "complaint-receipt"
    title = "ใบรับเรื่องร้องเรียน"

    def data(self, record: Case, actor: Actor, request: Any) -> Paper:
        """The office's copy."""
        return self._paper(record, mark=CLASSIFIED, printed=printed(actor))

    def for_sender(self, case: Case, code: str) -> Paper:
        """The sender's own, made from the receipt page while that browser still knows the code."""
        return self._paper(case, code)

    def _paper(self, case: Case, code: str = "", **more: Any) -> Paper:
        return Paper(
            layout="form",
            title=self.title,
            date=case.received_on,
            reference=case.number,
            number=number(case),
            sender=office(case),
            blocks=[
                Facts(_facts(case, code)),
                Heading("รายการตามข้อ ๒.๒ ของมาตรการที่ ๕"),
                seven_items(case),
                Paragraph(f"{case.agency.name_th}ได้รับเรื่องร้องเรียนดังกล่าวไว้แล้ว และจะดำเนินการกลั่นกรองตามมาตรการที่ ๕ ต่อไป "
                          "การรับเรื่องนี้มิใช่การวินิจฉัยว่าข้อร้องเรียนมีมูล"),
                Paragraph(f"ติดตามเรื่อง ส่งข้อมูลเพิ่มเติม และอ่านผลการพิจารณาได้ที่ {tracking_page()} "
                          "โดยใช้เลขที่เรื่องและรหัสติดตามเรื่อง ซึ่งไม่มีผู้ใดออกให้ใหม่ได้ โปรดเก็บรักษาไว้"),
                *_received_by(case),
            ],
            **more,
        )  # fmt: skip


def _facts(case: Case, code: str) -> list[tuple[str, str]]:
    with override("th"):
        rows = [
            (
                f"รับเรื่องทาง{receipt.get_channel_display()}",
                format_datetime(receipt.received_at, "long", "thai"),
            )
            for receipt in case.receipts.order_by("received_at", "pk")
        ]
    rows.append(("เหตุแห่งการร้องเรียน", grounds(case)))
    rows.append(("ลายมือชื่อ", "ยืนยันแล้ว" if case.signed else "ยังมิได้ยืนยัน"))
    return [*rows, ("รหัสติดตามเรื่อง", code)] if code else rows


def _received_by(case: Case) -> list[Paragraph | Signature]:
    if label := next((r.received_label for r in case.receipts.all() if r.received_label), ""):
        return [signed_by(label, role="ผู้รับเรื่อง")]
    return [Paragraph("ออกโดยระบบอิเล็กทรอนิกส์ ไม่ต้องลงลายมือชื่อ", plain=True)]
