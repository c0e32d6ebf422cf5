"""One's own appointments to committees: where a member declares, before seeing anything of the matter but whom it concerns."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from prongsai.inquiries import naming
from prongsai.inquiries.access import has_a_seat, inquiries_of
from prongsai.inquiries.models import Note, Seat
from prongsai.inquiries.reading import InquiryFile
from prongsai.inquiries.registers.base import SecretRegister
from prongsai.organisation.actors import Actor
from prongsai.registers import Choice, Column

TONES = {"asked": "soon", "clear": "done", "withdrawn": "neutral", "replaced": "neutral"}


class Seats(SecretRegister):
    key = "inquiry-seats"
    title = "การแต่งตั้งกรรมการสอบข้อเท็จจริง"
    title_en = "Appointments to fact-finding committees"
    about = "กรรมการแต่ละคนแถลงการมีส่วนได้เสียก่อนอ่านสำนวน"
    model = Seat
    practices = ("M5.2.1",)
    order = ("-created_at",)
    columns = (
        Column("number", "การแต่งตั้ง", lambda s: str(s), kind="link", label_en="Appointment"),
        Column("label", "กรรมการ", lambda s: s.label, sort="label"),
        Column("role", "หน้าที่", lambda s: s.get_role_display(), sort="role"),
        Column("state", "สถานะ", lambda s: s.get_state_display(), sort="state", kind="state",
               tone=lambda s: TONES[s.state]),
        Column("order_no", "คำสั่งที่", lambda s: s.order_no),
    )  # fmt: skip
    filters = (Choice("state", "สถานะ", "state", lambda actor: Seat.State.choices),)

    def rows(self, actor: Actor) -> QuerySet:
        """Of the inquiries that the actor may know of, and one's own unless one is named in the matter."""
        if actor.kind != "staff" or actor.person is None:
            return Seat.objects.none()
        own = Q(person=actor.person) & ~naming.kept_from(actor, "inquiry__case", named_only=True)
        known = Q(inquiry__in=inquiries_of(actor).order_by().values("pk"))
        return Seat.objects.filter(known | own).select_related(
            "inquiry__case",
            "inquiry__envelope",
            "inquiry__agency",
            "person__agency",
            "person__supervisor",
            "province",
        )

    def may_own(self, actor: Actor) -> bool:
        return has_a_seat(actor)

    def facts(self, record: Seat, actor: Actor, request: Any) -> list[tuple[str, Any]]:
        return [
            ("การสอบข้อเท็จจริง", record.inquiry.number),
            ("หน่วยงานที่ถูกร้องเรียน", record.inquiry.agency.name_th),
            ("กรรมการ", record.label),
            ("หน้าที่", record.get_role_display()),
            ("คำสั่ง", f"{record.order_no} โดย {record.inquiry.ordered_label}"),
            ("แต่งตั้งแทน", record.replaces.label if record.replaces else ""),
            ("แถลงเมื่อ", record.declared_at),
        ]

    def parts(self, record: Seat, file: InquiryFile, actor: Actor) -> list[tuple[str, dict[str, Any]]]:
        """Whom the matter concerns, for the declaration; nothing else of it."""
        text = file.text(Note.Kind.ACCUSED)
        names = [file.name(r) for r in record.inquiry.respondents.order_by("number")]
        return [("inquiries/office/seat.html", {"seat": record, "accused": text, "names": names})]
