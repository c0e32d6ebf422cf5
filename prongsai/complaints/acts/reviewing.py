"""Review of a refusal: the sender asks (``review_request``), a vice governor who had no part in it decides (M5.2.4)."""

from __future__ import annotations

from typing import Any

from prongsai.acts import Step
from prongsai.complaints import duties, forms, keyring
from prongsai.complaints.acts.base import (
    RESULT_TITLE,
    CaseAct,
    S,
    executive,
    handler,
    proposer,
    signature,
    undecided,
)
from prongsai.complaints.acts.heading import NOBODY_ABOVE, only_the_executive
from prongsai.complaints.models import Case, CaseNote
from prongsai.organisation.actors import Actor


class AssignReviewer(CaseAct):
    """เสนอรองผู้ว่าราชการจังหวัดทบทวน: the centre passes the case's key to a vice governor who is not concerned (M5.2.4)."""

    title = "เสนอผู้บริหารทบทวนคำสั่งไม่รับ"
    title_en = "Put the refusal before a reviewer"
    clauses = ("M5.2.4",)
    moves = {S.REVIEW: S.REVIEW}
    form = forms.ExecutiveForm
    tells = [executive]
    tells_text = "มีคำขอให้ทบทวนคำสั่งไม่รับพิจารณาเสนอท่านวินิจฉัย"
    tells_of_duty = True
    needs_unlock = True
    main = True

    def ready(self, actor: Actor, record: Case) -> str | None:
        return None if keyring.executives(record, heads=False) else NOBODY_ABOVE

    def make_form(self, *args: Any, actor: Actor, record: Case, **kwargs: Any) -> forms.ExecutiveForm:
        return forms.ExecutiveForm(
            *args, people=keyring.choices(keyring.executives(record, heads=False)), **kwargs
        )

    def sets(self, step: Step) -> dict[str, Any]:
        chosen = keyring.chosen(step.data, "executive")
        return {"executive": chosen, "executive_label": Actor.of(chosen).label}

    def apply(self, step: Step) -> None:
        keyring.admit(step, step.record.executive, identity=False)
        duties.hand_to_executive(step.record)
        self.note(step, CaseNote.Kind.REVIEW, step.data["reason"])


class Reviewing(CaseAct):
    form = forms.ReasonForm
    clauses = ("M5.2.4",)
    meets = [duties.ReviewRefusal]
    tells = [handler, proposer]
    tells_text = "การทบทวนคำสั่งไม่รับพิจารณาเสร็จสิ้นแล้ว"
    grave = True

    def by(self, actor: Actor, record: Case) -> str | None:
        if why_not := only_the_executive(actor, record):
            return why_not
        same = actor.person_id in (record.proposed_by_id, record.decided_by_id)
        return "ผู้เสนอหรือผู้วินิจฉัยไม่รับเรื่อง ทบทวนเรื่องเดียวกันมิได้" if same else None


class UpholdReview(Reviewing):
    """ให้กลั่นกรองใหม่: the sender is right; the refusal stands no more and screening begins again (M5.2.4)."""

    title = "ทบทวนแล้ว ให้กลั่นกรองใหม่"
    title_en = "Uphold the request: screen again"
    moves = {S.REVIEW: S.SCREENING}
    opens = [duties.Decide]
    main = True

    def sets(self, step: Step) -> dict[str, Any]:
        return {**undecided(), "review_upheld": True, "reopened": True}

    def apply(self, step: Step) -> None:
        self.note(step, CaseNote.Kind.REVIEW, step.data["reason"])
        self.write_to_sender(step, RESULT_TITLE, "ได้ทบทวนตามคำขอของท่านแล้ว ให้นำเรื่องกลับมากลั่นกรองใหม่")


class RefuseAgain(Reviewing):
    """ยืนตามคำสั่งไม่รับ: the reviewer refuses again, and the sender gets the reason (M5.2.4)."""

    title = "ทบทวนแล้ว ยืนตามคำสั่งไม่รับพิจารณา"
    title_en = "Refuse again after the review"
    moves = {S.REVIEW: S.REFUSED}
    form = forms.RefuseAgainForm

    def sets(self, step: Step) -> dict[str, Any]:
        return {"review_upheld": False, **signature(step)}

    def apply(self, step: Step) -> None:
        self.note(step, CaseNote.Kind.REVIEW, step.data["reason"])
        self.write_to_sender(
            step, RESULT_TITLE, f"ได้ทบทวนตามคำขอของท่านแล้ว ยืนตามคำสั่งเดิม\n{step.data['notice']}"
        )
