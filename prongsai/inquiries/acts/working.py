"""Finding facts: who is accused, who is asked, what is said, what is found as evidence."""

from __future__ import annotations

from typing import Any

from prongsai.acts import Step, perform
from prongsai.acts.rules import rule
from prongsai.inquiries import duties
from prongsai.inquiries.acts.base import InquiryAct, MemberAct, keep_files, next_in
from prongsai.inquiries.acts.shutting_out import shut_out
from prongsai.inquiries.forms.common import people_called
from prongsai.inquiries.forms.working import EvidenceForm, RespondentForm, StatementForm, SummonsForm
from prongsai.inquiries.models import Inquiry, Note, Respondent, Statement, Summons
from prongsai.organisation.actors import Actor

S = Inquiry.State
AT_WORK: dict[str | None, str] = {S.WORKING: S.WORKING}


class AddRespondent(MemberAct):
    """ระบุผู้ถูกกล่าวหา: executives and all six kinds of staff (M5.1.D1); who is on the staff list never sees the matter again."""

    title = "เพิ่มผู้ถูกกล่าวหา"
    title_en = "Add a respondent"
    clauses = ("M5.2.1", "M5.1.D1")
    moves = AT_WORK
    form = RespondentForm

    def apply(self, step: Step) -> None:
        inquiry, data = step.record, step.data
        respondent = Respondent.objects.create(
            province_id=inquiry.province_id,
            inquiry=inquiry,
            number=next_in(inquiry.respondents),
            state=Respondent.State.NAMED,
            staff_type=data["staff_type"],
            is_executive=data["is_executive"],
            is_sample=inquiry.is_sample,
        )
        who = {"name": data["name"], "position": data["position"]}
        inquiry.put(Note.Kind.WHO, who, step=step, about=respondent)
        found = people_called(inquiry.province, data["name"])
        shut_out(inquiry.case, found, step)
        step.content["respondent"] = respondent.number
        shut = f"ปิดมิให้ผู้มีชื่อนี้ในทะเบียนบุคคล ({len(found)} คน) เข้าถึงเรื่องแล้ว" if found else (
            "ไม่พบชื่อนี้ในทะเบียนบุคคลของจังหวัด โปรดตรวจตัวสะกด หากเป็นเจ้าหน้าที่ของจังหวัด"
        )  # fmt: skip
        step.result["message"] = f"เพิ่มผู้ถูกกล่าวหาที่ {respondent.number} แล้ว {shut}"


class SendSummons(MemberAct):
    """เรียกหรือเชิญ: by letter, to officers for facts and to witnesses for statements (M6.2.2: all must cooperate)."""

    title = "ออกหนังสือเรียกหรือเชิญ"
    title_en = "Summon or invite"
    clauses = ("M5.2.1", "M6.2.2")
    moves = AT_WORK
    form = SummonsForm  # type: ignore[assignment]

    def make_form(self, *args: Any, actor: Actor, record: Inquiry, **kwargs: Any) -> SummonsForm:
        return SummonsForm(*args, record=record, **kwargs)

    def apply(self, step: Step) -> None:
        data = {**step.data, "inquiry": step.record}
        made = perform(IssueSummons, None, actor=step.actor, data=data, at=step.now).record
        step.content["summons"] = made.number


class IssueSummons(InquiryAct):
    """ออกหนังสือเรียก: its time to answer runs from its date."""

    record = Summons
    title = "ออกหนังสือเรียก"
    title_en = "Issue the summons"
    clauses = ("M6.2.2",)
    moves = {None: Summons.State.SENT}
    face = "system"
    opens = [duties.AnswerSummons]
    tells = [lambda step: [step.record.person_id] if step.record.person_id else []]
    tells_text = "มีหนังสือเรียกถึงท่าน"

    def by(self, actor: Actor, record: Any) -> str | None:
        return None if actor.kind == "staff" else "เฉพาะคณะกรรมการสอบข้อเท็จจริง"

    def create(self, step: Step) -> Summons:
        data, inquiry = step.data, step.data["inquiry"]
        person = data["person"]
        period = rule(inquiry.province_id, duties.AnswerSummons.rule, data["letter_date"])
        summons = Summons.objects.create(
            province=inquiry.province,
            inquiry=inquiry,
            number=next_in(inquiry.summonses),
            state=Summons.State.SENT,
            kind=data["kind"],
            person=person,
            person_label=Actor.of(person).label if person else "",
            letter_no=data["letter_no"],
            sent_on=data["letter_date"],
            due_on=period.due(data["letter_date"], inquiry.province),
            is_sample=inquiry.is_sample,
        )
        who = {"name": person.full_name if person else data["name"], "position": data["position"]}
        if person and not data["position"]:
            who["position"] = person.position
        inquiry.put(Note.Kind.WHO, who, step=step, about=summons)
        inquiry.put(Note.Kind.ASKED, data["asked"], step=step, about=summons)
        step.content["kind"] = data["kind"]
        return summons


class TakeStatement(MemberAct):
    """บันทึกถ้อยคำ: written as said; it counts when it was read back and confirmed."""

    title = "บันทึกถ้อยคำ"
    title_en = "Take a statement"
    moves = AT_WORK
    form = StatementForm  # type: ignore[assignment]
    done = "บันทึกถ้อยคำแล้ว โปรดอ่านทวนให้ผู้ให้ถ้อยคำรับรอง"

    def make_form(self, *args: Any, actor: Actor, record: Inquiry, **kwargs: Any) -> StatementForm:
        return StatementForm(*args, record=record, **kwargs)

    def apply(self, step: Step) -> None:
        inquiry, data = step.record, step.data
        respondent = inquiry.respondents.filter(pk=data["respondent"]).first() if data["respondent"] else None
        statement = Statement.objects.create(
            province_id=inquiry.province_id,
            inquiry=inquiry,
            number=next_in(inquiry.statements),
            state=Statement.State.WRITTEN,
            respondent=respondent,
            taken_on=data["taken_on"],
            taken_by=step.actor.label,
            is_sample=inquiry.is_sample,
        )
        who = {key: data[key] for key in ("name", "position", "place")}
        inquiry.put(Note.Kind.WHO, who, step=step, about=statement)
        inquiry.put(Note.Kind.STATEMENT, data["text"], step=step, about=statement)
        step.content["statement"] = statement.number


class AddEvidence(MemberAct):
    """รวบรวมพยานหลักฐาน: what the committee itself has found, as sealed files."""

    title = "เพิ่มพยานหลักฐาน"
    title_en = "Add evidence"
    moves = AT_WORK
    form = EvidenceForm

    def apply(self, step: Step) -> None:
        keep_files(step.record, step.data["files"], step.data["description"], step)
