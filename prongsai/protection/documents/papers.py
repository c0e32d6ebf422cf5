"""คำขอรับการคุ้มครอง and คำสั่งมาตรการคุ้มครอง: with the reader's key in hand, because they say who the reporter is."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import override

from prongsai import sealed
from prongsai.documents import Document, Facts, Heading, Items, Paper, Paragraph, paragraphs, signed_by
from prongsai.organisation.actors import Actor
from prongsai.protection import reading
from prongsai.protection.models import Note, ProtectionCase
from prongsai.thai.dates import format_datetime
from prongsai.thai.digits import to_thai

MARK = "ลับที่สุด"  # S4 on paper: Rule on the Keeping of Official Secrets B.E. 2544


def _file(record: ProtectionCase, request: Any) -> reading.File:
    unlocked = sealed.unlocked(request)
    if unlocked is None:
        raise sealed.SealError("เนื้อหาปิดผนึกอยู่ โปรดเปิดผนึกด้วยรหัสเปิดผนึกของท่าน")
    return reading.read(record, unlocked)


def _printed(actor: Actor) -> str:
    return f"พิมพ์โดย {actor.label} เมื่อ {format_datetime(timezone.now(), 'long', 'thai')}"


class RequestPaper(Document):
    """As the reporter has asked, in the reporter's own words."""

    key = "protection-request"
    title = "คำขอรับการคุ้มครอง"
    needs_unlock = True
    stamped = False

    def fits(self, record: ProtectionCase) -> bool:
        return record.state != ProtectionCase.State.PROPOSED

    def data(self, record: ProtectionCase, actor: Actor, request: Any) -> Paper:
        file = _file(record, request)
        return Paper(
            layout="form",
            title=self.title,
            date=record.requested_on,
            reference=record.number,
            sender=[record.province.full_name],
            subject=f"{self.title} เลขที่ {to_thai(record.number)}",
            blocks=[Heading("ผู้ขอและเหตุที่ขอ"), Facts(file.facts)],
            mark=MARK,
            printed=_printed(actor),
        )


class OrderPaper(Document):
    """The newest order, measure by measure."""

    key = "protection-order"
    title = "คำสั่งมาตรการคุ้มครอง"
    needs_unlock = True
    stamped = False

    def fits(self, record: ProtectionCase) -> bool:
        return record.ordered_on is not None

    def data(self, record: ProtectionCase, actor: Actor, request: Any) -> Paper:
        file = _file(record, request)
        measures = list(record.measures.all())
        with override("th"):
            listed = [f"{m.get_kind_display()} {m.period}" for m in measures]
        detail = next((text for note, text in reversed(file.notes) if note.kind == Note.Kind.ORDER), "")
        newest = measures[-1]
        return Paper(
            layout="form",
            title=f"คำสั่ง{record.province.full_name}",
            date=newest.order_date,
            reference=record.number,
            number=to_thai(newest.order_no),
            sender=[record.province.full_name],
            subject="มาตรการคุ้มครองผู้แจ้งเบาะแส",
            blocks=[
                Paragraph(
                    f"อาศัยอำนาจตามประกาศ{record.province.full_name} มาตรการที่ ๖ ข้อ ๒.๓ (๑๓) จึงมีคำสั่งให้คุ้มครอง"
                    f"{file.said.get('name', '')} ดังต่อไปนี้"
                ),
                Items([to_thai(text) for text in listed]),
                *paragraphs(detail),
                signed_by(record.ordered_label),
            ],
            mark=MARK,
            printed=_printed(actor),
        )
