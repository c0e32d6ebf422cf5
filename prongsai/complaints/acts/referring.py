"""Out of the house: to the competent authority, to NACC or PACC, sealed from the custodians; and what came back.

Whatever way, only the working text goes with it, and the sender is told where to (M5.1.D1, C43).
"""

from __future__ import annotations

from typing import Any

from prongsai.acts import Step
from prongsai.acts.models import Due
from prongsai.complaints import duties, rooms
from prongsai.complaints import forms_sending as forms
from prongsai.complaints.acts.base import CaseAct, S, handler, signature, team
from prongsai.complaints.acts.redacting import NO_WORKING_TEXT, has_working_text
from prongsai.complaints.governor import authority_name
from prongsai.complaints.models import Case, CaseNote, Referral
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Agency

REFERRED_TITLE = "ส่งต่อเรื่องไปยังหน่วยงานที่มีอำนาจ"


class Sending(CaseAct):
    """What all of them share: the letter is on record, the sender is told."""

    def ready(self, actor: Actor, record: Case) -> str | None:
        return None if has_working_text(record) else NO_WORKING_TEXT

    def send(self, step: Step, to: str, notice: str = "") -> None:
        case, data = step.record, step.data
        Referral.objects.create(
            case=case,
            to_authority=to,
            letter_no=data["letter_no"],
            letter_date=data["letter_date"],
            sent_by=data.get("sent_by", ""),
            sent_label=step.actor.label,
        )
        if data.get("reason"):
            self.note(step, CaseNote.Kind.REFERRAL, data["reason"])
        told = f"ได้ส่งเรื่องของท่านไปยัง {to} ตามหนังสือเลขที่ {data['letter_no']} แล้ว\n{notice}"
        self.write_to_sender(step, REFERRED_TITLE, told)


class Refer(Sending):
    """ส่งต่อหน่วยงานอื่น: outside the announcement's scope (M5.1.D1): by letter, and the sender is told where to."""

    title = "ส่งต่อหน่วยงานที่มีอำนาจ"
    title_en = "Refer to the competent authority"
    clauses = ("M5.1.D1", "M5.1.D4")
    moves = {S.SCREENING: S.REFERRED}
    form = forms.ReferForm
    meets = [duties.Decide]
    done = "ส่งต่อเรื่อง และแจ้งผู้ร้องเรียนแล้ว"

    def ready(self, actor: Actor, record: Case) -> str | None:
        if record.in_scope is not False:
            return "ส่งต่อได้เมื่อบันทึกการกลั่นกรองว่าอยู่นอกขอบเขต"
        return super().ready(actor, record)

    def sets(self, step: Step) -> dict[str, Any]:
        return {"decision": Case.Decision.REFER, **signature(step)}

    def apply(self, step: Step) -> None:
        self.send(step, step.data["to_authority"], step.data["notice"])


class ReferToDamrongtham(Sending):
    """ส่งศูนย์ดำรงธรรม: an accepted matter of service or delay may be settled by the Damrongtham centre (M5.2.1.1.(4), AT-M5-17)."""

    title = "ส่งศูนย์ดำรงธรรมดำเนินการ"
    title_en = "Refer to the Damrongtham centre"
    clauses = ("M5.2.1.1.(4)",)
    moves = {S.ACCEPTED: S.REFERRED}
    form = forms.LeavingForm
    done = "ส่งศูนย์ดำรงธรรม และแจ้งผู้ร้องเรียนแล้ว"

    def ready(self, actor: Actor, record: Case) -> str | None:
        if record.case_class != Case.Class.SERVICE:
            return "ส่งศูนย์ดำรงธรรมได้เฉพาะเรื่องการให้บริการหรือความล่าช้า"
        return super().ready(actor, record)

    def apply(self, step: Step) -> None:
        centre = Agency.objects.filter(
            province=step.record.province, function=Agency.Function.DAMRONGTHAM_CENTRE
        ).first()
        self.send(step, centre.name_th if centre else "ศูนย์ดำรงธรรมจังหวัด", step.data["notice"])
        end_other_duties(step)


class ProposeTransfer(CaseAct):
    """เสนอโอนเรื่องให้ ป.ป.ช./ป.ป.ท.: the accusation is within their power; from now on thirty days (NACC Act s.61, s.62)."""

    title = "เสนอโอนเรื่องให้ ป.ป.ช. หรือ ป.ป.ท."
    title_en = "Propose the transfer to NACC or PACC"
    clauses = ("M5.2.1",)
    moves = {state: state for state in (S.SCREENING, S.ACCEPTED, S.FACT_FINDING, S.CONCLUDED, S.ACTION)}
    form = forms.TransferProposalForm
    opens = [duties.TransferMatter]
    tells = [team]
    tells_text = "มีข้อเสนอโอนเรื่องให้หน่วยงานไต่สวน"

    def ready(self, actor: Actor, record: Case) -> str | None:
        return "มีข้อเสนอโอนเรื่องอยู่แล้ว" if record.transfer_to else None

    def sets(self, step: Step) -> dict[str, Any]:
        by = {"transfer_by": step.actor.person, "transfer_label": step.actor.label}
        return {"transfer_to": step.data["transfer_to"], **by}

    def apply(self, step: Step) -> None:
        self.note(step, CaseNote.Kind.REFERRAL, step.data["reason"])
        step.content["to_authority"] = step.data["transfer_to"]


class Transfer(Sending):
    """โอนเรื่อง ป.ป.ช./ป.ป.ท.: by letter of the centre or the governor, by another than who proposed it (NACC Act s.61, s.62)."""

    title = "โอนเรื่องให้ ป.ป.ช. หรือ ป.ป.ท."
    title_en = "Transfer to NACC or PACC"
    clauses = ("M5.2.1",)
    moves = dict.fromkeys(ProposeTransfer.moves, S.TRANSFERRED)
    form = forms.LeavingForm
    meets = [duties.TransferMatter]
    tells = [handler]
    tells_text = "โอนเรื่องให้หน่วยงานไต่สวนแล้ว"
    grave = True
    done = "โอนเรื่อง และแจ้งผู้ร้องเรียนแล้ว"

    def by(self, actor: Actor, record: Case) -> str | None:
        if why_not := super().by(actor, record):
            return why_not
        same = actor.person_id is not None and actor.person_id == record.transfer_by_id
        return "ผู้เสนอและผู้พิจารณาต้องมิใช่บุคคลเดียวกัน" if same else None

    def ready(self, actor: Actor, record: Case) -> str | None:
        if not record.transfer_to:
            return "โปรดเสนอโอนเรื่องก่อน"
        return super().ready(actor, record)

    def apply(self, step: Step) -> None:
        case: Case = step.record
        self.send(step, authority_name(case.province, case.transfer_to), step.data["notice"])
        step.content["to_authority"] = case.transfer_to
        end_other_duties(step)
        rooms.has_left(step)


class ForwardSealed(Sending):
    """ส่งต่อโดยปิดผนึก: a complaint about the governor goes, by a custodian's letter, to the authority its sender chose (M5.2.2.2)."""

    title = "บันทึกการส่งต่อโดยปิดผนึก"
    title_en = "Record that the sealed matter was sent"
    clauses = ("M5.2.2.2",)
    moves = {S.FORWARDING: S.REFERRED}
    form = forms.ForwardForm
    meets = [duties.ForwardMatter]
    main = True
    done = "บันทึกการส่งต่อ และแจ้งผู้ร้องเรียนแล้ว"

    def ready(self, actor: Actor, record: Case) -> str | None:
        return None if record.forward_with_name or has_working_text(record) else NO_WORKING_TEXT

    def sets(self, step: Step) -> dict[str, Any]:
        return {"decision": Case.Decision.REFER, **signature(step)}

    def apply(self, step: Step) -> None:
        case: Case = step.record
        self.send(step, authority_name(case.province, case.forward_to))


class RecordReply(CaseAct):
    """บันทึกหนังสือตอบ: what the authority answered is on record, its text sealed."""

    title = "บันทึกหนังสือตอบของหน่วยงานที่รับเรื่อง"
    title_en = "Record the authority's reply"
    clauses = ("M5.1.D1",)
    moves = {S.REFERRED: S.REFERRED, S.TRANSFERRED: S.TRANSFERRED}
    form = forms.ReplyForm

    def apply(self, step: Step) -> None:
        reply = {name: step.data[name] for name in ("reply_no", "reply_date")}
        Referral.objects.filter(case=step.record).update(**reply)
        self.note(step, CaseNote.Kind.REPLY, step.data["text"])


def end_other_duties(step: Step) -> None:
    """Nobody here owes anything more on a matter that has left the house, whichever room opened it."""
    running = Due.objects.open().filter(record_type="complaints.case", record_id=step.record.pk)
    kept = [duty.key() for duty in step.act.meets]
    running.exclude(duty__in=kept).update(cancelled_at=step.now)
