"""Screening: from receipt to what can be decided; asking once."""

from __future__ import annotations

from typing import Any

from prongsai.acts import Step
from prongsai.complaints import duties, forms
from prongsai.complaints.acts.base import REQUEST_TITLE, CaseAct, S, handler
from prongsai.complaints.models import Case, CaseNote
from prongsai.complaints.team import TYPED_IN, typed_in
from prongsai.organisation.actors import Actor


class StartScreening(CaseAct):
    """รับไว้กลั่นกรอง: an officer of the centre takes the case; the identity is already split off."""

    title = "รับไว้กลั่นกรอง"
    title_en = "Start screening"
    clauses = ("M5.2.1.1", "M5.2.1.2")
    moves = {S.RECEIVED: S.SCREENING}
    meets = [duties.BeginScreening]
    opens = [duties.Decide]
    main = True
    done = "ท่านเป็นผู้รับผิดชอบเรื่องนี้แล้ว"

    def by(self, actor: Actor, record: Case) -> str | None:
        if why_not := super().by(actor, record):
            return why_not
        return TYPED_IN if actor.person_id in typed_in(record) else None

    def sets(self, step: Step) -> dict[str, Any]:
        return {"handler": step.actor.person, "handler_label": step.actor.label}


class Assess(CaseAct):
    """บันทึกการกลั่นกรอง: in scope? founded? which class and main ground? (M5.1.D1, M5.2.1)."""

    title = "บันทึกการกลั่นกรอง"
    title_en = "Record the screening"
    clauses = ("M5.1.D1", "M5.1.D4", "M5.2.1.2")
    moves = {S.SCREENING: S.SCREENING}
    form = forms.AssessForm

    def make_form(self, *args: Any, actor: Actor, record: Case, **kwargs: Any) -> forms.AssessForm:
        return forms.AssessForm(*args, case=record, **kwargs)

    def sets(self, step: Step) -> dict[str, Any]:
        data = step.data
        in_scope = data["accused_staff_type"] != forms.OUTSIDE
        return {
            "accused_staff_type": data["accused_staff_type"],
            "in_scope": in_scope,
            "case_class": data["case_class"] if in_scope else Case.Class.OUT_OF_SCOPE,
            "main_ground": data["main_ground"],
            "grounds": sorted({*step.record.grounds, data["main_ground"]}),
            "foundation": data["foundation"],
        }

    def apply(self, step: Step) -> None:
        case: Case = step.record
        self.note(step, CaseNote.Kind.ASSESSMENT, step.data["note"])
        step.content.update(in_scope=case.in_scope, foundation=case.foundation, case_class=case.case_class)


class RecordCheck(CaseAct):
    """บันทึกการตรวจสอบเบื้องต้น: one simple check is on record before a matter counts as rumour (M5.2.1.2)."""

    title = "บันทึกการตรวจสอบเบื้องต้น"
    title_en = "Record a simple check"
    clauses = ("M5.2.1.2",)
    moves = {S.SCREENING: S.SCREENING}
    form = forms.CheckForm

    def sets(self, step: Step) -> dict[str, Any]:
        return {"checked_at": step.now}

    def apply(self, step: Step) -> None:
        self.note(step, CaseNote.Kind.CHECK, step.data["text"])


class AskMore(CaseAct):
    """ขอข้อมูลเพิ่มเติม: once, with what is missing and 15 days for the sender (M5.2.4.2, M5.2.4.3)."""

    title = "ขอข้อมูลเพิ่มเติม"
    title_en = "Ask for more information"
    clauses = ("M5.2.4.2", "M5.2.4.3")
    moves = {S.SCREENING: S.MORE_INFO}
    form = forms.AskForm
    opens = [duties.AnswerRequest]
    cancels = [duties.Decide]
    done = "ส่งคำขอข้อมูลถึงผู้ร้องเรียนทางหน้าติดตามเรื่องแล้ว"

    def ready(self, actor: Actor, record: Case) -> str | None:
        return "ได้ขอข้อมูลเพิ่มเติมไปแล้วหนึ่งครั้ง" if record.asked_at else None

    def make_form(self, *args: Any, actor: Actor, record: Case, **kwargs: Any) -> forms.AskForm:
        return forms.AskForm(*args, case=record, **kwargs)

    def sets(self, step: Step) -> dict[str, Any]:
        return {"asked_at": step.now}

    def apply(self, step: Step) -> None:
        missing = [f"– {forms.item_label(item)}" for item in step.data["items"]]
        self.write_to_sender(step, REQUEST_TITLE, "\n".join([step.data["text"], *missing]))
        step.content.update(items=step.data["items"], way=step.data.get("way", "page"))


class ReturnUnanswered(CaseAct):
    """ครบกำหนดขอข้อมูล: the clock, not a person, puts the case back to screening; a late answer is still welcome."""

    title = "ครบกำหนดส่งข้อมูลเพิ่มเติม"
    title_en = "Time for an answer is over"
    clauses = ("M5.2.4.2",)
    moves = {S.MORE_INFO: S.SCREENING}
    face = "system"
    opens = [duties.Decide]
    cancels = [duties.AnswerRequest]
    tells = [handler]
    tells_text = "ผู้ร้องเรียนมิได้ส่งข้อมูลเพิ่มเติมภายในกำหนด เรื่องกลับสู่การกลั่นกรอง"

    def by(self, actor: Actor, record: Case) -> str | None:
        return None if actor.kind == "system" else "ระบบดำเนินการเมื่อครบกำหนด"

    def sets(self, step: Step) -> dict[str, Any]:
        return {"unanswered": True}
