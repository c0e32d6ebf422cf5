"""Before the order: the handler shares what may leave the case file, and the executives are asked."""

from __future__ import annotations

from typing import Any

from prongsai import files as filing_cabinet
from prongsai import sealed
from prongsai.acts import Refused, Step, perform
from prongsai.acts.numbers import next_number, running_number
from prongsai.complaints.acts import CaseAct
from prongsai.complaints.acts.redacting import NO_WORKING_TEXT, has_working_text
from prongsai.complaints.keyring import key_in_hand
from prongsai.complaints.models import Case
from prongsai.complaints.reading import working_text
from prongsai.inquiries import access, naming
from prongsai.inquiries.acts.base import HandlerAct, InquiryAct, enter_evidence, next_in
from prongsai.inquiries.acts.shutting_out import shut_out
from prongsai.inquiries.forms.deciding import PaccForm
from prongsai.inquiries.forms.ordering import KeyForm, ShareForm
from prongsai.inquiries.models import Inquiry, Note
from prongsai.inquiries.sealing import pass_on
from prongsai.organisation.actors import Actor
from prongsai.thai.dates import fiscal_year

S = Inquiry.State
REGISTER = "สส"  # the running number's middle part: สอบข้อเท็จจริง
NOBODY = "ไม่มีผู้มีอำนาจสั่งในจังหวัดที่มิได้เกี่ยวข้องกับเรื่องนี้ โปรดส่งเรื่องให้หน่วยงานที่มีอำนาจเหนือขึ้นไป"


class ShareWorkingText(CaseAct):
    """เสนอให้สั่งสอบข้อเท็จจริง: with the working text, the only text that leaves the case file; without it nothing can be ordered (AT-M5-14).

    Whoever is named as accused and is on the staff list is shut out of the matter here, before anybody is asked to order.
    """

    title = "เสนอให้สั่งสอบข้อเท็จจริง"
    title_en = "Share the working text and propose an inquiry"
    clauses = ("M5.2.1",)
    moves = {Case.State.ACCEPTED: Case.State.ACCEPTED}
    form = ShareForm
    needs_unlock = True
    main = True
    done = "ส่งบทสรุปให้ผู้มีอำนาจสั่งแล้ว"

    def by(self, actor: Actor, record: Case) -> str | None:
        if why_not := super().by(actor, record):
            return why_not
        return None if record.handler_id == actor.person_id else "เฉพาะผู้รับผิดชอบสำนวน"

    def ready(self, actor: Actor, record: Case) -> str | None:
        if not has_working_text(record):
            return NO_WORKING_TEXT
        going = record.inquiries.filter(state__in=Inquiry.OPEN).exclude(state=S.PROPOSED)
        return "มีการสอบข้อเท็จจริงที่ยังไม่แล้วเสร็จอยู่แล้ว" if going.exists() else None

    def make_form(self, *args: Any, actor: Actor, record: Case, **kwargs: Any) -> ShareForm:
        return ShareForm(*args, case=record, **kwargs)

    def apply(self, step: Step) -> None:
        case: Case = step.record
        opened = key_in_hand(step).open(case.envelope)
        accused = f"{step.data['accused']}\n{_accused_as_filed(case, opened)}"
        shut_out(case, naming.on_the_staff_list(case, accused), step)
        inquiry = case.inquiries.filter(state=S.PROPOSED).first()
        if inquiry is None:
            more = {"case": case, "unlocked": step.data.get("unlocked")}
            done = perform(
                ProposeInquiry, None, actor=step.actor, data=more, request=step.request, at=step.now
            )
            inquiry = done.record
        inquiry.put(Note.Kind.WORKING_TEXT, working_text(case, opened) or "", step=step)
        inquiry.put(Note.Kind.ACCUSED, step.data["accused"], step=step)
        self._pass_evidence_on(case, inquiry, opened, step)
        step.content["inquiry"] = inquiry.number

    def _pass_evidence_on(self, case: Case, inquiry: Inquiry, opened: Any, step: Step) -> None:
        chosen = case.evidence.filter(pk__in=step.data.get("evidence") or []).select_related(
            "file__working_copy"
        )
        for piece in chosen.order_by("pk"):
            try:
                of_record = ("inquiries.inquiry", str(inquiry.pk))
                # What a file was called may say whose it is: it gets a name of the inquiry's own.
                name = f"พยานหลักฐานที่ {next_in(inquiry.evidence)}"
                file = filing_cabinet.pass_on(
                    piece.file, opened, inquiry.envelope, record=of_record, name=name
                )
            except filing_cabinet.FileUnavailable as error:
                raise Refused(f"{error} โปรดนำไฟล์นั้นออกจากรายการที่เลือก") from error
            enter_evidence(
                inquiry, file, "จากสำนวนเรื่องร้องเรียน", step, number=next_in(inquiry.evidence), from_case=True
            )
        step.content["files"] = len(chosen)


def _accused_as_filed(case: Case, opened: sealed.OpenEnvelope) -> str:
    try:
        filed = opened.json(bytes(case.file), context=f"case:{case.pk}:file").get("accused") or {}
    except sealed.SealError:
        return ""
    return " ".join(str(part) for part in filed.values())


class ProposeInquiry(InquiryAct):
    """เสนอให้สั่งสอบข้อเท็จจริง: the inquiry gets its number and its own envelope: the handler's and the executives' keys."""

    title = "เสนอให้สั่งสอบข้อเท็จจริง"
    title_en = "Propose an inquiry"
    moves = {None: S.PROPOSED}
    face = "system"
    tells = [access.deciders]
    tells_text = "มีเรื่องเสนอให้สั่งสอบข้อเท็จจริง"
    tells_of_duty = True

    def by(self, actor: Actor, record: Any) -> str | None:
        return None if actor.kind == "staff" else "เฉพาะผู้รับผิดชอบสำนวน"

    def create(self, step: Step) -> Inquiry:
        case: Case = step.data["case"]
        people = access.executives(case)
        if not people:
            raise Refused(NOBODY)
        keys = sealed.keyholders_of([p.pk for p in people])
        if not keys:
            names = ", ".join(p.full_name for p in people)
            raise Refused(f"ผู้มีอำนาจสั่งยังมิได้สร้างรหัสเปิดผนึก โปรดแจ้งให้สร้างก่อน: {names}")
        own = sealed.keyholders_of([step.actor.person_id] if step.actor.person_id else [])
        return Inquiry(
            province=case.province,
            state=S.PROPOSED,
            case=case,
            agency_id=case.accused_agency_id or case.agency_id,
            envelope=sealed.create_envelope("inquiry", members=[*own, *keys]),
            proposed_by=step.actor.person,
            proposed_label=step.actor.label,
            proposed_on=step.today,
            is_sample=case.is_sample,
        )

    def register(self, step: Step) -> None:
        inquiry, centre, year = step.record, step.record.case.agency, fiscal_year(step.today)
        sequence = next_number(REGISTER, centre.code, year)
        inquiry.number = running_number(centre.short_name or centre.code, REGISTER, sequence, year)
        inquiry.save(force_insert=True)
        step.content["case"] = inquiry.case.number


class GiveKey(HandlerAct):
    """มอบกุญแจสำนวน: to an executive or a member who has made a key since; to nobody else."""

    title = "มอบกุญแจสำนวนการสอบข้อเท็จจริง"
    title_en = "Pass on the inquiry's key"
    form = KeyForm  # type: ignore[assignment]
    needs_unlock = True
    proof = True
    done = "มอบกุญแจแล้ว"

    def make_form(self, *args: Any, actor: Actor, record: Inquiry, **kwargs: Any) -> KeyForm:
        return KeyForm(*args, record=record, **kwargs)

    def apply(self, step: Step) -> None:
        inquiry, person = step.record, step.data["person"]
        allowed = {p.pk for p in access.executives(inquiry.case)}
        allowed |= set(inquiry.sitting().values_list("person_id", flat=True))
        if person.pk not in allowed:
            raise Refused("ผู้นี้มิได้เป็นผู้มีอำนาจสั่งหรือกรรมการของเรื่องนี้")
        pass_on(inquiry, step, [person])
        step.content["given_to"] = person.pk


class RecordPaccReferral(HandlerAct):
    """บันทึกว่า ป.ป.ท. ส่งเรื่อง: from the receipt of the PACC's letter the clocks of s.41 run (30 days, and 15 for the copy)."""

    title = "บันทึกว่าสำนักงาน ป.ป.ท. ส่งเรื่องมา"
    title_en = "Record that the PACC sent the matter"
    clauses = ("M5.2.1", "M6.2.3.(14)")
    moves = {state: state for state in (S.PROPOSED, S.ORDERED, S.WORKING, S.REPORTED)}
    form = PaccForm

    def ready(self, actor: Actor, record: Inquiry) -> str | None:
        return "บันทึกไว้แล้ว" if record.pacc_letter_on else None

    def sets(self, step: Step) -> dict[str, Any]:
        return {"pacc_letter_no": step.data["letter_no"], "pacc_letter_on": step.data["letter_date"]}
