"""What was taken in, by number and state; and the postal register with the chain of custody."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from prongsai.complaints.line import kept_from
from prongsai.complaints.models import Case, PostalItem, Receipt
from prongsai.complaints.said import said_state
from prongsai.organisation.actors import Actor
from prongsai.organisation.roles import Role
from prongsai.registers import Column, Period, Register


class Received(Register):
    """What the officers of the Damrongtham centre see of what they took in: nothing but number, day and state."""

    key = "received"
    title = "เรื่องที่รับไว้"
    title_en = "Complaints taken in"
    about = "เรื่องร้องเรียนการทุจริตและประพฤติมิชอบที่หน่วยงานของท่านรับไว้และส่งต่อโดยปิดผนึก แสดงเพียงเลขที่และสถานะ"
    model = Receipt
    acts_on = Case
    secrecy = "S3"
    audience = "เจ้าหน้าที่ศูนย์ดำรงธรรม เห็นเพียงเลขที่ วันที่ และสถานะ"
    practices = ("M5.2.5.3", "M5.2.5.5")
    search = "case__number"
    order = ("-received_at",)
    has_record_page = False
    columns = (
        Column("number", "เลขที่เรื่อง", lambda r: r.case.number, sort="case__number"),
        Column("received_at", "รับเมื่อ", lambda r: r.received_at, sort="received_at", kind="datetime"),
        Column("state", "สถานะ", lambda r: str(said_state(r.case.matter).label)),
    )
    filters = (Period("received", "รับเรื่อง", "received_at__date"),)

    def rows(self, actor: Actor) -> QuerySet:
        """Of the actor's own agency; never what names the actor."""
        if not self.may_see(actor):
            return Receipt.objects.none()
        rows = Receipt.objects.filter(case__province=actor.province, received_by__agency=actor.agency_id)
        return rows.exclude(kept_from(actor, "case")).select_related("case__merged_into")

    def may_see(self, actor: Actor) -> bool:
        return actor.kind == "staff" and actor.person is not None and actor.has(Role.DAMRONGTHAM_OFFICER)


class PostalRegister(Register):
    """Letters with their envelopes: numbers, days and where the original lies. What they say is in the case file."""

    key = "post"
    title = "ทะเบียนรับหนังสือร้องเรียน"
    title_en = "Postal register"
    about = "หนังสือร้องเรียนที่เป็นกระดาษ วันที่รับ ตราประทับ และผู้ครอบครองต้นฉบับ เนื้อหาและซองปิดผนึก"
    model = PostalItem
    secrecy = "S3"
    audience = "เจ้าหน้าที่ศูนย์ปฏิบัติการต่อต้านการทุจริตที่มิได้เกี่ยวข้องกับเรื่อง"
    practices = ("M5.2.5.4",)
    search = "case__number"
    order = ("-arrived_on", "-created_at")
    columns = (
        Column("number", "เลขที่เรื่อง", lambda i: i.case.number, sort="case__number", kind="link"),
        Column("receiving_no", "เลขรับ", lambda i: i.receiving_no, sort="receiving_no"),
        Column("channel", "ช่องทาง", lambda i: str(i.receipt.get_channel_display()), sort="receipt__channel"),
        Column("arrived_on", "วันที่รับหนังสือ", lambda i: i.arrived_on, sort="arrived_on", kind="date"),
        Column("postmark_on", "ตราประทับไปรษณีย์", lambda i: i.postmark_on, sort="postmark_on", kind="date"),
        Column("holder", "ผู้ครอบครองต้นฉบับ", lambda i: i.holder_label, sort="holder_label"),
        Column("lies_at", "ที่เก็บต้นฉบับ", lambda i: i.lies_at, sort="lies_at"),
    )
    filters = (Period("arrived", "รับหนังสือ", "arrived_on"),)

    def rows(self, actor: Actor) -> QuerySet:
        if not self.may_see(actor):
            return PostalItem.objects.none()
        rows = PostalItem.objects.filter(province=actor.province)
        return rows.exclude(kept_from(actor, "case")).select_related("case", "receipt")

    def may_see(self, actor: Actor) -> bool:
        return actor.kind == "staff" and actor.person is not None and actor.has(Role.CENTER_OFFICER)

    def head(self, record: PostalItem) -> str:
        return f"ต้นฉบับหนังสือร้องเรียน {record.case.number}"

    def sections(self, record: PostalItem, actor: Actor, request: Any) -> list[tuple[str, dict[str, Any]]]:
        return [("complaints/office/custody.html", {"chain": list(record.chain.all())})]
