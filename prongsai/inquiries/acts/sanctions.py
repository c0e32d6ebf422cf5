"""From the decision to the end: the order, the authorities that the law says must be told, the appeal."""

from __future__ import annotations

from typing import Any

from prongsai.acts import Duty, Refused, Step
from prongsai.acts import duties as clocks
from prongsai.inquiries import access, duties
from prongsai.inquiries.acts.base import ExecutiveAct, HandlerAct, InquiryAct, next_in
from prongsai.inquiries.forms.deciding import (
    NACC,
    PACC,
    AppealForm,
    AppealResultForm,
    AuthorityForm,
    FinalForm,
    PenaltyForm,
)
from prongsai.inquiries.models import Note, Sanction, Track
from prongsai.organisation.actors import Actor

S = Sanction.State
LAW = ("M6.2.3.(14)",)


class ProposeSanction(InquiryAct):
    """เสนอให้ดำเนินการ: within the decision. Opens the clocks of NACC Act s.136 and PACC Act s.41 where they run (AT-M5-19)."""

    record = Sanction
    title = "เสนอให้ดำเนินการ"
    title_en = "Propose the sanction"
    clauses = LAW
    moves = {None: S.PROPOSED}
    face = "system"

    def by(self, actor: Actor, record: Any) -> str | None:
        return None if actor.kind == "staff" else access.EXECUTIVES

    def create(self, step: Step) -> Sanction:
        inquiry, respondent = step.data["inquiry"], step.data["respondent"]
        return Sanction.objects.create(
            province=inquiry.province,
            inquiry=inquiry,
            number=next_in(inquiry.sanctions),
            state=S.PROPOSED,
            respondent=respondent,
            track=step.data["track"],
            concerns_corruption=step.data["corruption"],
            proposed_label=step.actor.label,
            is_sample=inquiry.is_sample,
        )

    def apply(self, step: Step) -> None:
        sanction: Sanction = step.record
        opened: list[type[Duty]] = []
        if sanction.track == Track.DISCIPLINE:
            opened += [duties.TellNacc] if sanction.concerns_corruption else []
            opened += [duties.PunishForPacc] if sanction.inquiry.pacc_letter_on else []
        clocks.open_duties(opened, step)
        step.content.update(track=sanction.track, corruption=sanction.concerns_corruption)


class OrderSanction(ExecutiveAct):
    """สั่ง: one of the five penalties of the Civil Service Act s.88, or what other staff and other tracks know."""

    record = Sanction
    title = "บันทึกคำสั่ง"
    title_en = "Record the order"
    clauses = LAW
    moves = {S.PROPOSED: S.ORDERED}
    form = PenaltyForm  # type: ignore[assignment]
    meets = [duties.PunishForPacc]
    tells = [access.handler]
    tells_text = "มีคำสั่งตามผลการสอบข้อเท็จจริง"
    grave = True
    main = True

    def make_form(self, *args: Any, actor: Actor, record: Sanction, **kwargs: Any) -> PenaltyForm:
        return PenaltyForm(*args, record=record, **kwargs)

    def sets(self, step: Step) -> dict[str, Any]:
        told = {key: step.data[key] for key in ("penalty", "order_no", "order_date")}
        return {**told, "ordered_label": step.actor.label}

    def apply(self, step: Step) -> None:
        sanction: Sanction = step.record
        if step.data.get("detail"):
            sanction.inquiry.put(Note.Kind.SANCTION, step.data["detail"], step=step, about=sanction)
        if sanction.inquiry.pacc_letter_on and sanction.track == Track.DISCIPLINE:
            clocks.open_duties([duties.CopyToPacc], step)
        step.content.update(penalty=sanction.penalty, order_no=sanction.order_no)


class TellAuthority(HandlerAct):
    """แจ้ง ป.ป.ช. หรือ ป.ป.ท.: by letter; meets the statutory clock of that authority."""

    record = Sanction
    title = "บันทึกการแจ้ง ป.ป.ช. หรือ ป.ป.ท."
    title_en = "Record the notice to the NACC or PACC"
    clauses = LAW
    moves = {
        S.PROPOSED: S.PROPOSED,
        S.ORDERED: S.TOLD,
        S.TOLD: S.TOLD,
        S.APPEALED: S.APPEALED,
        S.FINAL: S.FINAL,
    }
    form = AuthorityForm

    def sets(self, step: Step) -> dict[str, Any]:
        of = step.data["authority"]
        if of == PACC and step.record.state == S.PROPOSED:
            raise Refused("ส่งสำเนาคำสั่งให้ ป.ป.ท. ได้เมื่อมีคำสั่งแล้ว")
        return {f"{of}_letter_no": step.data["letter_no"], f"{of}_told_on": step.data["letter_date"]}

    def apply(self, step: Step) -> None:
        clocks.meet([duties.TellNacc if step.data["authority"] == NACC else duties.CopyToPacc], step)
        step.content.update(authority=step.data["authority"], letter_no=step.data["letter_no"])


class RecordAppeal(HandlerAct):
    """บันทึกการอุทธรณ์: a fact: to whom and when."""

    record = Sanction
    title = "บันทึกการอุทธรณ์"
    title_en = "Record an appeal"
    clauses = LAW
    moves = {S.ORDERED: S.APPEALED, S.TOLD: S.APPEALED}
    form = AppealForm

    def sets(self, step: Step) -> dict[str, Any]:
        return {key: step.data[key] for key in ("appeal_to", "appealed_on")}

    def apply(self, step: Step) -> None:
        keep_text(step)


class RecordAppealResult(HandlerAct):
    """บันทึกผลอุทธรณ์: the matter of this respondent is final."""

    record = Sanction
    title = "บันทึกผลอุทธรณ์"
    title_en = "Record the result of the appeal"
    clauses = LAW
    moves = {S.APPEALED: S.FINAL}
    form = AppealResultForm
    main = True

    def sets(self, step: Step) -> dict[str, Any]:
        return {key: step.data[key] for key in ("appeal_result", "final_on")}

    def apply(self, step: Step) -> None:
        keep_text(step)
        step.content["result"] = step.record.appeal_result


class MakeFinal(HandlerAct):
    """ถึงที่สุด: nobody appealed in time."""

    record = Sanction
    title = "บันทึกว่าคำสั่งถึงที่สุด"
    title_en = "Record that the order is final"
    clauses = LAW
    moves = {S.ORDERED: S.FINAL, S.TOLD: S.FINAL}
    form = FinalForm

    def sets(self, step: Step) -> dict[str, Any]:
        return {"final_on": step.data["final_on"]}


def keep_text(step: Step) -> None:
    if step.data.get("text"):
        step.record.inquiry.put(Note.Kind.APPEAL, step.data["text"], step=step, about=step.record)
