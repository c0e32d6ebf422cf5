"""หนังสือเชิญประชุม with the agenda."""

from __future__ import annotations

from typing import Any

from prongsai.committees.fields import thai_time
from prongsai.committees.models import Item, Meeting
from prongsai.documents import Document, Heading, Items, Paper, Paragraph, signed_by, thai_date
from prongsai.organisation.actors import Actor
from prongsai.thai.digits import to_thai


class InvitationLetter(Document):
    """To every member alike; the registry gives the number."""

    key = "committee-invitation"
    title = "หนังสือเชิญประชุม"

    def fits(self, record: Meeting) -> bool:
        return record.called_on is not None

    def data(self, record: Meeting, actor: Actor, request: Any) -> Paper:
        committee = record.committee
        items = record.items.exclude(state=Item.State.WITHDRAWN).order_by("number")  # type: ignore[attr-defined]
        contact = committee.agency.contact
        when = f"วันที่ {thai_date(record.held_on)} เวลา {thai_time(record.starts_at)}"
        return Paper(
            layout="letter",
            title=self.title,
            date=record.called_on,  # type: ignore[arg-type]
            reference=str(record),
            sender=[
                to_thai(line) for line in (committee.agency.name_th, contact.get("address_th", "")) if line
            ],
            subject=f"ขอเชิญประชุม{committee.name} ครั้งที่ {to_thai(record.number)}",
            to=f"กรรมการใน{committee.name}",
            blocks=[
                Paragraph(
                    f"ด้วย{committee.name} กำหนดประชุมครั้งที่ {to_thai(record.number)} {when} ณ {to_thai(record.place)} "
                    "จึงขอเชิญท่านเข้าร่วมประชุมตามระเบียบวาระต่อไปนี้"
                ),
                Heading("ระเบียบวาระการประชุม"),
                Items([to_thai(f"{item.title} ({item.get_purpose_display()})") for item in items]),
                Paragraph(
                    "หากท่านมีส่วนได้ส่วนเสียในวาระใด โปรดแจ้งต่อที่ประชุมก่อนเริ่มการพิจารณาวาระนั้น "
                    "และออกจากห้องประชุมเป็นการชั่วคราวระหว่างพิจารณา"
                ),
                Paragraph("จึงเรียนมาเพื่อโปรดเข้าร่วมประชุมตามวัน เวลา และสถานที่ดังกล่าว"),
                signed_by(record.called_by, closing="ขอแสดงความนับถือ"),
            ],
            contact=[to_thai(f"{committee.agency.name_th} โทร. {contact['phone']}")]
            if contact.get("phone")
            else [],
        )
