"""The sender is told, the case is closed; it opens again only on new evidence, by two persons."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from prongsai import files as filing_cabinet
from prongsai.acts import Refused, Step
from prongsai.complaints.acts import CaseAct
from prongsai.complaints.acts.base import team
from prongsai.complaints.duties import StartFactFinding
from prongsai.complaints.models import Case, Evidence, Message
from prongsai.inquiries import duties
from prongsai.inquiries.forms.deciding import ReopenForm
from prongsai.inquiries.models import Inquiry, Outcome, Reopening
from prongsai.organisation.actors import Actor

S = Case.State
TITLE = "แจ้งผลการดำเนินการ"


class HandlersCaseAct(CaseAct):
    def by(self, actor: Actor, record: Case) -> str | None:
        if why_not := super().by(actor, record):
            return why_not
        return None if record.handler_id == actor.person_id else "เฉพาะผู้รับผิดชอบสำนวน"


def result_of(case: Case) -> Inquiry | None:
    """The inquiry whose result stands: the newest that was decided."""
    return case.inquiries.filter(state__in=Inquiry.DECIDED).order_by("decided_on", "created_at").last()


def told(inquiry: Inquiry) -> str:
    """What the sender is told: the class of the outcome, in fixed words. Nothing of whoever was accused can be in it."""
    return (
        "การตรวจสอบข้อเท็จจริงตามเรื่องร้องเรียนของท่านแล้วเสร็จ ผลการพิจารณา: "
        f"{Outcome(inquiry.outcome).label}\n\n"
        "ผลนี้แจ้งเป็นประเภท โดยไม่เปิดเผยข้อมูลส่วนบุคคลของผู้เกี่ยวข้อง หากท่านมีพยานหลักฐานใหม่ โปรดส่งทางหน้านี้"
    )


class NotifyResult(HandlersCaseAct):
    """แจ้งผล: to the sender of every receipt, through the tracking page, anonymous ones too (AT-M5-20)."""

    title = "แจ้งผลให้ผู้ร้องเรียนทราบ"
    title_en = "Tell the sender the result"
    clauses = ("M5.2.1",)
    moves = {S.ACTION: S.NOTIFIED, S.NO_ACTION: S.NOTIFIED}
    meets = [duties.TellSender]
    main = True
    done = "แจ้งผลผ่านหน้าติดตามเรื่องแล้ว"

    def apply(self, step: Step) -> None:
        inquiry = result_of(step.record)
        if inquiry is None:
            raise Refused("ไม่พบผลการสอบข้อเท็จจริงของเรื่องนี้")
        self.write_to_sender(step, TITLE, told(inquiry))
        Inquiry.objects.filter(pk=inquiry.pk).update(notified_at=step.now)
        step.content.update(outcome=inquiry.outcome, receipts=step.record.all_receipts().count())


class CloseCase(HandlersCaseAct):
    """ปิดเรื่อง: when the sender was told and no statutory notice is owed any more."""

    title = "ปิดเรื่อง"
    title_en = "Close the case"
    clauses = ("M5.2.1",)
    moves = {S.NOTIFIED: S.CLOSED}

    def ready(self, actor: Actor, record: Case) -> str | None:
        owed = duties.statutory_open(record).exists()
        return "ยังมีการแจ้งหรือคำสั่งตามกฎหมายที่มิได้ดำเนินการ (มาตรา ๑๓๖ หรือมาตรา ๔๑)" if owed else None


class ProposeReopening(HandlersCaseAct):
    """เสนอเปิดเรื่องใหม่: only on new evidence, which is in the file before."""

    title = "เสนอเปิดเรื่องใหม่ด้วยพยานหลักฐานใหม่"
    title_en = "Propose to reopen"
    clauses = ("M5.2.1",)
    moves = {S.NOTIFIED: S.NOTIFIED, S.CLOSED: S.CLOSED}
    form = ReopenForm
    tells = [team]
    tells_text = "มีเรื่องเสนอเปิดใหม่ รอผู้พิจารณาคนที่สอง"
    tells_of_duty = True

    def ready(self, actor: Actor, record: Case) -> str | None:
        waiting = record.reopenings.filter(decided_at=None).exists()
        return "มีข้อเสนอเปิดเรื่องใหม่ที่รอพิจารณาอยู่แล้ว" if waiting else None

    def apply(self, step: Step) -> None:
        case, data = step.record, step.data
        if data["source"] == Reopening.Source.SENDER and not _sent_since_the_result(case):
            raise Refused("ผู้ร้องเรียนมิได้ส่งข้อความหรือพยานหลักฐานใหม่หลังแจ้งผล จึงเปิดเรื่องใหม่ด้วยเหตุนี้มิได้")
        kept = [
            filing_cabinet.keep(
                upload, case.envelope, record=("complaints.case", str(case.pk)), kind="evidence"
            )
            for upload in data.get("files") or []
        ]
        Evidence.objects.bulk_create(Evidence(case=case, file=file, received_at=step.now) for file in kept)
        reopening = Reopening(
            case=case,
            source=data["source"],
            proposed_by=step.actor.person,
            proposed_label=step.actor.label,
            proposed_at=step.now,
        )
        reopening.reason = case.envelope.put(data["reason"], context=reopening.context)
        reopening.save(force_insert=True)
        step.content.update(source=data["source"], files=len(kept))


def _sent_since_the_result(case: Case) -> bool:
    inquiry = result_of(case)
    since = inquiry.notified_at if inquiry and inquiry.notified_at else timezone.now()
    receipts = case.all_receipts()
    written = Message.objects.filter(receipt__in=receipts, way=Message.Way.FROM_SENDER, written_at__gt=since)
    sent = Evidence.objects.filter(receipt__in=receipts, received_at__gt=since)
    return written.exists() or sent.exists()


class SecondOnReopening(CaseAct):
    """Of another person of the team than the one who proposed."""

    clauses = ("M5.2.1",)

    def by(self, actor: Actor, record: Case) -> str | None:
        if why_not := super().by(actor, record):
            return why_not
        waiting = record.reopenings.filter(decided_at=None).first()
        own = waiting is not None and waiting.proposed_by_id == actor.person_id
        return "ผู้เสนอและผู้พิจารณาต้องมิใช่บุคคลเดียวกัน" if own else None

    def ready(self, actor: Actor, record: Case) -> str | None:
        waiting = record.reopenings.filter(decided_at=None).exists()
        return None if waiting else "ไม่มีข้อเสนอเปิดเรื่องใหม่ที่รอพิจารณา"

    def decide(self, step: Step, agreed: bool) -> None:
        step.record.reopenings.filter(decided_at=None).update(
            decided_by=step.actor.person, decided_label=step.actor.label, decided_at=step.now, agreed=agreed
        )


class ConfirmReopening(SecondOnReopening):
    """เปิดเรื่องใหม่: fact-finding may be ordered again; the earlier result and its late marks stay as they are."""

    title = "เห็นพ้องให้เปิดเรื่องใหม่"
    title_en = "Reopen"
    moves = {S.NOTIFIED: S.ACCEPTED, S.CLOSED: S.ACCEPTED}
    opens = [StartFactFinding]
    grave = True
    done = "เปิดเรื่องใหม่แล้ว ผลเดิมยังคงอยู่ในสำนวน"

    def sets(self, step: Step) -> dict[str, Any]:
        return {"reopened": True}

    def apply(self, step: Step) -> None:
        self.decide(step, agreed=True)
        text = "ได้เปิดเรื่องของท่านขึ้นพิจารณาใหม่ด้วยพยานหลักฐานใหม่ จะแจ้งความคืบหน้าทางหน้านี้"
        self.write_to_sender(step, "เปิดเรื่องขึ้นพิจารณาใหม่", text)


class DeclineReopening(SecondOnReopening):
    """ไม่เปิดเรื่องใหม่: the evidence stays in the file; it may be proposed again."""

    title = "ไม่เห็นพ้องให้เปิดเรื่องใหม่"
    title_en = "Do not reopen"
    moves = {S.NOTIFIED: S.NOTIFIED, S.CLOSED: S.CLOSED}

    def apply(self, step: Step) -> None:
        self.decide(step, agreed=False)
