"""Summonses are answered, or not; statements are read back."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from prongsai.acts import Step
from prongsai.complaints.forms import ReasonForm
from prongsai.inquiries import access, duties, naming
from prongsai.inquiries.acts.base import MemberAct, SystemAct, at_work, keep_files
from prongsai.inquiries.forms.working import AnswerForm, FactForm, ReadBackForm
from prongsai.inquiries.models import Note, Statement, Summons
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person

S = Summons.State


class RecordAnswer(MemberAct):
    """บันทึกคำตอบ: also late; the late mark stays."""

    record = Summons
    title = "บันทึกคำตอบ"
    title_en = "Record the answer"
    clauses = ("M6.2.2",)
    moves = {S.SENT: S.ANSWERED, S.REMINDED: S.ANSWERED, S.ESCALATED: S.ANSWERED, S.UNCOOPERATIVE: S.ANSWERED}
    form = AnswerForm
    meets = [duties.AnswerSummons]
    main = True

    def sets(self, step: Step) -> dict[str, Any]:
        return {"closed_on": step.data["answered_on"]}

    def apply(self, step: Step) -> None:
        summons: Summons = step.record
        inquiry = at_work(summons.inquiry)
        inquiry.put(Note.Kind.ANSWER, step.data["text"], step=step, about=summons)
        keep_files(inquiry, step.data.get("files") or [], f"เอกสารตอบหนังสือเรียกที่ {summons.number}", step)


class RecordUncooperative(MemberAct):
    """บันทึกว่าไม่ให้ความร่วมมือ: a fact of the file, once the supervisor has been told; it says nothing of guilt (AT-M6-26)."""

    record = Summons
    title = "บันทึกข้อเท็จจริงว่าไม่ให้ความร่วมมือ"
    title_en = "Record that cooperation was refused"
    clauses = ("M6.2.2",)
    moves = {S.SENT: S.UNCOOPERATIVE, S.REMINDED: S.UNCOOPERATIVE, S.ESCALATED: S.UNCOOPERATIVE}
    form = FactForm

    def ready(self, actor: Actor, record: Summons) -> str | None:
        if why_not := super().ready(actor, record):
            return why_not
        if record.kind == Summons.Kind.OFFICER and record.state != S.ESCALATED:
            return "บันทึกได้เมื่อพ้นกำหนด ได้เตือน และได้แจ้งผู้บังคับบัญชาแล้ว"
        return "ยังไม่พ้นกำหนดที่ให้ตอบ" if timezone.localdate() <= record.due_on else None

    def sets(self, step: Step) -> dict[str, Any]:
        return {"closed_on": step.today}

    def apply(self, step: Step) -> None:
        step.record.inquiry.put(Note.Kind.UNCOOPERATIVE, step.data["text"], step=step, about=step.record)


class RemindSummons(SystemAct):
    """เตือน: the day for the answer is over; whoever was asked is reminded once."""

    record = Summons
    title = "เตือนให้ตอบหนังสือเรียก"
    title_en = "Remind of the summons"
    clauses = ("M6.2.2",)
    moves = {S.SENT: S.REMINDED}
    tells = [lambda step: [step.record.person_id] if step.record.person_id else access.committee(step)]
    tells_text = "พ้นกำหนดตอบหนังสือเรียกแล้ว โปรดดำเนินการโดยเร็ว"
    tells_of_duty = True

    def sets(self, step: Step) -> dict[str, Any]:
        return {"reminded_on": step.today}


class EscalateSummons(SystemAct):
    """แจ้งผู้บังคับบัญชา: or the next above who is not involved in the matter."""

    record = Summons
    title = "แจ้งผู้บังคับบัญชาว่ามิได้ตอบหนังสือเรียก"
    title_en = "Tell the supervisor of the unanswered summons"
    clauses = ("M6.2.2",)
    moves = {S.REMINDED: S.ESCALATED}
    tells = [
        lambda step: [step.record.escalated_to_id] if step.record.escalated_to_id else [],
        access.committee,
    ]
    tells_text = "ผู้ใต้บังคับบัญชามิได้ตอบหนังสือเรียกภายในกำหนด โปรดกำกับให้ให้ความร่วมมือ"
    tells_of_duty = True

    def sets(self, step: Step) -> dict[str, Any]:
        to = supervisor_to_tell(step.record)
        label = Actor.of(to).label if to else ""
        return {"escalated_to": to, "escalated_label": label, "escalated_on": step.today}


def supervisor_to_tell(summons: Summons) -> Person | None:
    """The nearest above the officer who is neither excluded from the case nor on the committee; None where there is none."""
    inquiry = summons.inquiry
    sitting = set(inquiry.sitting().values_list("person_id", flat=True))
    one = summons.person.supervisor if summons.person else None
    while one is not None and (
        one.pk in sitting or naming.is_kept_from(one.pk, inquiry.case) or not one.is_in_service()
    ):
        one = one.supervisor
    return one


class ConfirmStatement(MemberAct):
    """รับรองถ้อยคำ: read back to whoever said it, with what was corrected; the signed paper comes back by its QR."""

    record = Statement
    title = "บันทึกการอ่านทวนและรับรอง"
    title_en = "Record that it was read back and confirmed"
    moves = {Statement.State.WRITTEN: Statement.State.CONFIRMED}
    form = ReadBackForm
    main = True

    def sets(self, step: Step) -> dict[str, Any]:
        return {"confirmed_on": step.today}

    def apply(self, step: Step) -> None:
        if step.data["correction"]:
            inquiry = step.record.inquiry
            inquiry.put(Note.Kind.CORRECTION, step.data["correction"], step=step, about=step.record)


class RecordUnsigned(MemberAct):
    """ไม่ลงลายมือชื่อ: whoever spoke does not sign; the reason is written down."""

    record = Statement
    title = "บันทึกว่าไม่ลงลายมือชื่อ"
    title_en = "Record that it was not signed"
    moves = {Statement.State.WRITTEN: Statement.State.UNSIGNED}
    form = ReasonForm

    def apply(self, step: Step) -> None:
        step.record.inquiry.put(Note.Kind.UNSIGNED, step.data["reason"], step=step, about=step.record)
