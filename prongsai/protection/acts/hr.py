"""Personnel actions: every adverse one of anybody is recorded and reviewed; this is the evidence for the clause."""

from __future__ import annotations

from typing import Any

from prongsai.acts import Act, Step, perform
from prongsai.notices import To
from prongsai.organisation.actors import Actor
from prongsai.protection import duties, forms
from prongsai.protection.matching import alerted, met_by
from prongsai.protection.models import HrAction, RetaliationAlert
from prongsai.protection.team import DECIDERS, NOT_DECIDER, NOT_OFFICER, OFFICER

S = HrAction.State
OPEN_ALERTS = (RetaliationAlert.State.OPEN, RetaliationAlert.State.STOP_PROPOSED)
# Of an alert it says nothing: an officer who may not have the file must not learn of it here.
IN_HAND = "รายการนี้อยู่ระหว่างการตรวจสอบของเจ้าหน้าที่คุ้มครองอีกทางหนึ่ง จึงยังให้ผ่านมิได้"
ITS_OWN = "เรื่องนี้เกี่ยวกับท่านเอง จึงดำเนินการมิได้"


def protection_officers(step: Step) -> list[To]:
    return [To(OFFICER, step.record.province)]


def recorder(step: Step) -> list[int]:
    return [step.record.recorded_by_id]


class HrAct(Act):
    record = HrAction
    secrecy = "S2"
    clauses = ("M6.2.3.(13)",)


class RecordHrAction(HrAct):
    """บันทึกการดำเนินการด้านบุคคล: by the head of the agency, before it takes effect; what has taken effect is recorded too."""

    title = "บันทึกการดำเนินการด้านบุคคลที่เป็นผลร้าย"
    title_en = "Record an adverse personnel action"
    moves = {None: S.REVIEW}
    form = forms.HrActionForm
    opens = [duties.ReviewHrAction]
    tells = [protection_officers]
    tells_text = "มีการดำเนินการด้านบุคคลรอตรวจสอบ"
    done = "บันทึกแล้ว ทุกรายการต้องรอตรวจสอบตามระเบียบก่อนมีผล"

    def by(self, actor: Actor, record: Any) -> str | None:
        may = actor.kind == "staff" and (actor.has("head_agency") or actor.has("governor"))
        return None if may else "เฉพาะหัวหน้าส่วนราชการ และผู้ว่าราชการจังหวัด"

    def make_form(self, *args: Any, actor: Actor, record: Any, **kwargs: Any) -> forms.HrActionForm:
        return forms.HrActionForm(*args, actor=actor, **kwargs)

    def create(self, step: Step) -> HrAction:
        data, person = step.data, step.data["whom"]
        action = HrAction(
            province=step.actor.province,
            state=S.REVIEW,
            person=person,
            person_label=Actor.of(person).label,
            agency=person.agency,
            kind=data["action"],
            order_no=data["order_no"],
            effective_on=data["effective_on"],
            reason=data["reason"],
            recorded_by=step.actor.person,
            recorded_label=step.actor.label,
            is_sample=step.actor.province.is_sample,  # type: ignore[union-attr]
        )
        action.save(force_insert=True)
        return action

    def apply(self, step: Step) -> None:
        """The comparison; whoever recorded the action gets the same answer whatever it finds."""
        from prongsai.protection.acts.alerts import RaiseAlert

        action: HrAction = step.record
        system = Actor.system(action.province)
        for case in met_by(action, step.today):
            perform(RaiseAlert, None, actor=system, data={"case": case, "action": action})


class OfficerAct(HrAct):
    def by(self, actor: Actor, record: HrAction) -> str | None:
        """None for a protection officer, never in his own matter."""
        if actor.kind != "staff" or not actor.has(OFFICER):
            return NOT_OFFICER
        return ITS_OWN if actor.person_id in (record.person_id, record.recorded_by_id) else None

    def sets(self, step: Step) -> dict[str, Any]:
        return {"reviewed_label": step.actor.label, "reviewed_on": step.today}


class AskReason(OfficerAct):
    """ขอเหตุผล: from whoever recorded it; asked of some with an alert and of others without."""

    title = "ขอเหตุผลประกอบ"
    title_en = "Ask for reasons"
    moves = {S.REVIEW: S.ASKED}
    tells = [recorder]
    tells_text = "โปรดให้เหตุผลประกอบการดำเนินการด้านบุคคล"
    tells_of_duty = True


class AnswerReason(HrAct):
    """ให้เหตุผล: whoever recorded the action."""

    title = "ให้เหตุผลประกอบ"
    title_en = "Give the reasons"
    moves = {S.ASKED: S.REVIEW}
    form = forms.AnswerForm
    tells = [protection_officers]
    tells_text = "มีเหตุผลประกอบการดำเนินการด้านบุคคลแล้ว"
    main = True

    def by(self, actor: Actor, record: HrAction) -> str | None:
        return None if actor.person_id == record.recorded_by_id else "เฉพาะผู้บันทึก"

    def sets(self, step: Step) -> dict[str, Any]:
        return {"answer": step.data["answer"]}


class PassHrAction(OfficerAct):
    """ตรวจสอบแล้ว: nothing stands against it; the agency goes on. Always by an officer, whether there was an alert or not."""

    title = "ตรวจสอบแล้ว ให้ดำเนินการได้"
    title_en = "Let it pass"
    moves = {S.REVIEW: S.PASSED, S.ASKED: S.PASSED}
    meets = [duties.ReviewHrAction]
    tells = [recorder]
    tells_text = "ตรวจสอบการดำเนินการด้านบุคคลแล้ว"
    main = True

    def ready(self, actor: Actor, record: HrAction) -> str | None:
        return IN_HAND if is_open(record) else None


class StopHrAction(HrAct):
    """ให้ระงับหรือยกเลิก: by the governor or a vice governor who did not record it, with an order number."""

    title = "ให้ระงับหรือยกเลิก"
    title_en = "Stop it"
    moves = {S.REVIEW: S.STOPPED, S.ASKED: S.STOPPED}
    form = forms.StopForm
    meets = [duties.ReviewHrAction]
    tells = [recorder, protection_officers]
    tells_text = "มีคำสั่งเกี่ยวกับการดำเนินการด้านบุคคล"
    grave = True

    def by(self, actor: Actor, record: HrAction) -> str | None:
        if actor.kind != "staff" or not any(actor.has(role) for role in DECIDERS):
            return NOT_DECIDER
        return ITS_OWN if actor.person_id in (record.person_id, record.recorded_by_id) else None

    def sets(self, step: Step) -> dict[str, Any]:
        return {
            "reviewed_label": step.actor.label,
            "reviewed_on": step.today,
            "stop_order": step.data["order_no"],
        }


def is_open(action: HrAction) -> bool:
    """Whether an alert about the action waits for a person."""
    return bool(alerted([action], OPEN_ALERTS))
