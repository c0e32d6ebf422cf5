"""Alerts: a comparison proposes, an officer looks, the governor decides. The action itself shows the result alone (AT-M5-23)."""

from __future__ import annotations

from typing import Any

from prongsai.acts import Act, Refused, Step, perform
from prongsai.complaints.forms import ReasonForm
from prongsai.organisation.actors import Actor
from prongsai.protection import forms, team
from prongsai.protection.acts.base import deciders, officers
from prongsai.protection.acts.hr import PassHrAction, StopHrAction
from prongsai.protection.matching import action_hash, action_of
from prongsai.protection.models import HrAction, Note, RetaliationAlert

S = RetaliationAlert.State
WAITING = (HrAction.State.REVIEW, HrAction.State.ASKED)


class AlertAct(Act):
    record = RetaliationAlert
    secrecy = "S4"

    def keep_reason(self, step: Step) -> None:
        case = step.record.case
        Note.objects.create(
            case=case,
            kind=Note.Kind.ALERT,
            sealed=case.envelope.put(step.data["reason"], context=f"protection:{case.pk}:alert"),
            author_label=step.actor.label,
            written_at=step.now,
        )

    def carry_out(self, step: Step, act: type[Act], **data: Any) -> None:
        """The decision reaches the action as that of any other: by whoever decided, without a word of the alert."""
        action = action_of(step.record)
        if action is not None and action.state in WAITING:
            perform(act, action, actor=step.actor, data=data)


class RaiseAlert(AlertAct):
    """เกิดสัญญาณ: an action meets a protected reporter. Nobody is accused, and nothing is stopped, by this."""

    title = "เกิดสัญญาณการตอบโต้"
    title_en = "An alert is raised"
    moves = {None: S.OPEN}
    face = "system"
    tells = [officers]
    tells_text = "มีสัญญาณการตอบโต้ที่ต้องพิจารณา"
    tells_of_duty = True

    def by(self, actor: Actor, record: Any) -> str | None:
        return None if actor.kind == "system" else "เฉพาะระบบ เมื่อมีการบันทึกการดำเนินการด้านบุคคล"

    def create(self, step: Step) -> RetaliationAlert:
        case, action = step.data["case"], step.data["action"]
        alert = RetaliationAlert(
            province=case.province,
            state=S.OPEN,
            number=case.number,
            case=case,
            action_hash=action_hash(action),
            raised_on=step.today,
            in_force=action.effective_on <= step.today,
            is_sample=case.is_sample,
        )
        alert.save(force_insert=True)
        return alert


class ProposeStop(AlertAct):
    """เสนอให้ระงับ: an officer of protection, with the reason; the governor decides."""

    title = "เสนอให้ระงับหรือยกเลิก"
    title_en = "Propose to stop it"
    moves = {S.OPEN: S.STOP_PROPOSED}
    form = ReasonForm
    tells = [deciders]
    tells_text = "มีข้อเสนอเกี่ยวกับสัญญาณการตอบโต้"
    tells_of_duty = True
    main = True

    def by(self, actor: Actor, record: RetaliationAlert) -> str | None:
        return team.officer(actor, record.case) or _own(actor, record)

    def sets(self, step: Step) -> dict[str, Any]:
        return {"proposed_by": step.actor.person, "proposed_label": step.actor.label}

    def apply(self, step: Step) -> None:
        self.keep_reason(step)


def _own(actor: Actor, alert: RetaliationAlert) -> str | None:
    action = action_of(alert)
    if action is not None and actor.person_id in (action.person_id, action.recorded_by_id):
        return "ท่านเกี่ยวข้องกับเรื่องนี้ จึงดำเนินการมิได้"
    return None


class Deciding(AlertAct):
    def sets(self, step: Step) -> dict[str, Any]:
        return {"decided_by": step.actor.person, "decided_label": step.actor.label}


class StopAction(Deciding):
    """สั่งให้ระงับหรือยกเลิก: the governor or a vice governor; the agency gets the order, and not why it was looked at."""

    title = "สั่งให้ระงับหรือยกเลิก"
    title_en = "Stop the action"
    moves = {S.STOP_PROPOSED: S.STOPPED}
    form = forms.StopForm
    tells = [officers]
    tells_text = "สัญญาณการตอบโต้ได้รับการวินิจฉัยแล้ว"
    proof = True

    def by(self, actor: Actor, record: RetaliationAlert) -> str | None:
        return team.decider(actor, record.case) or _own(actor, record)

    def apply(self, step: Step) -> None:
        self.keep_reason(step)
        if action_of(step.record) is None:
            raise Refused("ไม่พบการดำเนินการด้านบุคคลของสัญญาณนี้")
        self.carry_out(step, StopHrAction, order_no=step.data["order_no"], reason="")


class LetPass(Deciding):
    """ให้ดำเนินการได้: it is not retaliation; by the officer while nothing is proposed, by the governor afterwards.

    The action itself is always passed by an officer: a governor's hand would tell its agency of the alert.
    """

    title = "ให้ดำเนินการได้"
    title_en = "Let it pass"
    moves = {S.OPEN: S.PASSED, S.STOP_PROPOSED: S.PASSED}
    form = ReasonForm
    tells = [officers]
    tells_text = "สัญญาณการตอบโต้ได้รับการวินิจฉัยแล้ว"

    def by(self, actor: Actor, record: RetaliationAlert) -> str | None:
        asked = team.officer if record.state == S.OPEN else team.decider
        return asked(actor, record.case) or _own(actor, record)

    def apply(self, step: Step) -> None:
        self.keep_reason(step)
        if step.came_from == S.OPEN:
            self.carry_out(step, PassHrAction)
