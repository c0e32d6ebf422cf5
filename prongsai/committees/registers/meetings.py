"""The office's register of meetings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from prongsai.committees.access import is_business, is_secretary, meetings_of
from prongsai.committees.documents import InvitationLetter, MinutesPaper
from prongsai.committees.fields import shown_time
from prongsai.committees.models import Attendance, Committee, Meeting
from prongsai.committees.registers.committees import AUDIENCE
from prongsai.committees.room import opening_room
from prongsai.organisation.actors import Actor
from prongsai.registers import Choice, Column, Period, Register

TONES = {
    "draft": "neutral",
    "called": "soon",
    "open": "progress",
    "closed": "progress",
    "written": "progress",
    "certified": "done",
    "cancelled": "refused",
}


def committees(actor: Actor) -> list[tuple[str, str]]:
    seen = meetings_of(actor).order_by().values("committee_id")
    return [(str(c.pk), c.short_name) for c in Committee.objects.filter(pk__in=seen)]


class Meetings(Register):
    """การประชุม: from preparation to certified minutes."""

    key = "meetings"
    title, title_en = "ทะเบียนการประชุม", "Register of meetings"
    about = "การเชิญประชุม ระเบียบวาระ ผู้มาประชุม มติ และรายงานการประชุมที่รับรองแล้ว"
    model = Meeting
    secrecy = "S1"
    audience = AUDIENCE
    order = ("-held_on", "-starts_at")
    documents = (InvitationLetter(), MinutesPaper())
    practices = ("M3.7", "M6.2.3.(10)")
    columns = (
        Column("meeting", "การประชุม", lambda m: str(m), kind="link"),
        Column("held_on", "วันที่ประชุม", lambda m: m.held_on, "held_on", "date"),
        Column("starts_at", "เวลา", lambda m: shown_time(m.starts_at)),
        Column("place", "สถานที่", lambda m: m.place),
        Column("notice_days", "แจ้งล่วงหน้า (วัน)", lambda m: m.notice_days, "notice_days", "number"),
        Column("notice", "การแจ้งล่วงหน้า", lambda m: notice_words(m)),
        Column(
            "state",
            "สถานะ",
            lambda m: m.get_state_display(),
            "state",
            "state",
            tone=lambda m: TONES[m.state],
        ),
    )
    filters = (
        Choice("committee", "คณะกรรมการ", "committee_id", committees),
        Choice("state", "สถานะ", "state", lambda actor: list(Meeting.State.choices)),
        Period("held", "วันที่ประชุม", "held_on"),
    )

    def rows(self, actor: Actor) -> QuerySet:
        return meetings_of(actor).select_related(
            "committee__kind", "committee__province", "province", "agency", "presiding"
        )

    def may_see(self, actor: Actor) -> bool:
        return is_business(actor)

    def may_open_original(self, record: Meeting, actor: Actor) -> bool:
        """A signed scan as it came, whose hash the ledger has."""
        return is_secretary(actor, record.committee)

    def facts(self, record: Meeting, actor: Actor, request: Any) -> Sequence[tuple[str, Any]]:
        room = opening_room(record)
        called = record.state not in (Meeting.State.DRAFT, Meeting.State.CANCELLED)
        return [
            ("คณะกรรมการ", record.committee.name),
            ("วันที่ประชุม", record.held_on),
            ("เวลา", shown_time(record.starts_at)),
            ("สถานที่", record.place),
            ("ส่งหนังสือเชิญเมื่อ", record.called_on),
            ("ผู้เชิญ", record.called_by),
            ("การแจ้งล่วงหน้า", f"{record.notice_days} วัน {notice_words(record)}" if record.called_on else ""),
            ("ผู้มาประชุม", f"{room.present} จาก {room.members} คน องค์ประชุม {room.needed} คน" if called else ""),
            ("ประธานที่ประชุม", record.presiding.name if record.presiding else ""),
            ("เริ่มประชุม", shown_time(record.opened_at)),
            ("เลิกประชุม", shown_time(record.closed_at)),
            ("รับรองรายงานครั้งแรกเมื่อ", record.certified_on),
            ("เหตุที่ยกเลิก", record.cancel_reason),
        ]

    def sections(self, record: Meeting, actor: Actor, request: Any) -> list[tuple[str, dict[str, Any]]]:
        rows = Attendance.objects.filter(meeting=record).select_related("seat__sector").in_order()
        context = {
            "attendances": rows,
            "items": record.items.order_by("number"),
            "versions": record.versions.order_by("-number"),
            "committee_page": record.committee_id,
        }
        return [("committees/office/meeting.html", context)]


def notice_words(meeting: Meeting) -> str:
    """Whether the members were told in time, by which rule; "" before the call or where no rule is loaded."""
    if meeting.called_on is None or not meeting.notice_rule:
        return ""
    return ("น้อยกว่ากำหนด " if meeting.notice_short else "ครบตามกำหนด ") + meeting.notice_rule
