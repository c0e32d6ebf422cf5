"""The case follows its inquiry. Each of these is done within the act on the inquiry, by the same person; none has a button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from prongsai.acts import Act, Step, perform
from prongsai.acts.models import Due
from prongsai.complaints.duties import StartFactFinding
from prongsai.complaints.models import Case
from prongsai.inquiries import access, duties
from prongsai.inquiries.acts.base import SystemAct
from prongsai.inquiries.models import Inquiry, Seat
from prongsai.organisation.actors import Actor

S = Case.State


class Following(Act):
    """``by``: whoever may do the act on the inquiry that it follows."""

    record = Case
    secrecy = "S3"
    face = "system"
    clauses: ClassVar[Sequence[str]] = ("M5.2.1",)

    def by(self, actor: Actor, record: Case) -> str | None:
        inquiry = record.inquiries.order_by("created_at").last()
        return "ยังมิได้เสนอให้สอบข้อเท็จจริง" if inquiry is None else self.follows(actor, inquiry)

    def follows(self, actor: Actor, inquiry: Inquiry) -> str | None:
        return access.may_decide(actor, inquiry)


class BeginFactFinding(Following):
    """เริ่มตรวจสอบข้อเท็จจริง: the committee is appointed; the sender's page says so."""

    title = "เริ่มตรวจสอบข้อเท็จจริง"
    title_en = "Begin fact-finding"
    moves = {S.ACCEPTED: S.FACT_FINDING}
    meets = [StartFactFinding]


class Conclude(Following):
    """สรุปผล: the committee has reported."""

    title = "สรุปผลการตรวจสอบข้อเท็จจริง"
    title_en = "Conclude fact-finding"
    moves = {S.FACT_FINDING: S.CONCLUDED}

    def follows(self, actor: Actor, inquiry: Inquiry) -> str | None:
        return access.is_member(actor, inquiry, Seat.Role.CHAIR)


class SendBack(Following):
    """ให้สอบเพิ่มเติม: the executive has asked for more facts."""

    title = "ให้สอบข้อเท็จจริงเพิ่มเติม"
    title_en = "Go on with fact-finding"
    moves = {S.CONCLUDED: S.FACT_FINDING}


class TakeAction(Following):
    """ดำเนินการตามผล: discipline, administrative or legal action was decided; the sender is owed the result."""

    title = "ดำเนินการตามผล"
    title_en = "Act on the result"
    moves = {S.CONCLUDED: S.ACTION}
    opens = [duties.TellSender]
    clauses = ("M5.2.1", "M6.2.3.(14)")
    tells = [lambda step: case_handler(step)]
    tells_text = "มีคำวินิจฉัยผลแล้ว โปรดแจ้งผลให้ผู้ร้องเรียนทราบ"


class EndCase(Following):
    """ยุติเรื่อง: decided with a reason; the sender is owed the result all the same."""

    title = "ยุติเรื่อง"
    title_en = "End the matter"
    moves = {S.CONCLUDED: S.NO_ACTION}
    opens = [duties.TellSender]
    tells = [lambda step: case_handler(step)]
    tells_text = "มีคำวินิจฉัยผลแล้ว โปรดแจ้งผลให้ผู้ร้องเรียนทราบ"


def case_handler(step: Step) -> list[Any]:
    return [step.record.handler_id] if step.record.handler_id else []


class StopInquiry(SystemAct):
    """หยุดสอบข้อเท็จจริง: NACC or PACC has the matter now; what was found stays in the file (NACC Act s.61, s.62)."""

    title = "หยุดสอบข้อเท็จจริงเพราะโอนเรื่อง"
    title_en = "Stop: the matter was transferred"
    moves = dict.fromkeys(Inquiry.OPEN, Inquiry.State.TRANSFERRED)
    cancels = [duties.Report, duties.ReportExtended, duties.DecideResult]
    tells = [access.committee, access.orderer]
    tells_text = "โอนเรื่องให้หน่วยงานไต่สวนแล้ว คณะกรรมการหยุดการสอบข้อเท็จจริง"


def stop_inquiries(step: Step) -> None:
    """Every open inquiry of a matter that has left the house, with what its committee still owed."""
    for inquiry in step.record.inquiries.filter(state__in=Inquiry.OPEN).select_related("province", "case"):
        perform(StopInquiry, inquiry, actor=Actor.system(inquiry.province), at=step.now)
        parts = [
            *inquiry.respondents.values_list("pk", flat=True),
            *inquiry.summonses.values_list("pk", flat=True),
        ]
        Due.objects.open().filter(record_id__in=parts).update(cancelled_at=step.now)
