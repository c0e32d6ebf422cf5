"""The officers' verbs of measure 5, from receipt to decision. The sender's own verbs are in ``sender.py``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prongsai.acts import Act, Step
from prongsai.complaints import duties, forms
from prongsai.complaints.models import Case, CaseNote, Ground, Item, Message, Referral, RefusalGround
from prongsai.complaints.team import may_handle
from prongsai.organisation.actors import Actor

S = Case.State

# Headings of what the sender is told; the letters find the text by them.
REQUEST_TITLE = "ขอข้อมูลเพิ่มเติม"
RESULT_TITLE = "แจ้งผลการพิจารณาเบื้องต้น"


class CaseAct(Act):
    """What all of them share: the team may, and texts go sealed into the file."""

    record = Case
    secrecy = "S3"

    def by(self, actor: Actor, record: Case) -> str | None:
        return may_handle(actor, record)

    def note(self, step: Step, kind: CaseNote.Kind, text: str) -> None:
        case: Case = step.record
        CaseNote.objects.create(
            case=case,
            kind=kind,
            sealed=case.envelope.put(text, context=f"case:{case.pk}:{kind}"),
            author=step.actor.person,
            author_label=step.actor.label,
            written_at=step.now,
        )

    def write_to_sender(self, step: Step, title: str, text: str, *, released: bool = True) -> None:
        """A message to every receipt's sender; with ``released=False`` it waits for the second person."""
        Message.objects.bulk_create(
            Message(
                receipt=receipt,
                way=Message.Way.TO_SENDER,
                title=title,
                sealed=receipt.correspondence.put(text, context=f"message:{receipt.pk}"),
                written_at=step.now,
                released_at=step.now if released else None,
            )
            for receipt in step.record.receipts.select_related("correspondence")
        )


def handler(step: Step) -> Iterable[int]:
    return [step.record.handler_id] if step.record.handler_id else []


def proposer(step: Step) -> Iterable[int]:
    return [step.record.proposed_by_id] if step.record.proposed_by_id else []


def team(step: Step) -> Iterable[int]:
    """Everybody who holds the case's key and is not excluded."""
    case: Case = step.record
    keys = case.envelope.grants.exclude(keyholder__person=None).values_list("keyholder__person_id", flat=True)
    return set(keys) - set(case.exclusions.values_list("person_id", flat=True))


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


class TestUnsigned(CaseAct):
    """พิจารณาตามข้อ ๒.๓: an unsigned complaint is looked at for clear evidence and a definite witness; both are reasoned."""

    title = "บันทึกการพิจารณาเรื่องที่มิได้ลงชื่อ (ข้อ ๒.๓)"
    title_en = "Record the test for unsigned complaints"
    clauses = ("M5.2.3",)
    moves = {S.SCREENING: S.SCREENING}
    form = forms.UnsignedForm

    def ready(self, actor: Actor, record: Case) -> str | None:
        return "ผู้ร้องเรียนยืนยันลายมือชื่อแล้ว จึงไม่ต้องพิจารณาตามข้อ ๒.๓" if record.signed else None

    def sets(self, step: Step) -> dict[str, Any]:
        return {name: step.data[name] == "yes" for name in ("evidence_test", "witness_test")}

    def apply(self, step: Step) -> None:
        data = step.data
        text = f"หลักฐานแวดล้อม: {data['evidence_text']}\n\nพยานบุคคล: {data['witness_text']}"
        self.note(step, CaseNote.Kind.UNSIGNED, text)
        step.content.update(evidence=step.record.evidence_test, witness=step.record.witness_test)


def untested(case: Case) -> bool:
    """Unsigned, and the test of M5.2.3 has not been recorded yet."""
    return not case.signed and (case.evidence_test is None or case.witness_test is None)


UNTESTED = "เรื่องนี้มิได้ลงชื่อ โปรดบันทึกการพิจารณาตามข้อ ๒.๓ ก่อน หรือขอให้ผู้ร้องเรียนยืนยันลายมือชื่อ"


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
        step.content["items"] = step.data["items"]


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
        if record.foundation != Case.Foundation.FOUNDED:
            return "รับพิจารณาได้เมื่อบันทึกการกลั่นกรองว่าเรื่องมีมูล"
        return None

    def sets(self, step: Step) -> dict[str, Any]:
        return _proposal(step, Case.Decision.ACCEPT)

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
        if not record.signed and record.evidence_test and record.witness_test:
            return "ผ่านการพิจารณาตามข้อ ๒.๓ ทั้งหลักฐานและพยาน จึงต้องรับไว้พิจารณา"
        if not refusal_grounds(record):
            return "ยังไม่มีเหตุที่อาจไม่รับพิจารณาได้: ต้องบันทึกการกลั่นกรอง ตรวจสอบเบื้องต้น และขอข้อมูลเพิ่มเติมหนึ่งครั้งก่อน"
        return None

    def make_form(self, *args: Any, actor: Actor, record: Case, **kwargs: Any) -> forms.RefuseForm:
        return forms.RefuseForm(*args, grounds=refusal_grounds(record), **kwargs)

    def sets(self, step: Step) -> dict[str, Any]:
        return {**_proposal(step, Case.Decision.REFUSE), "refusal_ground": step.data["ground"]}

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
    # Evidence is asked for "if any" (M5.2.2.7): without it the complaint is not incomplete.
    if not founded and set(case.items_missing) - {Item.EVIDENCE.value}:
        open_grounds.append(RefusalGround.INCOMPLETE)
    return open_grounds


def standing_matters(case: Case) -> bool:
    """Whoever reports corruption or an offence in office, or gives a lead, need not be harmed (AT-M5-10)."""
    return not case.lead_only and not {Ground.CORRUPTION, Ground.MALFEASANCE} & set(case.grounds)


def _proposal(step: Step, decision: Case.Decision) -> dict[str, Any]:
    return {"decision": decision, "proposed_by": step.actor.person, "proposed_label": step.actor.label}


def _signature(step: Step) -> dict[str, Any]:
    return {"decided_by": step.actor.person, "decided_label": step.actor.label, "decided_on": step.today}


class SecondPerson(CaseAct):
    """An act of the second person: never the one who proposed."""

    def by(self, actor: Actor, record: Case) -> str | None:
        if why_not := super().by(actor, record):
            return why_not
        if actor.person and record.proposed_by_id == actor.person.pk:
            return "ผู้เสนอและผู้พิจารณาต้องมิใช่บุคคลเดียวกัน"
        return None

    def sets(self, step: Step) -> dict[str, Any]:
        return _signature(step)

    def keep_reason(self, step: Step) -> None:
        if step.data.get("reason"):
            self.note(step, CaseNote.Kind.DECISION, step.data["reason"])


class Accept(SecondPerson):
    """รับไว้พิจารณา: the second person agrees; the sender is told."""

    title = "รับไว้พิจารณา"
    title_en = "Accept"
    clauses = ("M5.2.1", "M5.2.1.1")
    moves = {S.ACCEPT_PROPOSED: S.ACCEPTED}
    form = forms.OptionalReasonForm
    meets = [duties.ConfirmAcceptance]
    tells = [handler, proposer]
    tells_text = "เรื่องที่ท่านเสนอได้รับไว้พิจารณาแล้ว"
    main = True
    done = "รับเรื่องไว้พิจารณา และแจ้งผู้ร้องเรียนแล้ว"

    def apply(self, step: Step) -> None:
        self.keep_reason(step)
        step.clauses.extend(Ground(g).practice for g in step.record.grounds)
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
        Message.objects.filter(receipt__case=case, way=Message.Way.TO_SENDER, released_at=None).update(
            released_at=step.now
        )


class ReturnProposal(SecondPerson):
    """ส่งกลับแก้ไข: the second person does not agree; screening goes on."""

    title = "ส่งกลับผู้เสนอ"
    title_en = "Return to the proposer"
    moves = {S.ACCEPT_PROPOSED: S.SCREENING, S.REFUSE_PROPOSED: S.SCREENING}
    clauses = ("M5.2.1",)
    form = forms.ReasonForm
    cancels = [duties.ConfirmAcceptance, duties.ConfirmRefusal]
    opens = [duties.Decide]
    tells = [proposer]
    tells_text = "ข้อเสนอของท่านถูกส่งกลับ"

    def sets(self, step: Step) -> dict[str, Any]:
        return {"decision": "", "refusal_ground": "", "proposed_by": None, "proposed_label": ""}

    def apply(self, step: Step) -> None:
        case: Case = step.record
        # A notice that nobody will confirm must not go out later; its text stays in the proposer's note.
        Message.objects.filter(receipt__case=case, way=Message.Way.TO_SENDER, released_at=None).delete()
        self.note(step, CaseNote.Kind.RETURN, step.data["reason"])


class Refer(CaseAct):
    """ส่งต่อหน่วยงานอื่น: outside the announcement's scope (M5.1.D1): by letter, and the sender is told where to."""

    title = "ส่งต่อหน่วยงานที่มีอำนาจ"
    title_en = "Refer to the competent authority"
    clauses = ("M5.1.D1", "M5.1.D4")
    moves = {S.SCREENING: S.REFERRED}
    form = forms.ReferForm
    meets = [duties.Decide]
    done = "ส่งต่อเรื่อง และแจ้งผู้ร้องเรียนแล้ว"

    def ready(self, actor: Actor, record: Case) -> str | None:
        return None if record.in_scope is False else "ส่งต่อได้เมื่อบันทึกการกลั่นกรองว่าอยู่นอกขอบเขต"

    def sets(self, step: Step) -> dict[str, Any]:
        return {"decision": Case.Decision.REFER, **_signature(step)}

    def apply(self, step: Step) -> None:
        case, data = step.record, step.data
        Referral.objects.create(
            case=case,
            to_authority=data["to_authority"],
            letter_no=data["letter_no"],
            letter_date=data["letter_date"],
        )
        self.note(step, CaseNote.Kind.REFERRAL, data["reason"])
        self.write_to_sender(
            step,
            "ส่งต่อเรื่องไปยังหน่วยงานที่มีอำนาจ",
            f"ได้ส่งเรื่องของท่านไปยัง {data['to_authority']} ตามหนังสือเลขที่ {data['letter_no']} แล้ว\n{data['notice']}",
        )


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


ALL = [
    StartScreening,
    Assess,
    RecordCheck,
    TestUnsigned,
    AskMore,
    ProposeAcceptance,
    ProposeRefusal,
    Refer,
    Accept,
    Refuse,
    ReturnProposal,
    ReturnUnanswered,
]
