"""The working text: what may be shared of a matter. The original stays sealed as it came (AT-M5-14, C29, G43)."""

from __future__ import annotations

from prongsai.acts import Step
from prongsai.complaints import forms_sending as forms
from prongsai.complaints.acts.base import CaseAct, S
from prongsai.complaints.models import Case, CaseNote
from prongsai.complaints.team import typed_in
from prongsai.organisation.actors import Actor

NO_WORKING_TEXT = "โปรดจัดทำข้อความใช้งาน (ปกปิดสิ่งที่ระบุตัวผู้ร้องเรียนและพยาน) ก่อน จึงจะส่งหรือเปิดเผยเรื่องนี้ได้"
NOT_HERE = frozenset({S.RECEIVED, S.MERGED, S.KEPT, S.NOTIFIED, S.CLOSED})


def has_working_text(case: Case) -> bool:
    return case.notes.filter(kind=CaseNote.Kind.WORKING).exists()


class WriteWorkingText(CaseAct):
    """จัดทำข้อความใช้งาน: the narrative without what names the sender or a witness; a person looks through it and signs (M5.2.2).

    The referral package, the committee and what the accused is told use nothing else, and wait for it. By who answers for the
    matter, or who received it; for a sealed one by a custodian.
    """

    title = "จัดทำข้อความใช้งาน (ปกปิดชื่อ)"
    title_en = "Write the working text"
    clauses = ("M5.2.2",)
    form = forms.WorkingTextForm
    done = "บันทึกข้อความใช้งานแล้ว ต้นฉบับคงปิดผนึกไว้"

    def by(self, actor: Actor, record: Case) -> str | None:
        if why_not := super().by(actor, record):
            return why_not
        own = record.custodians_only or actor.person_id in {record.handler_id, *typed_in(record)}
        return None if own else "เฉพาะผู้รับผิดชอบเรื่อง หรือผู้รับเรื่อง"

    def ready(self, actor: Actor, record: Case) -> str | None:
        return "สถานะของเรื่องในขณะนี้ไม่เปิดให้ดำเนินการนี้" if record.state in NOT_HERE else None

    def apply(self, step: Step) -> None:
        self.note(step, CaseNote.Kind.WORKING, step.data["text"])
        step.content["version"] = step.record.notes.filter(kind=CaseNote.Kind.WORKING).count()
