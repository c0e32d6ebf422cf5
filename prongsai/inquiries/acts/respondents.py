"""Each respondent is told, heard, and found about, apart from the others (Administrative Procedure Act s.30)."""

from __future__ import annotations

from typing import Any

from prongsai.acts import Step
from prongsai.acts.rules import rule
from prongsai.inquiries import duties
from prongsai.inquiries.acts.base import MemberAct, at_work
from prongsai.inquiries.forms.working import FindingForm, HearingForm, TellForm
from prongsai.inquiries.models import Note, Respondent
from prongsai.organisation.actors import Actor

S = Respondent.State


class TellRespondent(MemberAct):
    """แจ้งข้อกล่าวหา: a summary of the accusation only, so that it can be answered."""

    record = Respondent
    title = "แจ้งข้อกล่าวหา"
    title_en = "Tell the respondent the accusation"
    moves = {S.NAMED: S.TOLD}
    form = TellForm
    opens = [duties.HearRespondent]
    main = True

    def sets(self, step: Step) -> dict[str, Any]:
        told_on, record = step.data["told_on"], step.record
        period = rule(record.province_id, duties.HearRespondent.rule, told_on)
        return {"told_on": told_on, "answer_by": period.due(told_on, record.province)}

    def apply(self, step: Step) -> None:
        step.record.inquiry.put(Note.Kind.SUMMARY, step.data["summary"], step=step, about=step.record)


class RecordHearing(MemberAct):
    """รับฟังผู้ถูกกล่าวหา: a statement, a refusal, or silence after the time that was given."""

    record = Respondent
    title = "บันทึกการรับฟังผู้ถูกกล่าวหา"
    title_en = "Record the hearing"
    moves = {S.TOLD: S.HEARD}
    form = HearingForm  # type: ignore[assignment]
    meets = [duties.HearRespondent]
    main = True

    def make_form(self, *args: Any, actor: Actor, record: Respondent, **kwargs: Any) -> HearingForm:
        return HearingForm(*args, record=record, **kwargs)

    def sets(self, step: Step) -> dict[str, Any]:
        return {"hearing": step.data["hearing"], "heard_on": step.data["heard_on"]}

    def apply(self, step: Step) -> None:
        step.record.inquiry.put(Note.Kind.DEFENCE, step.data["text"], step=step, about=step.record)
        step.content["hearing"] = step.record.hearing


class RecordFinding(MemberAct):
    """บันทึกความเห็น: of this respondent alone: finding, part, items of conduct (AT-M6-20, AT-M6-23)."""

    record = Respondent
    title = "บันทึกความเห็นรายบุคคล"
    title_en = "Record the finding"
    clauses = ("M5.2.1", "M6.2.3.(14)")
    moves = {S.HEARD: S.FOUND, S.FOUND: S.FOUND}
    form = FindingForm  # type: ignore[assignment]
    main = True

    def make_form(self, *args: Any, actor: Actor, record: Respondent, **kwargs: Any) -> FindingForm:
        return FindingForm(*args, record=record, **kwargs)

    def sets(self, step: Step) -> dict[str, Any]:
        return {key: step.data[key] for key in ("finding", "part", "conduct")}

    def apply(self, step: Step) -> None:
        inquiry = at_work(step.record.inquiry)
        inquiry.put(Note.Kind.FINDING, step.data["reason"], step=step, about=step.record)
        step.clauses.extend(step.data["conduct"])
