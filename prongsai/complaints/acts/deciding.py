"""Deciding: one proposes with a reason, a second person agrees or sends it back (M5.2.1, M5.2.4)."""

from __future__ import annotations

from typing import Any

from prongsai.acts import Step
from prongsai.complaints import duties, forms
from prongsai.complaints.acts.base import (
    RESULT_TITLE,
    CaseAct,
    S,
    SecondPerson,
    handler,
    proposal,
    proposer,
    team,
)
from prongsai.complaints.acts.unsigned import (
    HEAD_FIRST,
    MUST_ACCEPT,
    UNTESTED,
    for_the_head,
    passed,
    untested,
)
from prongsai.complaints.models import Case, CaseNote, Ground, Item, Message, RefusalGround
from prongsai.organisation.actors import Actor

NONCONFORMITY = "M7.1.3"  # an act that does not follow the manual (measure 7)


class ProposeAcceptance(CaseAct):
    """เสนอรับพิจารณา: in scope and founded, with the reason; a second person confirms (M5.2.1)."""

    title = "เสนอรับไว้พิจารณา"
    title_en = "Propose to accept"
    clauses = ("M5.2.1",)
    moves = {S.SCREENING: S.ACCEPT_PROPOSED}
    form = forms.ReasonForm
    meets = [duties.Decide]
    opens = [duties.ConfirmAcceptance]
    tells = [team]
    tells_text = "มีเรื่องเสนอรับพิจารณา รอผู้พิจารณาคนที่สอง"
    main = True

    def ready(self, actor: Actor, record: Case) -> str | None:
        if record.in_scope is None:
            return "โปรดบันทึกการกลั่นกรองก่อน"
        if not record.in_scope:
            return "ผู้ถูกร้องเรียนอยู่นอกขอบเขตของประกาศ โปรดส่งต่อหน่วยงานที่มีอำนาจ"
        if untested(record):
            return UNTESTED
        if for_the_head(record):
            return HEAD_FIRST
        if record.foundation != Case.Foundation.FOUNDED and not passed(record):
            return "รับพิจารณาได้เมื่อบันทึกการกลั่นกรองว่าเรื่องมีมูล"
        return None

    def sets(self, step: Step) -> dict[str, Any]:
        return proposal(step, Case.Decision.ACCEPT)

    def apply(self, step: Step) -> None:
        self.note(step, CaseNote.Kind.PROPOSAL, step.data["reason"])


class ProposeRefusal(CaseAct):
    """เสนอไม่รับพิจารณา: a ground of 2.4 that fits, a reason, and a second officer afterwards. "อาจ": nobody must refuse."""

    title = "เสนอไม่รับพิจารณา"
    title_en = "Propose to refuse"
    clauses = ("M5.2.4",)
    moves = {S.SCREENING: S.REFUSE_PROPOSED}
    form = forms.RefuseForm
    meets = [duties.Decide]
    opens = [duties.ConfirmRefusal]
    tells = [team]
    tells_text = "มีเรื่องเสนอไม่รับพิจารณา รอเจ้าหน้าที่คนที่สอง"
    grave = True

    def ready(self, actor: Actor, record: Case) -> str | None:
        if record.in_scope is False:
            return "เรื่องนอกขอบเขตให้ส่งต่อหน่วยงานที่มีอำนาจ มิใช่ไม่รับพิจารณา"
        if untested(record):
            return UNTESTED
        if passed(record):
            return MUST_ACCEPT
        if for_the_head(record):
            return HEAD_FIRST
        if not refusal_grounds(record):
            return "ยังไม่มีเหตุที่อาจไม่รับพิจารณาได้: ต้องบันทึกการกลั่นกรอง ตรวจสอบเบื้องต้น และขอข้อมูลเพิ่มเติมหนึ่งครั้งก่อน"
        return None

    def make_form(self, *args: Any, actor: Actor, record: Case, **kwargs: Any) -> forms.RefuseForm:
        return forms.RefuseForm(*args, grounds=refusal_grounds(record), **kwargs)

    def sets(self, step: Step) -> dict[str, Any]:
        return {**proposal(step, Case.Decision.REFUSE), "refusal_ground": step.data["ground"]}

    def apply(self, step: Step) -> None:
        case: Case = step.record
        both = f"{step.data['reason']}\n\nข้อความที่เสนอแจ้งผู้ร้องเรียน:\n{step.data['notice']}"
        self.note(step, CaseNote.Kind.PROPOSAL, both)
        self.write_to_sender(step, RESULT_TITLE, step.data["notice"], released=False)
        step.clauses.append(RefusalGround(case.refusal_ground).practice)
        step.content["ground"] = case.refusal_ground


def refusal_grounds(case: Case) -> list[RefusalGround]:
    """The grounds that may be chosen for this case as it stands; an empty list when none may."""
    if case.in_scope is None:
        return []
    unfounded = case.foundation == Case.Foundation.UNFOUNDED
    founded = case.foundation == Case.Foundation.FOUNDED
    open_grounds = []
    if not case.signed and case.evidence_test is False:
        open_grounds.append(RefusalGround.ANONYMOUS)
    # Nothing else is closed before the sender was asked once, nor a doubtful matter before one simple check (AT-M5-27).
    if not case.asked_at or not (founded or case.checked_at):
        return open_grounds
    if standing_matters(case) and not case.harmed:
        open_grounds.append(RefusalGround.NOT_HARMED)
    if unfounded:
        open_grounds.append(RefusalGround.UNFOUNDED)
    if not founded:
        open_grounds.append(RefusalGround.NO_EVIDENCE)
    if not founded and lacking(case):
        open_grounds.append(RefusalGround.INCOMPLETE)
    return open_grounds


def lacking(case: Case) -> set[str]:
    """The missing items that may count against a complaint. Evidence is asked for "if any" (M5.2.2.7), and where there
    is some, a missing address alone is no ground (AT-M5-05)."""
    missing = set(case.items_missing)
    with_evidence = Item.EVIDENCE.value not in missing
    return missing - {Item.EVIDENCE.value} - ({Item.SENDER.value} if with_evidence else set())


def standing_matters(case: Case) -> bool:
    """Whoever reports corruption or an offence in office, or gives a lead, need not be harmed (AT-M5-10)."""
    return not case.lead_only and not {Ground.CORRUPTION, Ground.MALFEASANCE} & set(case.grounds)


class Accept(SecondPerson):
    """รับไว้พิจารณา: the second person agrees; the sender is told.

    A matter of service or delay is marked as a non-conformity of M7.1.3, whose own register belongs to measure 7.
    """

    title = "รับไว้พิจารณา"
    title_en = "Accept"
    clauses = ("M5.2.1", "M5.2.1.1")
    moves = {S.ACCEPT_PROPOSED: S.ACCEPTED}
    form = forms.OptionalReasonForm
    meets = [duties.ConfirmAcceptance]
    opens = [duties.StartFactFinding]
    tells = [handler, proposer]
    tells_text = "เรื่องที่ท่านเสนอได้รับไว้พิจารณาแล้ว"
    main = True
    done = "รับเรื่องไว้พิจารณา และแจ้งผู้ร้องเรียนแล้ว"

    def sets(self, step: Step) -> dict[str, Any]:
        is_service = step.record.case_class == Case.Class.SERVICE
        return {**super().sets(step), "nonconformity": is_service}

    def apply(self, step: Step) -> None:
        self.keep_reason(step)
        step.clauses.extend(Ground(g).practice for g in step.record.grounds)
        if step.record.nonconformity:
            step.clauses.append(NONCONFORMITY)
        self.write_to_sender(step, RESULT_TITLE, "รับเรื่องของท่านไว้พิจารณาแล้ว จะแจ้งความคืบหน้าทางหน้านี้")


class Refuse(SecondPerson):
    """ไม่รับพิจารณา: the second officer agrees; the sender gets the ground, the reason and the right to a review."""

    title = "ไม่รับพิจารณา (ยืนยัน)"
    title_en = "Confirm the refusal"
    clauses = ("M5.2.4",)
    moves = {S.REFUSE_PROPOSED: S.REFUSED}
    form = forms.ReasonForm
    meets = [duties.ConfirmRefusal]
    tells = [handler, proposer]
    tells_text = "ข้อเสนอไม่รับพิจารณาของท่านได้รับการยืนยันแล้ว"
    grave = True
    done = "บันทึกการไม่รับพิจารณา และแจ้งผู้ร้องเรียนพร้อมเหตุผลแล้ว"

    def apply(self, step: Step) -> None:
        self.keep_reason(step)
        case: Case = step.record
        step.clauses.append(RefusalGround(case.refusal_ground).practice)
        step.content["ground"] = case.refusal_ground
        Message.objects.filter(
            receipt__in=case.all_receipts(), way=Message.Way.TO_SENDER, released_at=None
        ).update(released_at=step.now)


class ReturnProposal(SecondPerson):
    """ส่งกลับแก้ไข: the second person does not agree; screening goes on."""

    title = "ส่งกลับผู้เสนอ"
    title_en = "Return to the proposer"
    moves = {
        S.ACCEPT_PROPOSED: S.SCREENING,
        S.REFUSE_PROPOSED: S.SCREENING,
        S.KEEP_PROPOSED: S.SCREENING,
    }
    clauses = ("M5.2.1",)
    form = forms.ReasonForm
    cancels = [duties.ConfirmAcceptance, duties.ConfirmRefusal, duties.ConfirmKeep]
    opens = [duties.Decide]
    tells = [proposer]
    tells_text = "ข้อเสนอของท่านถูกส่งกลับ"

    def sets(self, step: Step) -> dict[str, Any]:
        return {"decision": "", "refusal_ground": "", "proposed_by": None, "proposed_label": ""}

    def apply(self, step: Step) -> None:
        case: Case = step.record
        # A notice that nobody will confirm must not go out later; its text stays in the proposer's note.
        Message.objects.filter(
            receipt__in=case.all_receipts(), way=Message.Way.TO_SENDER, released_at=None
        ).delete()
        self.note(step, CaseNote.Kind.RETURN, step.data["reason"])
