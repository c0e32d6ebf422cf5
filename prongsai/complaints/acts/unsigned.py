"""Unsigned letters (M5.2.3): two tests signed by two officers; nothing is refused by rule.

Both tests met: it must be accepted. Clear evidence without a definite witness: the head decides, because NACC Act s.60 and
PACC Act s.24 let unsigned complaints in. Neither: two officers keep it as information, to be looked at again at any time.
"""

from __future__ import annotations

from typing import Any

from prongsai.acts import Step
from prongsai.complaints import duties, forms
from prongsai.complaints.acts.base import (
    CaseAct,
    S,
    SecondPerson,
    handler,
    proposal,
    proposer,
    team,
    undecided,
)
from prongsai.complaints.models import Case, CaseNote
from prongsai.organisation.actors import Actor

UNTESTED = "เรื่องนี้มิได้ลงชื่อ โปรดบันทึกการพิจารณาตามข้อ ๒.๓ ให้เจ้าหน้าที่สองคนลงนามก่อน หรือขอให้ผู้ร้องเรียนยืนยันลายมือชื่อ"
SIGNED_SINCE = "ผู้ร้องเรียนยืนยันลายมือชื่อแล้ว จึงไม่ใช้ข้อ ๒.๓ โปรดส่งกลับให้กลั่นกรองต่อ"
MUST_ACCEPT = "ผ่านการพิจารณาตามข้อ ๒.๓ ทั้งหลักฐานและพยาน จึงต้องรับไว้พิจารณา"
HEAD_FIRST = (
    "มีหลักฐานแวดล้อมชัดแจ้งแต่ไม่ชี้พยานบุคคล โปรดเสนอผู้บริหารวินิจฉัย (พ.ร.ป. ป.ป.ช. มาตรา ๖๐ และ พ.ร.บ. ป.ป.ท. มาตรา ๒๔)"
)


def untested(case: Case) -> bool:
    """Unsigned, and the test of M5.2.3 has not been signed by two officers yet."""
    return not case.signed and (
        case.evidence_test is None or case.witness_test is None or case.test_signed_by_id is None
    )


def passed(case: Case) -> bool:
    """Unsigned, with clear evidence and a definite witness: must be accepted."""
    return not case.signed and bool(case.evidence_test and case.witness_test) and not untested(case)


def for_the_head(case: Case) -> bool:
    """Unsigned, with clear evidence but no definite witness."""
    return not case.signed and bool(case.evidence_test) and case.witness_test is False


class TestUnsigned(CaseAct):
    """พิจารณาตามข้อ ๒.๓: an unsigned complaint is looked at for clear evidence and a definite witness; both are reasoned."""

    title = "บันทึกการพิจารณาเรื่องที่มิได้ลงชื่อ (ข้อ ๒.๓)"
    title_en = "Record the test for unsigned complaints"
    clauses = ("M5.2.3",)
    moves = {S.SCREENING: S.SCREENING}
    form = forms.UnsignedForm
    tells = [team]
    tells_text = "มีบันทึกการพิจารณาตามข้อ ๒.๓ รอเจ้าหน้าที่คนที่สองลงนาม"

    def ready(self, actor: Actor, record: Case) -> str | None:
        return "ผู้ร้องเรียนยืนยันลายมือชื่อแล้ว จึงไม่ต้องพิจารณาตามข้อ ๒.๓" if record.signed else None

    def sets(self, step: Step) -> dict[str, Any]:
        tests = {name: step.data[name] == "yes" for name in ("evidence_test", "witness_test")}
        by = {"tested_by": step.actor.person, "tested_label": step.actor.label}
        return {**tests, **by, "test_signed_by": None, "test_signed_label": ""}

    def apply(self, step: Step) -> None:
        data = step.data
        text = f"หลักฐานแวดล้อม: {data['evidence_text']}\n\nพยานบุคคล: {data['witness_text']}"
        self.note(step, CaseNote.Kind.UNSIGNED, text)
        step.content.update(evidence=step.record.evidence_test, witness=step.record.witness_test)


class SignTest(CaseAct):
    """ลงนามร่วมในแบบพิจารณาบัตรสนเท่ห์: a second officer signs the test, or says why not and it is made again (M5.2.3)."""

    title = "ลงนามในแบบพิจารณาตามข้อ ๒.๓ (เจ้าหน้าที่คนที่สอง)"
    title_en = "Sign the test as second officer"
    clauses = ("M5.2.3",)
    moves = {S.SCREENING: S.SCREENING}
    form = forms.SignTestForm
    tells = [handler]
    tells_text = "เจ้าหน้าที่คนที่สองพิจารณาแบบตามข้อ ๒.๓ แล้ว"

    def by(self, actor: Actor, record: Case) -> str | None:
        if why_not := super().by(actor, record):
            return why_not
        same = actor.person_id and actor.person_id == record.tested_by_id
        return "ผู้บันทึกและผู้ลงนามร่วมต้องมิใช่บุคคลเดียวกัน" if same else None

    def ready(self, actor: Actor, record: Case) -> str | None:
        if record.signed or record.tested_by_id is None:
            return "ยังไม่มีบันทึกการพิจารณาตามข้อ ๒.๓"
        return "มีเจ้าหน้าที่ลงนามครบสองคนแล้ว" if record.test_signed_by_id else None

    def sets(self, step: Step) -> dict[str, Any]:
        if step.data["agrees"] == "yes":
            return {"test_signed_by": step.actor.person, "test_signed_label": step.actor.label}
        return {"evidence_test": None, "witness_test": None, "tested_by": None, "tested_label": ""}

    def apply(self, step: Step) -> None:
        agrees = step.data["agrees"] == "yes"
        words = "เห็นพ้องและลงนามร่วม" if agrees else "ไม่เห็นพ้อง ให้พิจารณาใหม่"
        self.note(step, CaseNote.Kind.UNSIGNED, f"{words}\n{step.data['reason']}".strip())
        step.content["agrees"] = agrees


class ProposeKeep(CaseAct):
    """เสนอเก็บเป็นข้อมูล: an unsigned rumour, after one simple check, with the reason; a second officer agrees (M5.2.3)."""

    title = "เสนอเก็บเป็นข้อมูล"
    title_en = "Propose to keep as information"
    clauses = ("M5.2.3",)
    moves = {S.SCREENING: S.KEEP_PROPOSED}
    form = forms.ReasonForm
    meets = [duties.Decide]
    opens = [duties.ConfirmKeep]
    tells = [team]
    tells_text = "มีเรื่องเสนอเก็บเป็นข้อมูล รอเจ้าหน้าที่คนที่สอง"

    def ready(self, actor: Actor, record: Case) -> str | None:
        if record.signed:
            return "ผู้ร้องเรียนยืนยันลายมือชื่อแล้ว จึงเก็บเป็นข้อมูลมิได้"
        if record.in_scope is False:
            return "เรื่องนอกขอบเขตให้ส่งต่อหน่วยงานที่มีอำนาจ"
        if untested(record):
            return UNTESTED
        if passed(record):
            return MUST_ACCEPT
        if for_the_head(record):
            return HEAD_FIRST
        return None if record.checked_at else "โปรดบันทึกการตรวจสอบเบื้องต้นหนึ่งครั้งก่อน"

    def sets(self, step: Step) -> dict[str, Any]:
        return proposal(step, Case.Decision.KEEP)

    def apply(self, step: Step) -> None:
        self.note(step, CaseNote.Kind.PROPOSAL, step.data["reason"])


class ConfirmKeep(SecondPerson):
    """เก็บเป็นข้อมูล: the second officer agrees; no notice goes out, the sender's page says how to add more (M5.2.3)."""

    title = "เก็บเป็นข้อมูล (ยืนยัน)"
    title_en = "Confirm: keep as information"
    clauses = ("M5.2.3",)
    moves = {S.KEEP_PROPOSED: S.KEPT}
    form = forms.ReasonForm
    meets = [duties.ConfirmKeep]
    tells = [handler, proposer]
    tells_text = "เรื่องที่ท่านเสนอได้เก็บเป็นข้อมูลแล้ว"

    def ready(self, actor: Actor, record: Case) -> str | None:
        return SIGNED_SINCE if record.signed else None

    def apply(self, step: Step) -> None:
        self.keep_reason(step)


class ReopenKept(CaseAct):
    """นำข้อมูลที่เก็บไว้มากลั่นกรองใหม่: what was kept is looked at again when something fits to it (M5.2.3)."""

    title = "นำมากลั่นกรองใหม่"
    title_en = "Screen again"
    clauses = ("M5.2.3",)
    moves = {S.KEPT: S.SCREENING}
    form = forms.ReasonForm
    opens = [duties.Decide]
    tells = [handler]
    tells_text = "เรื่องที่เก็บเป็นข้อมูลถูกนำมากลั่นกรองใหม่"

    def sets(self, step: Step) -> dict[str, Any]:
        return {**undecided(), "reopened": True}

    def apply(self, step: Step) -> None:
        self.note(step, CaseNote.Kind.REVIEW, step.data["reason"])
