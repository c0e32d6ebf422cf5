"""The channel's lists: threads for their readers alone; everybody else finds nothing, not even that there is something."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.urls import reverse

from prongsai.confidential.models import ChannelKey, Deputy, Reader, Report
from prongsai.confidential.recipients import office_of, readers_of
from prongsai.confidential.words import sentences
from prongsai.organisation.actors import Actor
from prongsai.registers import Column, Register


class Reports(Register):
    key = "confidential"
    title = "เรื่องทางช่องทางลับ"
    title_en = "Confidential channel"
    about = "ข้อความเข้ารหัสในเครื่องของผู้แจ้ง เปิดอ่านได้ในเครื่องของท่านด้วยวลีผ่านของท่านเท่านั้น ระบบเปิดอ่านมิได้"
    model = Report
    secrecy = "S4"
    audience = "ผู้ว่าราชการจังหวัด และรองผู้ว่าราชการจังหวัดที่ได้รับมอบหมาย เฉพาะเรื่องที่ส่งถึงท่าน การเปิดอ่านทุกครั้งถูกบันทึก"
    practices = ("M6.2.3.(12)",)
    order = ("-received_on", "-created_at")
    columns = (
        Column("number", "เลขที่", lambda r: r.number, kind="link"),
        Column("received_on", "วันที่รับ", lambda r: r.received_on, sort="received_on", kind="date"),
        Column("to", "ส่งถึง", lambda r: str(r.get_to_display()), sort="to"),
        Column("state", "สถานะ", lambda r: r.get_state_display(), sort="state", kind="state"),
        Column("latest", "ข้อความล่าสุด", lambda r: r.latest, sort="latest", kind="datetime"),
    )

    def rows(self, actor: Actor) -> QuerySet:
        if not office_of(actor):
            return Report.objects.none()
        mine = Reader.objects.filter(report=OuterRef("pk"), person=actor.person)
        found = Report.objects.filter(Exists(mine), province=actor.province)
        return found.select_related("province").annotate(latest=Max("messages__written_at"))

    def may_see(self, actor: Actor) -> bool:
        return bool(office_of(actor))

    def head(self, record: Report) -> str:
        return f"เรื่องทางช่องทางลับ {record.number}"

    def sections(self, record: Report, actor: Actor, request: Any) -> list[tuple[str, dict[str, Any]]]:
        used = {key for keys in record.messages.values_list("keys", flat=True) for key in keys}
        own = ChannelKey.objects.filter(pk__in=used, person=actor.person).order_by("-created_at")
        data = {
            "open": reverse("confidential-office:open", args=[record.pk]),
            "content": reverse("confidential-office:content", args=[record.pk, 0]),
            "reply": reverse("confidential-office:reply", args=[record.pk]),
            "identities": [
                {"id": str(k.pk), "wrapped": b64encode(k.wrapped).decode(), "fingerprint": k.fingerprint}
                for k in own
            ],
            "say": sentences(),
            "sender": record.sender_key,
            "keys": [{"id": str(r.key.pk), "key": r.key.public_key} for r in readers_of(record) if r.key],
        }
        closed = record.state == Report.State.CLOSED
        return [("confidential/office/thread.html", {"report": record, "data": data, "closed": closed})]


class Keys(Register):
    key = "confidential-keys"
    title = "กุญแจช่องทางลับ"
    title_en = "Keys of the confidential channel"
    about = "กุญแจของท่าน กุญแจเดิมคงอยู่เพื่ออ่านข้อความเดิม กุญแจลับอยู่ภายใต้วลีผ่านของท่าน ระบบไม่ทราบวลีผ่าน"
    model = ChannelKey
    secrecy = "S2"
    audience = "เฉพาะเจ้าของกุญแจ ส่วนลายนิ้วมือของกุญแจเผยแพร่ต่อประชาชน"
    practices = ("M6.2.3.(12)",)
    columns = (
        Column("fingerprint", "ลายนิ้วมือของกุญแจ", lambda k: k.fingerprint, kind="link"),
        Column("state", "สถานะ", lambda k: k.get_state_display(), sort="state", kind="state"),
        Column("made", "สร้างเมื่อ", lambda k: k.created_at, sort="created_at", kind="datetime"),
        Column("retired_on", "เลิกใช้เมื่อ", lambda k: k.retired_on, sort="retired_on", kind="date"),
    )

    def rows(self, actor: Actor) -> QuerySet:
        if not office_of(actor):
            return ChannelKey.objects.none()
        return ChannelKey.objects.filter(person=actor.person).select_related("province")

    def may_see(self, actor: Actor) -> bool:
        return bool(office_of(actor))

    def sections(self, record: ChannelKey, actor: Actor, request: Any) -> list[tuple[str, dict[str, Any]]]:
        paper = {"key": record, "wrapped": b64encode(record.wrapped).decode()}
        return [("confidential/office/key_paper.html", paper)]


class Deputies(Register):
    key = "confidential-deputies"
    title = "ผู้ได้รับมอบหมายให้รับเรื่องทางช่องทางลับ"
    title_en = "Deputies named for the confidential channel"
    about = "รองผู้ว่าราชการจังหวัดที่ผู้ว่าราชการจังหวัดมอบหมายด้วยคำสั่ง คราวละหนึ่งคน"
    model = Deputy
    secrecy = "S1"
    audience = "ผู้ว่าราชการจังหวัดและรองผู้ว่าราชการจังหวัด ส่วนชื่อผู้ได้รับมอบหมายในปัจจุบันเผยแพร่ต่อประชาชน"
    practices = ("M6.2.3.(12)",)
    columns = (
        Column("order_no", "คำสั่งที่", lambda d: d.order_no, sort="order_no", kind="link"),
        Column("order_date", "ลงวันที่", lambda d: d.order_date, sort="order_date", kind="date"),
        Column("person", "ผู้ได้รับมอบหมาย", lambda d: d.person_label),
        Column("named", "ผู้มอบหมาย", lambda d: d.named_label),
        Column("state", "สถานะ", lambda d: d.get_state_display(), sort="state", kind="state"),
        Column("ended_on", "สิ้นสุดเมื่อ", lambda d: d.ended_on, sort="ended_on", kind="date"),
    )

    def rows(self, actor: Actor) -> QuerySet:
        if not self.may_see(actor):
            return Deputy.objects.none()
        return Deputy.objects.filter(province=actor.province).select_related("province", "person")

    def may_see(self, actor: Actor) -> bool:
        return actor.kind == "staff" and (actor.has("governor") or actor.has("vice_governor"))
