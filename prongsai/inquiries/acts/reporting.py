"""The report, and what is decided on it by somebody who was not on the committee."""

from __future__ import annotations

from typing import Any

from prongsai.acts import Act, Step, perform
from prongsai.acts.rules import rule
from prongsai.complaints.forms import ReasonForm
from prongsai.inquiries import access, duties
from prongsai.inquiries.acts import case as follow
from prongsai.inquiries.acts.base import ExecutiveAct, MemberAct
from prongsai.inquiries.acts.sanctions import ProposeSanction
from prongsai.inquiries.forms.deciding import ActionForm
from prongsai.inquiries.forms.working import ReportForm
from prongsai.inquiries.models import Inquiry, Note, Outcome, Respondent, Seat, Statement
from prongsai.organisation.actors import Actor

S = Inquiry.State


def what_is_missing(inquiry: Inquiry) -> str:
    """Why the report cannot be submitted yet, as one sentence; "" when it can."""
    clear = inquiry.sitting().filter(state=Seat.State.CLEAR)
    if clear.count() < 3 or inquiry.sitting().exclude(state=Seat.State.CLEAR).exists():
        return "คณะกรรมการยังไม่ครบ หรือมีกรรมการที่ยังมิได้แถลงการมีส่วนได้เสีย"
    unheard = inquiry.respondents.filter(state__in=(Respondent.State.NAMED, Respondent.State.TOLD))
    if unheard.exists():
        numbers = ", ".join(str(n) for n in unheard.values_list("number", flat=True).order_by("number"))
        return f"ยังมิได้รับฟังผู้ถูกกล่าวหาที่ {numbers} (พ.ร.บ. วิธีปฏิบัติราชการทางปกครอง พ.ศ. ๒๕๓๙ มาตรา ๓๐)"
    if inquiry.respondents.exclude(state=Respondent.State.FOUND).exists():
        return "ยังมีผู้ถูกกล่าวหาที่คณะกรรมการมิได้บันทึกความเห็น"
    if inquiry.statements.filter(state=Statement.State.WRITTEN).exists():
        return "ยังมีบันทึกถ้อยคำที่มิได้อ่านทวน"
    return ""


class SubmitReport(MemberAct):
    """เสนอรายงาน: by the chair, when every respondent was heard and found about."""

    title = "เสนอรายงานผลการสอบข้อเท็จจริง"
    title_en = "Submit the report"
    moves = {S.WORKING: S.REPORTED}
    role = Seat.Role.CHAIR
    form = ReportForm  # type: ignore[assignment]
    meets = [duties.Report, duties.ReportExtended]
    opens = [duties.DecideResult]
    tells = [access.deciders, access.handler]
    tells_text = "มีรายงานผลการสอบข้อเท็จจริงรอวินิจฉัย"
    grave = True

    def ready(self, actor: Actor, record: Inquiry) -> str | None:
        return super().ready(actor, record) or what_is_missing(record) or None

    def make_form(self, *args: Any, actor: Actor, record: Inquiry, **kwargs: Any) -> ReportForm:
        return ReportForm(*args, record=record, **kwargs)

    def sets(self, step: Step) -> dict[str, Any]:
        return {
            "reported_by": step.actor.person,
            "reported_label": step.actor.label,
            "reported_on": step.today,
        }

    def apply(self, step: Step) -> None:
        inquiry: Inquiry = step.record
        inquiry.put(Note.Kind.REPORT, step.data["text"], step=step)
        perform(follow.Conclude, inquiry.case, actor=step.actor, at=step.now)
        step.content["respondents"] = inquiry.respondents.count()


class ReturnReport(ExecutiveAct):
    """ให้สอบเพิ่มเติม: with the reason and 15 more days; a late mark of the first report stays."""

    title = "ส่งกลับให้สอบเพิ่มเติม"
    title_en = "Ask for more facts"
    moves = {S.REPORTED: S.WORKING}
    form = ReasonForm
    cancels = [duties.DecideResult]
    opens = [duties.ReportExtended]
    tells = [access.committee]
    tells_text = "ส่งรายงานกลับให้สอบข้อเท็จจริงเพิ่มเติม"

    def sets(self, step: Step) -> dict[str, Any]:
        inquiry = step.record
        period = rule(inquiry.province_id, duties.ReportExtended.rule, step.today)
        due_on = period.due(step.today, inquiry.province)
        return {"reported_by": None, "reported_label": "", "reported_on": None, "report_due_on": due_on}

    def apply(self, step: Step) -> None:
        step.record.put(Note.Kind.RETURN, step.data["reason"], step=step)
        perform(follow.SendBack, step.record.case, actor=step.actor, at=step.now)


class Decision(ExecutiveAct):
    meets = [duties.DecideResult]
    tells = [access.committee, access.handler]
    tells_text = "มีคำวินิจฉัยผลการสอบข้อเท็จจริง"
    grave = True
    follows: type[Act]

    def sets(self, step: Step) -> dict[str, Any]:
        inquiry, acted = step.record, self.moves[S.REPORTED] == S.ACTION
        findings = inquiry.respondents.values_list("finding", flat=True)
        return {
            "decided_by": step.actor.person,
            "decided_label": step.actor.label,
            "decided_on": step.today,
            "outcome": Outcome.of(findings, acted=acted),
        }

    def apply(self, step: Step) -> None:
        step.record.put(Note.Kind.DECISION, step.data["reason"], step=step)
        perform(self.follows, step.record.case, actor=step.actor, at=step.now)
        step.content["outcome"] = step.record.outcome


class DecideAction(Decision):
    """ให้ดำเนินการ: discipline, administrative or legal, chosen for each respondent by the executive (M6.2.3.(14), S20)."""

    title = "วินิจฉัยให้ดำเนินการทางวินัย ทางปกครอง หรือทางกฎหมาย"
    title_en = "Decide on action"
    clauses = ("M5.2.1", "M6.2.3.(14)")
    moves = {S.REPORTED: S.ACTION}
    form = ActionForm  # type: ignore[assignment]
    follows = follow.TakeAction
    main = True

    def ready(self, actor: Actor, record: Inquiry) -> str | None:
        return None if record.respondents.exists() else "ไม่มีผู้ถูกกล่าวหาในรายงาน"

    def make_form(self, *args: Any, actor: Actor, record: Inquiry, **kwargs: Any) -> ActionForm:
        return ActionForm(*args, record=record, **kwargs)

    def apply(self, step: Step) -> None:
        super().apply(step)
        for respondent, track, corruption in step.data["chosen"]:
            data = {
                "respondent": respondent,
                "track": track,
                "corruption": corruption,
                "inquiry": step.record,
            }
            perform(ProposeSanction, None, actor=step.actor, data=data, at=step.now)


class DecideNoAction(Decision):
    """ให้ยุติเรื่อง: with the reason."""

    title = "วินิจฉัยให้ยุติเรื่อง"
    title_en = "Decide to end the matter"
    moves = {S.REPORTED: S.NO_ACTION}
    form = ReasonForm
    follows = follow.EndCase
