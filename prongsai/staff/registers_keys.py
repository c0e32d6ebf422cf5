"""Lost passphrases and drills, as those see them who keep the printed keys."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from prongsai.organisation.actors import Actor
from prongsai.registers import Choice, Column, Register
from prongsai.sealed.models import Slot
from prongsai.staff.acts.recovering import keeps_paper
from prongsai.staff.models import KeyRecovery, RecoveryDrill


def _slot(record: Any) -> str:
    return str(Slot(record.slot).label) if record.slot else ""


class KeyRecoveries(Register):
    key = "key-recoveries"
    title, title_en = "ทะเบียนการกู้คืนรหัสเปิดผนึก", "Register of recovered passphrases"
    about = "ผู้ที่ลืมรหัสเปิดผนึกตั้งรหัสใหม่ได้เอง แต่เรื่องเดิมเปิดได้เมื่อบุคคลอื่นใช้กุญแจกู้คืนที่เก็บบนกระดาษ"
    model = KeyRecovery
    secrecy = "S2"
    audience = "ผู้ขอเห็นของตน ผู้เก็บรักษากุญแจกู้คืนเห็นทั้งจังหวัด"
    columns = (
        Column("person", "ผู้ขอ", lambda r: r.person_label, "person__sort_key", "link"),
        Column("state", "สถานะ", lambda r: r.get_state_display(), "state", "state"),
        Column("asked_at", "ขอเมื่อ", lambda r: r.created_at, "created_at", "datetime"),
        Column("slot", "กุญแจที่ใช้", _slot, "slot"),
        Column("given", "ซองที่คืนให้", lambda r: r.given, "given", "number"),
        Column("refused", "ซองที่คืนมิได้", lambda r: r.refused, "refused", "number"),
        Column("by", "ผู้ใช้กุญแจกู้คืน", lambda r: r.recovered_label),
    )
    filters = (Choice("state", "สถานะ", "state", lambda actor: KeyRecovery.State.choices),)

    def rows(self, actor: Actor) -> QuerySet:
        if actor.kind != "staff" or actor.person is None:
            return KeyRecovery.objects.none()
        rows = KeyRecovery.objects.filter(province=actor.province).select_related("province", "person")
        return rows if keeps_paper(actor) else rows.filter(person=actor.person)

    def may_see(self, actor: Actor) -> bool:
        return keeps_paper(actor) or self.rows(actor).exists()


class RecoveryDrills(Register):
    key = "recovery-drills"
    title, title_en = "ทะเบียนการซ้อมกู้คืน", "Register of recovery drills"
    about = "ซ้อมอย่างน้อยปีละครั้ง เพื่อให้แน่ใจว่ากุญแจบนกระดาษยังอ่านออกและเปิดได้ การซ้อมไม่ให้สิทธิแก่ผู้ใดและไม่เปิดเนื้อหา"
    model = RecoveryDrill
    secrecy = "S2"
    audience = "ผู้เก็บรักษากุญแจกู้คืนของจังหวัด และผู้ตรวจสอบ"
    columns = (
        Column("at", "ซ้อมเมื่อ", lambda r: r.created_at, "created_at", "datetime"),
        Column("slot", "กุญแจ", _slot, "slot", "link"),
        Column("state", "ผล", lambda r: r.get_state_display(), "state", "state"),
        Column("in_force", "เป็นกุญแจที่ใช้อยู่", lambda r: "ใช่" if r.in_force else "ไม่ใช่"),
        Column("opened", "เปิดได้", lambda r: f"{r.opened} จาก {r.tried}"),
        Column("held", "ซองทั้งหมดของกุญแจนี้", lambda r: r.held, "held", "number"),
        Column("by", "ผู้ซ้อม", lambda r: r.done_label),
    )
    filters = (Choice("state", "ผล", "state", lambda actor: RecoveryDrill.State.choices),)

    def rows(self, actor: Actor) -> QuerySet:
        if not self.may_see(actor):
            return RecoveryDrill.objects.none()
        return RecoveryDrill.objects.filter(province=actor.province).select_related("province")

    def may_see(self, actor: Actor) -> bool:
        return actor.kind == "staff" and (keeps_paper(actor) or actor.has("auditor"))
