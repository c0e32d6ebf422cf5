"""The office's registers of agenda items, and of what attendees declared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from prongsai import ledger
from prongsai.committees.access import is_business, meetings_of
from prongsai.committees.fields import shown_time
from prongsai.committees.models import Interest, Item
from prongsai.committees.registers.committees import AUDIENCE
from prongsai.committees.registers.meetings import committees
from prongsai.committees.room import room_of
from prongsai.organisation.actors import Actor
from prongsai.registers import Choice, Column, Period, Register, Truth

TONES = {
    "waiting": "neutral",
    "asking": "soon",
    "considered": "progress",
    "resolved": "done",
    "noted": "done",
    "deferred": "refused",
    "withdrawn": "refused",
}
ANSWERS = {"asked": "soon", "none": "done", "left": "progress", "stayed": "progress", "late": "late"}


class Items(Register):
    """ระเบียบวาระและมติ."""

    key = "meetings-agenda"
    title, title_en = "ทะเบียนระเบียบวาระและมติ", "Register of agenda items and resolutions"
    about = "วาระของทุกการประชุม จำนวนผู้อยู่ในห้องประชุม คะแนนเสียง และมติ"
    model = Item
    secrecy = "S1"
    audience = AUDIENCE
    order = ("-meeting__held_on", "meeting_id", "number")
    practices = ("M6.2.3.(10)",)
    columns = (
        Column("item", "วาระ", lambda i: str(i), kind="link"),
        Column("title", "เรื่อง", lambda i: i.title, kind="long"),
        Column("held_on", "วันที่ประชุม", lambda i: i.meeting.held_on, "meeting__held_on", "date"),
        Column(
            "state",
            "สถานะ",
            lambda i: i.get_state_display(),
            "state",
            "state",
            tone=lambda i: TONES[i.state],
        ),
        Column("outcome", "ผล", lambda i: i.get_outcome_display() if i.outcome else ""),
        Column("resolution", "มติที่ประชุม", lambda i: i.resolution, kind="long"),
        Column("recused", "ออกหรือแจ้งส่วนได้ส่วนเสีย (คน)", lambda i: recused(i), kind="number"),
        Column("review", "ตรวจสอบข้อกฎหมาย", lambda i: "รอตรวจสอบ" if i.legal_review else ""),
    )
    filters = (
        Choice("committee", "คณะกรรมการ", "meeting__committee_id", committees),
        Choice("state", "สถานะ", "state", lambda actor: list(Item.State.choices)),
        Period("held", "วันที่ประชุม", "meeting__held_on"),
        Truth("review", "เฉพาะที่รอตรวจสอบข้อกฎหมาย", lambda rows: rows.filter(legal_review=True)),
    )

    def rows(self, actor: Actor) -> QuerySet:
        seen = meetings_of(actor).order_by().values("pk")
        return Item.objects.filter(meeting__in=seen).select_related(
            "meeting__committee__kind", "meeting__committee__province", "meeting__presiding", "province"
        )

    def may_see(self, actor: Actor) -> bool:
        return is_business(actor)

    def head(self, record: Item) -> str:
        return f"วาระที่ {record.number} {record.title}"

    def facts(self, record: Item, actor: Actor, request: Any) -> Sequence[tuple[str, Any]]:
        votes = record.votes
        return [
            ("การประชุม", str(record.meeting)),
            ("เสนอที่ประชุม", record.get_purpose_display()),
            ("สาระสำคัญ", record.detail),
            ("บุคคล กิจการ และหน่วยงานในวาระ", "\n".join(record.parties)),
            ("การพิจารณาทางปกครอง", "ผู้มีส่วนได้ส่วนเสียต้องออกจากห้องประชุม" if record.applies_apa else ""),
            ("ประธานในวาระ", record.presided_by),
            ("เริ่มพิจารณา", shown_time(record.started_at)),
            ("สิ้นสุดการพิจารณา", shown_time(record.ended_at)),
            ("ผู้อยู่ในห้องประชุม", room_words(record)),
            ("วิธีลงคะแนน", record.get_ballot_display() if record.ballot else ""),
            (
                "คะแนนเสียง",
                f"เห็นชอบ {votes.for_} ไม่เห็นชอบ {votes.against} งดออกเสียง {votes.abstained}" if votes else "",
            ),
            ("ไม่เห็นชอบหรืองดออกเสียง", "\n".join(record.dissent)),
            (
                "เสียงชี้ขาดของประธาน",
                {"for": "เห็นชอบ", "against": "ไม่เห็นชอบ"}.get(record.casting, ""),
            ),
            ("ผลการลงมติ", record.get_outcome_display() if record.outcome else ""),
            ("มติที่ประชุม", record.resolution),
            (
                "การตรวจสอบข้อกฎหมาย",
                "รอตรวจสอบข้อกฎหมาย เนื่องจากพบส่วนได้ส่วนเสียภายหลัง"
                if record.legal_review
                else record.review_result,
            ),
        ]

    def sections(self, record: Item, actor: Actor, request: Any) -> list[tuple[str, dict[str, Any]]]:
        mine = set(Interests().rows(actor).filter(item=record).values_list("pk", flat=True))
        found = record.interests.select_related("attendance__seat").order_by("created_at", "pk")  # type: ignore[attr-defined]
        context = {
            "interests": [(i, i.pk in mine, ANSWERS.get(i.state, "neutral")) for i in found],
            "meeting": record.meeting,
        }
        return [("committees/office/item.html", context)]


def recused(item: Item) -> int | None:
    """Voting members who left or stayed without a vote; nothing before the item was concluded."""
    return None if item.left is None else item.left + (item.stayed or 0)


def room_words(item: Item) -> str:
    """The room now, or as it was when the item was concluded."""
    if item.state == Item.State.WAITING or item.state == Item.State.WITHDRAWN:
        return ""
    if item.left is None:
        room = room_of(item)
        counted, needed, enough = room.counted, room.needed, room.has_quorum
        voters = f" มีสิทธิออกเสียง {room.voters} คน"
    else:
        counted, needed = (item.present or 0) - item.left, item.quorum or 0
        enough, voters = counted >= needed, ""
    return f"{counted} คน องค์ประชุม {needed} คน {'ครบองค์ประชุม' if enough else 'ไม่ครบองค์ประชุม'}{voters}"


class Interests(Register):
    """การแจ้งส่วนได้ส่วนเสีย: one's own, and those of the meetings that one writes or presides (S2)."""

    key = "meetings-interests"
    title, title_en = "การแจ้งส่วนได้ส่วนเสียในวาระ", "Interests declared in meetings"
    about = "คำถามก่อนเข้าสู่วาระและคำตอบของผู้มาประชุม ชื่อที่ตรงกันเป็นเพียงเหตุให้สอบถาม มิใช่ข้อกล่าวหา"
    model = Interest
    secrecy = "S2"
    audience = "ผู้ถูกสอบถาม เจ้าหน้าที่ฝ่ายเลขานุการ และประธานที่ประชุม การเปิดอ่านทุกครั้งมีการบันทึก"
    order = ("-created_at",)
    practices = ("M6.2.3.(10)",)
    columns = (
        Column("item", "วาระ", lambda i: str(i.item), kind="link"),
        Column("title", "เรื่อง", lambda i: i.item.title, kind="long"),
        Column("name", "ผู้มาประชุม", lambda i: i.attendance.name),
        Column("asked", "สอบถามเมื่อ", lambda i: i.created_at, "created_at", "datetime"),
        Column(
            "state",
            "คำตอบ",
            lambda i: i.get_state_display(),
            "state",
            "state",
            tone=lambda i: ANSWERS.get(i.state, "neutral"),
        ),
    )
    filters = (
        Choice("state", "คำตอบ", "state", lambda actor: list(Interest.State.choices)),
        Truth(
            "open",
            "เฉพาะที่รอคำตอบ",
            lambda rows: rows.filter(state=Interest.State.ASKED),
        ),
    )

    def rows(self, actor: Actor) -> QuerySet:
        if not is_business(actor):
            return Interest.objects.none()
        person = actor.person_id
        seen = Q(attendance__seat__person_id=person)
        seen |= Q(item__meeting__committee__secretary_id=person)
        seen |= Q(item__meeting__presiding__person_id=person)
        return Interest.objects.filter(seen, province=actor.province).select_related(
            "province", "attendance__seat", "item__meeting__committee__kind"
        )

    def may_see(self, actor: Actor) -> bool:
        return is_business(actor)

    def head(self, record: Interest) -> str:
        return f"{record.item.title}: {record.attendance.name}"

    def facts(self, record: Interest, actor: Actor, request: Any) -> Sequence[tuple[str, Any]]:
        asked = record.state == Interest.State.ASKED
        return [
            ("วาระ", str(record.item)),
            ("เรื่อง", record.item.title),
            ("ผู้มาประชุม", record.attendance.name),
            ("คำถาม", PROMPT if record.is_matched and asked else GENERAL if asked else ""),
            ("เหตุที่สอบถาม", "\n".join(record.reasons)),
            ("ความเกี่ยวข้อง", record.relation),
            ("เหตุผลที่อยู่ร่วม", record.stay_reason),
            ("ออกจากห้องประชุม", shown_time(record.left_at)),
            ("กลับเข้าห้องประชุม", shown_time(record.returned_at)),
            ("ผู้บันทึกคำตอบ", record.answered_by),
            ("ตอบเมื่อ", record.answered_at),
        ]

    def opened(self, record: Interest, actor: Actor, request: Any) -> None:
        if not record.relation:
            return
        ledger.record_read(
            kind="committees.interest_read",
            actor_id=actor.person_id,
            actor_label=actor.label,
            subject=("committees.interest", str(record.pk)),
            province=record.province_id,
            secrecy="S2",
            content={},
        )


PROMPT = "วาระนี้เกี่ยวข้องกับบุคคลหรือหน่วยงานที่ตรงกับข้อมูลของท่าน โปรดแจ้งก่อนเริ่มการพิจารณา"
GENERAL = "ท่านมีส่วนได้ส่วนเสียในวาระนี้หรือไม่ โปรดแจ้งก่อนเริ่มการพิจารณา"
