"""คำสั่งแต่งตั้งคณะกรรมการ."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from prongsai.committees.models import Committee
from prongsai.documents import Document, Heading, Items, Paper, Paragraph, paragraphs, signed_by, thai_date
from prongsai.organisation.actors import Actor
from prongsai.thai.digits import to_thai


class OrderPaper(Document):
    """The order as drafted (no number yet) or as signed; later replacements have orders of their own."""

    key = "committee-order"
    title = "คำสั่งแต่งตั้งคณะกรรมการ"

    def fits(self, record: Committee) -> bool:
        return record.seats_in_force().exists()

    def data(self, record: Committee, actor: Actor, request: Any) -> Paper:
        seats = [
            " ".join(
                part for part in (s.name, s.position, s.organisation, f"เป็น{s.get_role_display()}") if part
            )
            for s in record.seats_in_force()
        ]
        start = f"ทั้งนี้ ตั้งแต่วันที่ {thai_date(record.starts_on)}" if record.starts_on else "ทั้งนี้ ตั้งแต่วันที่ลงนาม"
        until = f" ถึงวันที่ {thai_date(record.ends_on)}" if record.ends_on else ""
        return Paper(
            layout="form",
            title=self.title if record.order_no else f"{self.title} (ร่าง)",
            date=record.order_date or timezone.localdate(),
            reference=record.order_no or record.short_name,
            number=to_thai(record.order_no),
            sender=[record.agency.name_th],
            subject=f"แต่งตั้ง{record.name}",
            blocks=[
                Paragraph(f"อาศัยอำนาจตาม{to_thai(record.legal_basis)} จึงแต่งตั้ง{record.name} ประกอบด้วย"),
                Items([to_thai(seat) for seat in seats]),
                Heading("หน้าที่และอำนาจ"),
                *paragraphs(to_thai(record.purpose)),
                Paragraph(start + until),
                signed_by(record.signed_by),
            ],
        )
