"""The verbs of holds: one person stops the destruction of a record, another one lets it go on."""

from __future__ import annotations

from typing import Any

from prongsai.acts import Act, Step
from prongsai.acts.declaration import record_type
from prongsai.organisation.actors import Actor
from prongsai.retention.disposables import disposable
from prongsai.retention.forms import HoldForm, LiftForm
from prongsai.retention.models import Hold


def is_held(record_type_: str, record_id: Any) -> bool:
    return Hold.objects.filter(
        record_type=record_type_, record_id=record_id, state=Hold.State.PLACED
    ).exists()


class PlaceHold(Act):
    """ระงับการทำลาย: a measure declares one for each kind of record that ends: who may. The record itself does not move."""

    title = "ระงับการทำลาย"
    title_en = "Place a hold"
    form = HoldForm
    done = "ระงับการทำลายเรื่องนี้แล้ว"

    def apply(self, step: Step) -> None:
        record, actor = step.record, step.actor
        hold = Hold.objects.create(
            province=record.province,
            agency=record.agency,
            state=Hold.State.PLACED,
            is_sample=record.is_sample,
            record_type=record_type(record),
            record_id=record.pk,
            record_label=str(record),
            cause=step.data["hold_cause"],
            document_no=step.data["document_no"],
            placed_by=actor.person,
            placed_label=actor.label,
        )
        step.content.update(hold=str(hold.pk), cause=hold.cause, document_no=hold.document_no)


class LiftHold(Act):
    """ยกเลิกการระงับ: by another person than the one who placed it, with the letter that says so."""

    title = "ยกเลิกการระงับการทำลาย"
    title_en = "Lift the hold"
    record = Hold
    moves = {Hold.State.PLACED: Hold.State.LIFTED}
    secrecy = "S2"
    form = LiftForm
    grave = True
    done = "ยกเลิกการระงับแล้ว เรื่องอาจเข้าบัญชีขอทำลายเมื่อครบกำหนด"

    def by(self, actor: Actor, record: Hold) -> str | None:
        if actor.person_id == record.placed_by_id:
            return "ผู้ระงับและผู้ยกเลิกต้องมิใช่บุคคลเดียวกัน"
        if disposable(record.record_type).may_hand_in(actor) or actor.has("governor"):
            return None
        return "เฉพาะผู้ดูแลสำนวน หรือผู้ว่าราชการจังหวัด"

    def sets(self, step: Step) -> dict[str, Any]:
        return {
            "lifted_by": step.actor.person,
            "lifted_label": step.actor.label,
            "lifted_document_no": step.data["document_no"],
        }

    def apply(self, step: Step) -> None:
        step.content.update(record=step.record.record_label, document_no=step.data["document_no"])
