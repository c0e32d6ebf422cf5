"""The register of requests to see identities: the custodians', and of each handler his own."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from prongsai import ledger, sealed
from prongsai.acts import Refused
from prongsai.complaints import reveal as looking
from prongsai.complaints.line import kept_from
from prongsai.complaints.models import Reveal
from prongsai.organisation.actors import Actor
from prongsai.registers import Choice, Column, Register

IDENTITY = (
    ("name", "ชื่อและนามสกุล"),
    ("address", "ที่อยู่"),
    ("phone", "โทรศัพท์"),
    ("email", "อีเมล"),
    ("witnesses", "พยานบุคคล"),
)


class Reveals(Register):
    key = "reveals"
    title = "คำขอเปิดดูข้อมูลผู้ร้องเรียน"
    title_en = "Requests to see identities"
    about = "กุญแจของข้อมูลผู้ร้องเรียนมีสองส่วน เปิดดูได้เมื่อสองคนเห็นพ้อง ครั้งละสิบห้านาที และผู้ร้องเรียนทราบทุกครั้ง"
    model = Reveal
    secrecy = "S4"
    audience = "ผู้เก็บรักษาข้อมูลผู้ร้องเรียน และผู้ขอ"
    practices = ("M5.2.2.1",)
    search = "case__number"
    order = ("-requested_at",)
    columns = (
        Column("number", "เลขที่เรื่อง", lambda r: r.case.number, sort="case__number", kind="link"),
        Column("purpose", "วัตถุประสงค์", lambda r: r.get_purpose_display(), sort="purpose"),
        Column("state", "สถานะ", lambda r: r.get_state_display(), sort="state", kind="state"),
        Column("requested_at", "ขอเมื่อ", lambda r: r.requested_at, sort="requested_at", kind="datetime"),
        Column("requested", "ผู้ขอ", lambda r: r.requested_label),
        Column("decided", "ผู้อนุญาต", lambda r: r.decided_label),
        Column("opened_at", "เปิดดูเมื่อ", lambda r: r.opened_at, sort="opened_at", kind="datetime"),
    )
    filters = (Choice("state", "สถานะ", "state", lambda actor: Reveal.State.choices),)

    def rows(self, actor: Actor) -> QuerySet:
        if actor.kind != "staff" or actor.person is None:
            return Reveal.objects.none()
        rows = Reveal.objects.filter(province=actor.province).select_related(
            "case", "receipt__identity", "envelope"
        )
        rows = rows.exclude(kept_from(actor, "case"))
        own = Q(requested_by=actor.person)
        return rows if actor.has("identity_custodian") else rows.filter(own)

    def may_see(self, actor: Actor) -> bool:
        return actor.kind == "staff" and (actor.has("identity_custodian") or actor.has("center_officer"))

    def head(self, record: Reveal) -> str:
        return f"คำขอเปิดดูข้อมูลผู้ร้องเรียน เรื่อง {record.case.number}"

    def facts(self, record: Reveal, actor: Actor, request: Any) -> list[tuple[str, Any]]:
        facts = super().facts(record, actor, request)
        return [*facts, ("เลขที่คำสั่งหรือหนังสือ", record.document_no)] if record.document_no else list(facts)

    def sections(self, record: Reveal, actor: Actor, request: Any) -> list[tuple[str, dict[str, Any]]]:
        unlocked = sealed.unlocked(request)
        parts = [("complaints/office/reveal_reason.html", {"reason": _reason(record, unlocked)})]
        if record.state == Reveal.State.OPENED and record.requested_by_id == actor.person_id and unlocked:
            parts.append(("complaints/office/identity.html", _identity(record, actor, unlocked)))
        return parts


def _reason(record: Reveal, unlocked: sealed.Unlocked | None) -> str:
    try:
        return (
            unlocked.open(record.envelope).text(bytes(record.reason), context=f"reveal:{record.pk}")
            if unlocked
            else ""
        )
    except sealed.SealError:
        return ""


def _identity(record: Reveal, actor: Actor, unlocked: sealed.Unlocked) -> dict[str, Any]:
    context: dict[str, Any] = {
        "reveal": record,
        "reader": actor.label,
        "until": (record.opened_at or record.requested_at) + Reveal.WINDOW,
    }
    try:
        found = looking.identity_of(record, unlocked)
    except (Refused, sealed.SealError) as error:
        return {**context, "problem": str(error)}
    ledger.record_read(
        kind="complaints.identity_read",
        actor_id=actor.person_id,
        actor_label=actor.label,
        subject=("complaints.reveal", str(record.pk)),
        province=record.province_id,
        secrecy="S4",
        content={"purpose": record.purpose},
    )
    return {
        **context,
        "rows": [(label, found.get(key, "")) for key, label in IDENTITY],
        "scans": list(looking.envelope_scans(record)),
    }
