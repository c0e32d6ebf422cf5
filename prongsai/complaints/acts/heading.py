"""The head decides on an unsigned letter with strong evidence but no definite witness (M5.2.3).

NACC Act s.60 and PACC Act s.24 let such letters in; whether this one, a person says, with the reason.
"""

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
    proposal,
    proposer,
    signature,
    undecided,
)
from prongsai.complaints.acts.unsigned import SIGNED_SINCE, UNTESTED, untested
from prongsai.complaints.models import Case, CaseNote, Ground
from prongsai.complaints.team import CONCERNED, is_kept_from, typed_in
from prongsai.organisation.actors import Actor

NOBODY_ABOVE = (
    "ไม่มีผู้บริหารที่ไม่เกี่ยวข้องกับเรื่องและตั้งรหัสเปิดผนึกแล้ว โปรดแจ้งผู้ว่าราชการจังหวัดหรือรองผู้ว่าราชการจังหวัดให้ตั้งรหัสเปิดผนึก"
)


class AskHead(CaseAct):
    """เสนอผู้บริหารวินิจฉัย: clear evidence without a definite witness goes to the head, who may let it in (M5.2.3)."""

    title = "เสนอผู้บริหารวินิจฉัย (ข้อ ๒.๓)"
    title_en = "Put the unsigned letter before the head"
    clauses = ("M5.2.3",)
    moves = {S.SCREENING: S.HEAD_DECIDES, S.HEAD_DECIDES: S.HEAD_DECIDES}
    form = forms.ExecutiveForm
    meets = [duties.Decide]
    cancels = [duties.DecideUnsigned]
    opens = [duties.DecideUnsigned]
    tells = [executive]
    tells_text = "มีเรื่องที่มิได้ลงชื่อเสนอท่านวินิจฉัยตามข้อ ๒.๓"
    needs_unlock = True

    def ready(self, actor: Actor, record: Case) -> str | None:
        if untested(record):
            return UNTESTED if not record.signed else "ผู้ร้องเรียนยืนยันลายมือชื่อแล้ว จึงไม่ต้องพิจารณาตามข้อ ๒.๓"
        if record.signed or bool(record.evidence_test) == bool(record.witness_test):
            return "เสนอได้เมื่อเข้าเกณฑ์ข้อ ๒.๓ เพียงข้อเดียว (มีหลักฐานแต่ไม่มีพยาน หรือมีพยานแต่ไม่มีหลักฐาน)"
        return None if keyring.executives(record, heads=True) else NOBODY_ABOVE

    def make_form(self, *args: Any, actor: Actor, record: Case, **kwargs: Any) -> forms.ExecutiveForm:
        people = [p for p in keyring.executives(record, heads=True) if p.pk != actor.person_id]
        return forms.ExecutiveForm(*args, people=keyring.choices(people), **kwargs)

    def sets(self, step: Step) -> dict[str, Any]:
        chosen = keyring.chosen(step.data, "executive")
        asked = {"executive": chosen, "executive_label": Actor.of(chosen).label}
        return {**proposal(step, ""), **asked}

    def apply(self, step: Step) -> None:
        keyring.admit(step, step.record.executive, identity=False)
        self.note(step, CaseNote.Kind.PROPOSAL, step.data["reason"])


class HeadAct(CaseAct):
    """Only whoever the question was put to, and never who handles, proposed or typed it in."""

    form = forms.HeadForm
    clauses = ("M5.2.3",)
    meets = [duties.DecideUnsigned]
    tells = [handler, proposer]
    tells_text = "ผู้บริหารวินิจฉัยเรื่องที่มิได้ลงชื่อแล้ว"
    grave = True

    def by(self, actor: Actor, record: Case) -> str | None:
        return only_the_executive(actor, record)

    def apply(self, step: Step) -> None:
        self.note(step, CaseNote.Kind.DECISION, step.data["reason"])


def only_the_executive(actor: Actor, case: Case) -> str | None:
    if actor.kind != "staff" or actor.person_id is None or case.executive_id != actor.person_id:
        return "เฉพาะผู้บริหารที่เรื่องนี้เสนอถึง"
    involved = {case.handler_id, case.proposed_by_id, *typed_in(case)}
    if actor.person_id in involved:
        return "ผู้เสนอและผู้พิจารณาต้องมิใช่บุคคลเดียวกัน"
    return CONCERNED if is_kept_from(actor.person, case) else None


class HeadAccepts(HeadAct):
    """รับไว้พิจารณาโดยผู้บริหาร: an unsigned letter with strong evidence is let in, with the reason (NACC Act s.60, PACC Act s.24)."""

    title = "วินิจฉัยให้รับไว้พิจารณา"
    title_en = "Let the unsigned letter in"
    moves = {S.HEAD_DECIDES: S.ACCEPTED}
    opens = [duties.StartFactFinding]
    main = True

    def sets(self, step: Step) -> dict[str, Any]:
        return {"decision": Case.Decision.ACCEPT, **signature(step)}

    def apply(self, step: Step) -> None:
        super().apply(step)
        step.clauses.extend(Ground(g).practice for g in step.record.grounds)
        self.write_to_sender(step, RESULT_TITLE, "รับเรื่องของท่านไว้พิจารณาแล้ว จะแจ้งความคืบหน้าทางหน้านี้")


class HeadKeeps(HeadAct):
    """ให้เก็บเป็นข้อมูล: the head does not let it in; it stays as information and may be looked at again (M5.2.3)."""

    title = "วินิจฉัยให้เก็บเป็นข้อมูล"
    title_en = "Keep the unsigned letter as information"
    moves = {S.HEAD_DECIDES: S.KEPT}

    def ready(self, actor: Actor, record: Case) -> str | None:
        return SIGNED_SINCE if record.signed else None

    def sets(self, step: Step) -> dict[str, Any]:
        return {"decision": Case.Decision.KEEP, **signature(step)}


class HeadReturns(HeadAct):
    """ส่งกลับให้กลั่นกรองต่อ: the head wants more before deciding; screening goes on (M5.2.3)."""

    title = "ส่งกลับให้กลั่นกรองต่อ"
    title_en = "Return for further screening"
    moves = {S.HEAD_DECIDES: S.SCREENING}
    opens = [duties.Decide]

    def sets(self, step: Step) -> dict[str, Any]:
        return undecided()

    def apply(self, step: Step) -> None:
        self.note(step, CaseNote.Kind.RETURN, step.data["reason"])
