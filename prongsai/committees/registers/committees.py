"""The office's register of committees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from prongsai.committees.access import committees_of, is_business, is_secretary, meetings_of
from prongsai.committees.documents import OrderPaper
from prongsai.committees.models import Committee, Kind, Seat
from prongsai.organisation.actors import Actor
from prongsai.registers import Choice, Column, Register, Truth

TONES = {
    "draft": "neutral",
    "checked": "progress",
    "signed": "done",
    "published": "done",
    "ended": "neutral",
}
AUDIENCE = (
    "ฝ่ายเลขานุการและกรรมการของคณะนั้น หัวหน้าและผู้บังคับบัญชาของหน่วยงาน ผู้ว่าราชการจังหวัดและรองผู้ว่าราชการจังหวัด ผู้ตรวจสอบ"
)


def kinds(actor: Actor) -> list[tuple[str, str]]:
    return [(kind.key, kind.name_th) for kind in Kind.objects.all()]


class Committees(Register):
    """คณะกรรมการ: order, composition, history of the seats."""

    key = "committees"
    title, title_en = "ทะเบียนคณะกรรมการ", "Register of committees"
    about = "คณะกรรมการและคณะทำงาน คำสั่งแต่งตั้ง องค์ประกอบตามภาคส่วน และการเปลี่ยนแปลงตามคำสั่ง"
    model = Committee
    secrecy = "S1"
    audience = AUDIENCE
    search = "search_norm"
    documents = (OrderPaper(),)
    practices = ("M3.7", "M3.9")
    columns = (
        Column("name", "คณะกรรมการ", lambda c: c.name, "name", "link"),
        Column("kind", "ประเภท", lambda c: c.kind.name_th),
        Column(
            "agency", "ฝ่ายเลขานุการ", lambda c: c.agency.short_name or c.agency.name_th, "agency__sort_key"
        ),
        Column("order_no", "คำสั่งที่", lambda c: c.order_no),
        Column("order_date", "ลงวันที่", lambda c: c.order_date, "order_date", "date"),
        Column(
            "state",
            "สถานะ",
            lambda c: c.get_state_display(),
            "state",
            "state",
            tone=lambda c: TONES[c.state],
        ),
    )
    filters = (
        Choice("kind", "ประเภท", "kind_id", kinds),
        Choice("state", "สถานะ", "state", lambda actor: list(Committee.State.choices)),
        Truth("in_force", "เฉพาะที่ยังดำรงตำแหน่ง", lambda rows: rows.filter(state__in=Committee.IN_FORCE)),
    )

    def rows(self, actor: Actor) -> QuerySet:
        rows = Committee.objects.filter(pk__in=committees_of(actor))
        return rows.select_related("kind", "agency", "province", "secretary")

    def may_see(self, actor: Actor) -> bool:
        return is_business(actor)

    def may_open_original(self, record: Committee, actor: Actor) -> bool:
        """A signed scan as it came, whose hash the ledger has."""
        return is_secretary(actor, record)

    def head(self, record: Committee) -> str:
        return record.name

    def facts(self, record: Committee, actor: Actor, request: Any) -> Sequence[tuple[str, Any]]:
        return [
            ("ประเภท", record.kind.name_th),
            ("ฐานอำนาจ", record.legal_basis),
            ("หน้าที่และอำนาจ", record.purpose),
            ("ฝ่ายเลขานุการ", f"{record.agency.name_th} โดย {record.secretary.full_name}"),
            ("คำสั่งที่", record.order_no),
            ("ลงวันที่", record.order_date),
            ("ผู้ลงนาม", record.signed_by),
            ("มีผลตั้งแต่", record.starts_on),
            ("ครบวาระ", record.ends_on),
            ("องค์ประกอบที่ยังขาด", ", ".join(record.missing_names())),
            ("เหตุผลที่องค์ประกอบไม่ครบ", record.override_reason),
            ("ใช้องค์ประกอบไม่ครบได้ถึง", record.override_until),
            ("เหตุผลที่ส่งกลับแก้ไข", record.returned_reason if record.state == "draft" else ""),
            ("เหตุที่พ้นวาระ", record.end_reason),
        ]

    def sections(self, record: Committee, actor: Actor, request: Any) -> list[tuple[str, dict[str, Any]]]:
        former = Seat.objects.filter(committee=record, ends_on__isnull=False).select_related("sector")
        meetings = meetings_of(actor).filter(committee=record).select_related("committee")
        context = {
            "seats": record.seats_in_force(),
            "former": former.order_by("-ends_on"),
            "meetings": meetings.order_by("-held_on", "-starts_at")[:50],
        }
        return [("committees/office/committee.html", context)]
