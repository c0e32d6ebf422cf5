"""The outbox for system administrators: which mails went, wait, or did not arrive. None of them says about what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from prongsai import notices
from prongsai.notices.models import Outgoing
from prongsai.registers import Choice, Column, Period, Register, Truth

if TYPE_CHECKING:
    from prongsai.organisation.actors import Actor

State = Outgoing.State
TONES = {
    State.QUEUED: "progress",
    State.SENDING: "progress",
    State.SENT: "done",
    State.UNDELIVERED: "late",
    State.WITHHELD: "neutral",
}


class Outbox(Register):
    """An administrator sees no business content: neither number nor kind of a matter, only that a mail is for somebody."""

    key = "outbox"
    title, title_en = "ทะเบียนอีเมลแจ้งเตือน", "Register of notification mails"
    about = "อีเมลแจ้งเตือนที่ระบบส่งถึงเจ้าหน้าที่ โดยไม่แสดงว่าเป็นเรื่องใด อีเมลที่ส่งไม่ถึงต้องตรวจที่อยู่ของผู้รับ"
    model = Outgoing
    secrecy = "S1"
    audience = "ผู้ดูแลระบบ"
    order = ("-created_at", "-pk")
    has_record_page = False
    columns = (
        Column("created_at", "จัดทำเมื่อ", lambda m: m.created_at, "created_at", "datetime"),
        Column("recipient", "ผู้รับ", lambda m: m.recipient.full_name, "recipient__sort_key"),
        Column("address", "ที่อยู่อีเมล", lambda m: m.address, "address"),
        Column("notices", "จำนวนเรื่อง", lambda m: m.count, kind="number"),
        Column(
            "state",
            "สถานะ",
            lambda m: m.get_state_display(),
            "state",
            "state",
            tone=lambda m: TONES[State(m.state)],
        ),
        Column("attempts", "ส่งแล้ว (ครั้ง)", lambda m: m.attempts, "attempts", "number"),
        Column("last_error", "ผลครั้งล่าสุด", lambda m: m.last_error),
        Column(
            "next",
            "ส่งครั้งต่อไป",
            lambda m: m.next_attempt_at if m.state == State.QUEUED else None,
            kind="datetime",
        ),
        Column("sent_at", "ส่งเมื่อ", lambda m: m.sent_at, "sent_at", "datetime"),
    )
    filters = (
        Choice("state", "สถานะ", "state", lambda actor: State.choices),
        Truth("undelivered", "เฉพาะที่ส่งไม่ถึง", lambda rows: rows.filter(state=State.UNDELIVERED)),
        Period("created", "จัดทำเมื่อ", "created_at__date"),
    )

    def rows(self, actor: Actor) -> QuerySet:
        if not self.may_see(actor):
            return Outgoing.objects.none()
        mails = Outgoing.objects.filter(recipient__province=actor.province).select_related("recipient")
        return mails.annotate(count=Count("notices"))

    def may_see(self, actor: Actor) -> bool:
        return actor.kind == "staff" and actor.has("system_admin")

    @property
    def summary(self) -> str:
        return f"{self.about} — {notices.mail_health().words}"
