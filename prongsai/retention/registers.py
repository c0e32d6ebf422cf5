"""Holds and destruction lists, as those see them who keep the records, and the governor."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from prongsai.organisation.actors import Actor
from prongsai.registers import Choice, Column, Register
from prongsai.retention.disposables import all_disposables, disposable, hidden_from
from prongsai.retention.models import DestructionList, Hold

ITEM_LABELS = ("เลขที่เรื่อง", "เคลื่อนไหวล่าสุด", "ครบกำหนดเก็บ", "เนื้อหา", "ผล")


def kinds_seen(actor: Actor) -> list[str]:
    """Of which kinds of record the actor sees holds and lists."""
    if actor.kind != "staff" or actor.person is None:
        return []
    everything = actor.has("governor")
    return [kind.key() for kind in all_disposables() if everything or kind.may_hand_in(actor)]


class Retained(Register):
    secrecy = "S2"
    audience = "ผู้ดูแลสำนวน และผู้ว่าราชการจังหวัด เห็นเฉพาะเลขที่เรื่อง"

    def rows(self, actor: Actor) -> QuerySet:
        kinds = kinds_seen(actor)
        return self.model._default_manager.filter(province=actor.province, record_type__in=kinds)

    def may_see(self, actor: Actor) -> bool:
        return bool(kinds_seen(actor))


class Holds(Retained):
    key = "holds"
    title = "ทะเบียนการระงับการทำลาย"
    title_en = "Register of holds"
    about = "เรื่องที่ยังมีคดี การตรวจสอบ หรือการอุทธรณ์อยู่ จะไม่ถูกทำลายไม่ว่าครบกำหนดหรือไม่ ผู้ระงับและผู้ยกเลิกเป็นคนละคน"
    model = Hold
    search = "record_label"
    columns = (
        Column("number", "เลขที่เรื่อง", lambda h: h.record_label, "record_label", "link"),
        Column("cause", "เหตุ", lambda h: h.get_cause_display(), "cause"),
        Column("document", "เลขที่หนังสือหรือคดี", lambda h: h.document_no),
        Column("state", "สถานะ", lambda h: h.get_state_display(), "state", "state"),
        Column("placed", "ผู้ระงับ", lambda h: h.placed_label),
        Column("placed_at", "ระงับเมื่อ", lambda h: h.created_at, "created_at", "datetime"),
        Column("lifted", "ผู้ยกเลิก", lambda h: h.lifted_label),
    )
    filters = (
        Choice("state", "สถานะ", "state", lambda actor: Hold.State.choices),
        Choice("cause", "เหตุ", "cause", lambda actor: Hold.Cause.choices),
    )

    def rows(self, actor: Actor) -> QuerySet:
        """Without the holds on matters that the actor may not know of."""
        rows = super().rows(actor)
        hidden = Q()
        for kind in kinds_seen(actor):
            ids = {str(i) for i in rows.filter(record_type=kind).values_list("record_id", flat=True)}
            hidden |= Q(record_type=kind, record_id__in=hidden_from(actor, kind, ids))
        return rows.exclude(hidden) if hidden else rows


class DestructionLists(Retained):
    key = "destruction"
    title = "ทะเบียนบัญชีขอทำลาย"
    title_en = "Register of destruction lists"
    about = "เมื่อครบกำหนดเก็บรักษา ระบบจัดทำบัญชีให้ตรวจโดยยังมิได้ทำลายสิ่งใด การทำลายต้องมีผู้เสนอ ผู้อนุมัติ และพ้นระยะทบทวนก่อน"
    model = DestructionList
    order = ("-created_at",)
    columns = (
        Column("made", "จัดทำเมื่อ", lambda d: d.created_at, "created_at", "datetime"),
        Column(
            "title", "บัญชี", lambda d: f"{disposable(d.record_type).title} {d.agency.name_th}", kind="link"
        ),
        Column("count", "จำนวนเรื่อง", lambda d: d.count, "count", "number"),
        Column("state", "สถานะ", lambda d: d.get_state_display(), "state", "state"),
        Column("handed_in", "ผู้เสนอ", lambda d: d.handed_in_label),
        Column("approved", "ผู้อนุมัติ", lambda d: d.approved_label),
        Column("destroy_from", "ทำลายได้ตั้งแต่", lambda d: d.destroy_from, "destroy_from", "date"),
    )
    filters = (Choice("state", "สถานะ", "state", lambda actor: DestructionList.State.choices),)

    def rows(self, actor: Actor) -> QuerySet:
        return super().rows(actor).select_related("agency", "province").annotate(count=Count("items"))

    def facts(self, record: DestructionList, actor: Actor, request: Any) -> list[tuple[str, Any]]:
        return [
            *[(label, value) for label, value in super().facts(record, actor, request) if label != "สถานะ"],
            ("หนังสือถึงหอจดหมายเหตุแห่งชาติ", record.archive_letter_no),
            ("ลงวันที่", record.archive_letter_on),
            ("เหตุที่ยุติ", record.stopped_why),
        ]

    def sections(
        self, record: DestructionList, actor: Actor, request: Any
    ) -> list[tuple[str, dict[str, Any]]]:
        """The items, without matters that the actor may not know of."""
        items = list(record.items.all())
        ids = {str(item.record_id) for item in items}
        hidden = hidden_from(actor, record.record_type, ids)
        seen = [item for item in items if str(item.record_id) not in hidden]
        return [
            (
                "retention/office/items.html",
                {"items": seen, "labels": ITEM_LABELS, "dry": record.state != DestructionList.State.DONE},
            )
        ]
