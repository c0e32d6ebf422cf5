"""What the public sees: who sits on committees, when they meet, what they resolved and how many took no part.

Names of those who declared an interest are never here: the clause makes public how many, by item (M6.2.3.(10)).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Max, QuerySet

from prongsai.committees.models import Attendance, Committee, Item, Kind, Meeting, Seat, Sector
from prongsai.committees.registers.items import recused
from prongsai.committees.registers.meetings import TONES
from prongsai.organisation.actors import Actor
from prongsai.registers import Choice, Column, Period, Register, Truth
from prongsai.registers.language import pick

EVERYONE, EVERYONE_EN = "ประชาชนทั่วไป", "Everyone"
SHOWN = (Committee.State.PUBLISHED.value, Committee.State.ENDED.value)


def _kinds(actor: Actor) -> list[tuple[str, str]]:
    return [(kind.key, pick(kind.name_th, kind.name_en)) for kind in Kind.objects.filter(is_public=True)]


def _sectors(actor: Actor) -> list[tuple[str, str]]:
    return [(sector.key, pick(sector.name_th, sector.name_en)) for sector in Sector.objects.all()]


def _committees(actor: Actor) -> list[tuple[str, str]]:
    found = Committee.objects.filter(province=actor.province, is_public=True, state__in=SHOWN)
    return [(str(c.pk), c.short_name) for c in found.order_by("short_name")]


class PublicRegister(Register):
    """What all three share."""

    secrecy, public = "S0", True
    audience, audience_en = EVERYONE, EVERYONE_EN
    has_record_page = False
    committee = "committee__"  # from a row to its committee

    def rows(self, actor: Actor) -> QuerySet:
        way = self.committee
        return self.model.objects.filter(
            **{
                f"{way}province": actor.province,
                f"{way}is_public": True,
                f"{way}state__in": SHOWN,
            }
        )


class Compositions(PublicRegister):
    """ผู้ใดเป็นกรรมการ: every seat by order, those that ended too (M3.7, M3.9)."""

    key = "committee-members"
    title, title_en = "องค์ประกอบคณะกรรมการ", "Composition of committees"
    about = "กรรมการของคณะกรรมการที่เปิดเผย ภาคส่วน บทบาท และคำสั่งแต่งตั้ง รวมผู้ที่พ้นจากตำแหน่งแล้ว"
    about_en = "Members of public committees, the sector they come from, their role and order, former members included."
    model = Seat
    order = ("committee__name", "ends_on", "pk")
    practices = ("M3.7", "M3.9")
    columns = (
        Column("committee", "คณะกรรมการ", lambda s: s.committee.name, label_en="Committee", official=True),
        Column("name", "ชื่อ", lambda s: s.name, label_en="Name", official=True),
        Column("position", "ตำแหน่ง", lambda s: s.position, label_en="Post", official=True),
        Column("organisation", "หน่วยงานหรือองค์กร", lambda s: s.organisation, label_en="Body", official=True),
        Column(
            "sector",
            "ภาคส่วน",
            lambda s: pick(s.sector.name_th, s.sector.name_en),
            "sector__order",
            label_en="Sector",
        ),
        Column(
            "role",
            "บทบาท",
            lambda s: pick(s.get_role_display(), Seat.ENGLISH[s.role]),
            label_en="Role",
        ),
        Column("order_no", "คำสั่งที่", lambda s: s.order_no, label_en="Order no.", official=True),
        Column("order_date", "ลงวันที่", lambda s: s.order_date, "order_date", "date", "Order dated"),
        Column("starts_on", "ตั้งแต่วันที่", lambda s: s.starts_on, "starts_on", "date", "From"),
        Column("ends_on", "ถึงวันที่", lambda s: s.ends_on, "ends_on", "date", "To"),
    )
    filters = (
        Choice("committee", "คณะกรรมการ", "committee_id", _committees, "Committee"),
        Choice("kind", "ประเภท", "committee__kind_id", _kinds, "Kind"),
        Choice("sector", "ภาคส่วน", "sector_id", _sectors, "Sector"),
        Truth(
            "current",
            "เฉพาะผู้ดำรงตำแหน่งปัจจุบัน",
            lambda rows: rows.filter(ends_on=None),
            "Current members only",
        ),
    )

    def rows(self, actor: Actor) -> QuerySet:
        return super().rows(actor).exclude(order_no="").select_related("committee", "sector")

    def changed(self, actor: Actor) -> dt.datetime | None:
        return self.rows(actor).aggregate(last=Max("committee__changed_at"))["last"]


class PublicMeetings(PublicRegister):
    """การประชุมของคณะกรรมการที่เปิดเผย: coming and held, and whether members were told in time (AT-M3-04)."""

    key = "committee-meetings"
    title, title_en = "การประชุมของคณะกรรมการ", "Meetings of committees"
    about = "การประชุมที่เชิญแล้วและที่ผ่านมา วันแจ้งล่วงหน้าเทียบกับกำหนด และจำนวนผู้มาประชุม"
    about_en = "Meetings called and held, the notice given compared with the rule, and how many members came."
    model = Meeting
    order = ("-held_on", "-starts_at")
    practices = ("M3.7",)
    columns = (
        Column("committee", "คณะกรรมการ", lambda m: m.committee.name, label_en="Committee", official=True),
        Column("number", "ครั้งที่", lambda m: m.number, label_en="Meeting no."),
        Column("held_on", "วันที่ประชุม", lambda m: m.held_on, "held_on", "date", "Date"),
        Column("place", "สถานที่", lambda m: m.place, label_en="Place", official=True),
        Column("called_on", "ส่งหนังสือเชิญเมื่อ", lambda m: m.called_on, "called_on", "date", "Called on"),
        Column(
            "notice_days",
            "แจ้งล่วงหน้า (วัน)",
            lambda m: m.notice_days,
            "notice_days",
            "number",
            "Notice (days)",
        ),
        Column("rule", "กำหนด", lambda m: m.notice_rule, label_en="Rule", official=True),
        Column("notice", "การแจ้งล่วงหน้า", lambda m: _notice(m), label_en="Notice"),
        Column("present", "มาประชุม (คน)", lambda m: _came(m), kind="number", label_en="Members present"),
        Column(
            "state",
            "สถานะ",
            lambda m: pick(m.get_state_display(), Meeting.ENGLISH[m.state]),
            "state",
            "state",
            "State",
            tone=lambda m: TONES[m.state],
        ),
    )
    filters = (
        Choice("committee", "คณะกรรมการ", "committee_id", _committees, "Committee"),
        Period("held", "วันที่ประชุม", "held_on", "Date"),
        Truth(
            "short",
            "เฉพาะที่แจ้งล่วงหน้าน้อยกว่ากำหนด",
            lambda rows: rows.filter(notice_short=True),
            "Short notice only",
        ),
    )

    def rows(self, actor: Actor) -> QuerySet:
        called = super().rows(actor).filter(sequence__isnull=False)
        return called.select_related("committee").prefetch_related("attendances__seat")

    def changed(self, actor: Actor) -> dt.datetime | None:
        return self.rows(actor).aggregate(last=Max("changed_at"))["last"]


def _notice(meeting: Meeting) -> str:
    if meeting.called_on is None or not meeting.notice_rule:
        return ""
    if meeting.notice_short:
        return pick("น้อยกว่ากำหนด", "Shorter than the rule")
    return pick("ครบตามกำหนด", "In time")


def _came(meeting: Meeting) -> int | None:
    """Only of a meeting that is over: before, a list of those who came says nothing."""
    if meeting.state not in Meeting.HELD:
        return None
    came = (*Attendance.PRESENT, Attendance.Status.LEFT_EARLY.value)
    return sum(row.status in came and row.seat.votes for row in meeting.attendances.all())  # type: ignore[attr-defined]


class Resolutions(PublicRegister):
    """มติของคณะกรรมการที่เปิดเผย: once the minutes are certified, without items that are kept back."""

    key = "committee-resolutions"
    title, title_en = "มติคณะกรรมการ", "Resolutions of committees"
    about = "มติของวาระที่เปิดเผย ตามรายงานการประชุมที่รับรองแล้ว พร้อมจำนวนกรรมการที่มิได้ร่วมพิจารณาเพราะมีส่วนได้ส่วนเสีย"
    about_en = "Resolutions by certified minutes, with how many members took no part because of an interest."
    model = Item
    committee = "meeting__committee__"
    order = ("-meeting__held_on", "meeting_id", "number")
    practices = ("M3.7", "M6.2.3.(10)")
    columns = (
        Column(
            "committee", "คณะกรรมการ", lambda i: i.meeting.committee.name, label_en="Committee", official=True
        ),
        Column("meeting", "ครั้งที่", lambda i: i.meeting.number, label_en="Meeting no."),
        Column("held_on", "วันที่ประชุม", lambda i: i.meeting.held_on, "meeting__held_on", "date", "Date"),
        Column("number", "วาระที่", lambda i: i.number, kind="number", label_en="Item"),
        Column("title", "เรื่อง", lambda i: i.title, label_en="Subject", official=True),
        Column("resolution", "มติที่ประชุม", lambda i: i.resolution, label_en="Resolution", official=True),
        Column("outcome", "ผลการลงมติ", lambda i: _outcome(i), label_en="Outcome"),
        Column("votes_for", "เห็นชอบ", lambda i: i.votes_for, kind="number", label_en="For"),
        Column("votes_against", "ไม่เห็นชอบ", lambda i: i.votes_against, kind="number", label_en="Against"),
        Column("abstained", "งดออกเสียง", lambda i: i.abstained, kind="number", label_en="Abstained"),
        Column(
            "recused",
            "มิได้ร่วมพิจารณาเพราะมีส่วนได้ส่วนเสีย (คน)",
            lambda i: recused(i),
            kind="number",
            label_en="Recused",
        ),
        Column("review", "การตรวจสอบข้อกฎหมาย", lambda i: _review(i), label_en="Legal review"),
    )
    filters = (
        Choice("committee", "คณะกรรมการ", "meeting__committee_id", _committees, "Committee"),
        Period("held", "วันที่ประชุม", "meeting__held_on", "Date"),
    )

    def rows(self, actor: Actor) -> QuerySet:
        told = super().rows(actor).filter(meeting__certified_on__isnull=False, is_secret=False)
        return told.exclude(state=Item.State.WITHDRAWN).select_related("meeting__committee")

    def changed(self, actor: Actor) -> dt.datetime | None:
        return self.rows(actor).aggregate(last=Max("meeting__changed_at"))["last"]


def _outcome(item: Item) -> str:
    if item.outcome:
        return pick(item.get_outcome_display(), Item.ENGLISH[item.outcome])
    english: dict[Any, str] = {"noted": "Noted", "deferred": "Deferred"}
    return pick(item.get_state_display(), english.get(item.state, ""))


def _review(item: Item) -> str:
    if item.legal_review:
        return pick("รอตรวจสอบข้อกฎหมาย", "Under legal review")
    return pick("ตรวจสอบแล้ว", "Reviewed") if item.review_result else ""
