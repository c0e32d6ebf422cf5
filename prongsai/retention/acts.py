"""The verbs of a destruction list (PM Office Regulation on Documentary Work B.E. 2526, ข้อ 66–70).

The clock makes the list, a dry run that destroys nothing. One person hands it in, the governor approves, and only after
a further time of grace does it happen: record by record, each asked again whether it is still due and free of holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from prongsai import ledger
from prongsai.acts import Act, Refused, Step
from prongsai.acts.rules import rule
from prongsai.notices import To
from prongsai.organisation.actors import Actor
from prongsai.retention import duties
from prongsai.retention.disposables import Disposable, disposable, hidden_from
from prongsai.retention.forms import ApproveForm, HandInForm, StopForm
from prongsai.retention.holding import is_held
from prongsai.retention.models import DestructionItem, DestructionList, Tombstone

S = DestructionList.State
Outcome = DestructionItem.Outcome
SYSTEM_ONLY = "ระบบดำเนินการเมื่อครบกำหนด"


def who_hands_in(step: Step) -> Iterable[To]:
    made: DestructionList = step.record
    return [To(role, made.province, made.agency_id) for role in disposable(made.record_type).audience]


def governor(step: Step) -> Iterable[To]:
    return [To("governor", step.record.province)]


class ListAct(Act):
    record = DestructionList
    secrecy = "S2"

    def barred(self, actor: Actor, record: DestructionList) -> str | None:
        """Whoever may not know of one of the records decides nothing about the list."""
        ids = [str(i) for i in record.items.values_list("record_id", flat=True)]
        concerned = hidden_from(actor, record.record_type, ids)
        return "ท่านเกี่ยวข้องกับเรื่องในบัญชีนี้ จึงดำเนินการมิได้" if concerned else None


class MakeList(ListAct):
    """จัดทำบัญชีขอทำลาย: by the clock, of every record that is due; nothing is destroyed by it."""

    title = "จัดทำบัญชีขอทำลาย"
    title_en = "Make a list of what is due"
    moves = {None: S.DRAFT}
    face = "system"
    opens = [duties.HandInList]
    tells = [who_hands_in]
    tells_text = "มีเรื่องครบกำหนดเก็บรักษา โปรดตรวจ"
    tells_of_duty = True

    def by(self, actor: Actor, record: Any) -> str | None:
        return None if actor.kind == "system" else SYSTEM_ONLY

    def create(self, step: Step) -> DestructionList:
        kind: Disposable = step.data["disposable"]
        records = step.data["records"]
        made = DestructionList(
            province=step.actor.province,
            agency=records[0].agency,
            state=S.DRAFT,
            record_type=kind.key(),
            is_sample=step.actor.province.is_sample,
        )
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError as error:
            raise Refused("มีบัญชีขอทำลายที่ยังไม่เสร็จสิ้นอยู่แล้ว") from error
        DestructionItem.objects.bulk_create(
            DestructionItem(
                list=made,
                record_id=record.pk,
                record_label=str(record),
                last_active_on=timezone.localdate(record.changed_at),
                due_on=kind.due_on(record, step.today),
                contents=kind.contents(record),
            )
            for record in records
        )
        step.content["records"] = len(records)
        return made


class HandIn(ListAct):
    """เสนอขอทำลาย: with the letter to the National Archives (ข้อ 69)."""

    title = "เสนอขอทำลาย"
    title_en = "Hand the list in"
    moves = {S.DRAFT: S.HANDED_IN}
    form = HandInForm
    meets = [duties.HandInList]
    opens = [duties.DecideList]
    tells = [governor]
    tells_text = "มีบัญชีขอทำลายรอการพิจารณา"
    main = True

    def by(self, actor: Actor, record: DestructionList) -> str | None:
        if not disposable(record.record_type).may_hand_in(actor):
            return "เฉพาะผู้ดูแลสำนวน"
        return self.barred(actor, record)

    def sets(self, step: Step) -> dict[str, Any]:
        return {
            "archive_letter_no": step.data["letter_no"],
            "archive_letter_on": step.data["letter_on"],
            "handed_in_by": step.actor.person,
            "handed_in_label": step.actor.label,
        }

    def apply(self, step: Step) -> None:
        step.content["letter_no"] = step.data["letter_no"]


class Approve(ListAct):
    """อนุมัติให้ทำลาย: the governor, never who handed it in; with the Archives' consent or after the time to answer (ข้อ 70)."""

    title = "อนุมัติให้ทำลาย"
    title_en = "Approve the destruction"
    moves = {S.HANDED_IN: S.APPROVED}
    form = ApproveForm
    meets = [duties.DecideList]
    tells = [who_hands_in]
    tells_text = "อนุมัติบัญชีขอทำลายแล้ว จะทำลายเมื่อพ้นระยะทบทวน"
    grave = True

    def by(self, actor: Actor, record: DestructionList) -> str | None:
        if not actor.has("governor"):
            return "เฉพาะผู้ว่าราชการจังหวัด"
        if actor.person_id == record.handed_in_by_id:
            return "ผู้เสนอและผู้อนุมัติต้องมิใช่บุคคลเดียวกัน"
        return self.barred(actor, record)

    def sets(self, step: Step) -> dict[str, Any]:
        made: DestructionList = step.record
        wait = rule(made.province_id, "archive_answer", step.today)
        assert made.archive_letter_on is not None  # HandIn asks for it
        if not step.data["agreed"] and step.today <= wait.due(made.archive_letter_on, made.province):
            raise Refused(f"หอจดหมายเหตุแห่งชาติยังมิได้แจ้งความเห็น และยังไม่พ้นกำหนดรอคำตอบ ({wait.text})")
        grace = rule(made.province_id, "destruction_grace", step.today)
        return {
            "archive_agreed": step.data["agreed"],
            "approved_by": step.actor.person,
            "approved_label": step.actor.label,
            "approved_on": step.today,
            "destroy_from": grace.due(step.today, made.province) + dt.timedelta(days=1),
        }

    def apply(self, step: Step) -> None:
        step.content.update(agreed=step.data["agreed"], destroy_from=step.record.destroy_from.isoformat())


class Stop(ListAct):
    """ยุติการทำลาย: until the last day of grace by whoever hands in or approves. Nothing is gone before."""

    title = "ยุติการทำลาย"
    title_en = "Stop the destruction"
    moves = {S.DRAFT: S.STOPPED, S.HANDED_IN: S.STOPPED, S.APPROVED: S.STOPPED}
    form = StopForm
    cancels = duties.ALL
    tells = [who_hands_in, governor]
    tells_text = "ยุติการทำลายตามบัญชีแล้ว"
    grave = True

    def by(self, actor: Actor, record: DestructionList) -> str | None:
        if disposable(record.record_type).may_hand_in(actor) or actor.has("governor"):
            return None
        return "เฉพาะผู้ดูแลสำนวน หรือผู้ว่าราชการจังหวัด"

    def sets(self, step: Step) -> dict[str, Any]:
        return {"stopped_why": step.data["reason"]}


class Destroy(ListAct):
    """ทำลาย: by the clock, after the time of grace. A record that moved or is held since then stays, and the list says why."""

    title = "ทำลายตามบัญชี"
    title_en = "Destroy what the list names"
    moves = {S.APPROVED: S.DONE}
    face = "system"
    tells = [who_hands_in, governor]
    tells_text = "ทำลายเรื่องตามบัญชีแล้ว"

    def by(self, actor: Actor, record: DestructionList) -> str | None:
        return None if actor.kind == "system" else SYSTEM_ONLY

    def ready(self, actor: Actor, record: DestructionList) -> str | None:
        return (
            None if record.destroy_from and record.destroy_from <= timezone.localdate() else "ยังไม่พ้นระยะทบทวน"
        )

    def apply(self, step: Step) -> None:
        kind = disposable(step.record.record_type)
        outcomes = [destroy_one(kind, item, step) for item in step.record.items.all()]
        step.content.update(
            destroyed=outcomes.count(Outcome.DESTROYED.value), spared=outcomes.count(Outcome.SPARED.value)
        )


def destroy_one(kind: Disposable, item: DestructionItem, step: Step) -> str:
    """Destroy one record, or spare it; the item says which. Each destruction is an entry of its own (C35)."""
    record = (
        kind.record.objects.select_for_update(of=("self",)).select_related("province").get(pk=item.record_id)
    )
    item.why = why_spared(kind, record, step.today)
    if not item.why:
        item.contents = kind.contents(record)
        kind.destroy(record, by=step.record.approved_label)
        Tombstone.objects.create(
            record_type=kind.key(),
            record_id=record.pk,
            record_label=item.record_label,
            list=step.record,
            last_active_on=item.last_active_on,
            destroyed_at=step.now,
            contents=item.contents,
        )
        ledger.append(
            kind="retention.destroyed",
            actor_id=None,
            actor_label=step.actor.label,
            subject=(kind.key(), str(record.pk)),
            province=record.province_id,
            agency_id=record.agency_id,
            secrecy="S3",
            content={
                "list": str(step.record.pk),
                "approved": step.record.approved_label,
                "contents": item.contents,
            },
        )
    item.outcome = Outcome.SPARED if item.why else Outcome.DESTROYED
    item.save(update_fields=["why", "contents", "outcome"])
    return item.outcome


def why_spared(kind: Disposable, record: Any, today: dt.date) -> str:
    """Why a record on a list stays; empty when it goes. Asked at the last moment, with its row locked."""
    if is_held(kind.key(), record.pk):
        return "มีการระงับการทำลาย"
    if not kind.ended(record.province).filter(pk=record.pk).exists():
        return "เรื่องเปิดขึ้นใหม่ หรือทำลายแล้ว"
    return "มีความเคลื่อนไหวใหม่ ยังไม่ครบกำหนด" if kind.due_on(record, today) > today else ""
