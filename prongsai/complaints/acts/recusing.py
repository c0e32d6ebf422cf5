"""Stepping aside, and another handler: never nobody, never without the last key (C31)."""

from __future__ import annotations

from typing import Any

from prongsai.acts import Step
from prongsai.complaints import duties, forms, keyring
from prongsai.complaints.acts.base import CaseAct, S, handler
from prongsai.complaints.models import Case, CaseNote, Exclusion
from prongsai.complaints.staffing import NoTeam, staff
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person

NOBODY_LEFT = "ไม่มีผู้อื่นที่ถือกุญแจของสำนวนนี้ โปรดให้หัวหน้าศูนย์ (หรือผู้ว่าราชการจังหวัดเมื่อผู้บริหารรับผิดชอบแทนศูนย์) มอบหมายผู้รับผิดชอบคนใหม่ก่อน แล้วจึงแจ้งถอนตัว"
ENDED = (*Case.OVER, S.FORWARDING)


class Recuse(CaseAct):
    """แจ้งส่วนได้เสียและถอนตัว: an officer in conflict steps aside, loses the key, and a colleague who holds it goes on (C31)."""

    title = "แจ้งส่วนได้เสียและถอนตัวจากเรื่องนี้"
    title_en = "Declare a conflict and step aside"
    clauses = ("M5.2.2.2",)
    moves = {state: state for state in S if state not in ENDED}
    form = forms.RecuseForm
    tells = [handler]
    tells_text = "ท่านเป็นผู้รับผิดชอบเรื่องนี้แทนผู้ที่ถอนตัว"
    tells_of_duty = True
    grave = True
    leaves = True
    done = "บันทึกการถอนตัวแล้ว ท่านไม่เห็นเรื่องนี้อีกต่อไป"

    def ready(self, actor: Actor, record: Case) -> str | None:
        return None if successors(record, actor.person_id) else NOBODY_LEFT

    def sets(self, step: Step) -> dict[str, Any]:
        if step.record.handler_id != step.actor.person_id:
            return {}
        to = keyring.least_busy(successors(step.record, step.actor.person_id))
        return {"handler": to, "handler_label": Actor.of(to).label}

    def apply(self, step: Step) -> None:
        case, leaver = step.record, step.actor.person
        self.note(step, CaseNote.Kind.RECUSAL, step.data["reason"])
        keyring.dismiss(case, leaver)
        Exclusion.objects.get_or_create(case=case, person=leaver, defaults={"why": Exclusion.Why.CONFLICT})
        duties.hand_on(case, [leaver.pk])
        step.content["handed_to"] = case.handler_id


class AssignHandler(CaseAct):
    """มอบหมายผู้รับผิดชอบ: the head of the centre gives the case to another officer, with its key (M5.2.1)."""

    title = "มอบหมายผู้รับผิดชอบเรื่อง"
    title_en = "Assign another handler"
    clauses = ("M5.2.1",)
    moves = {state: state for state in S if state not in (*ENDED, S.RECEIVED)}
    form = forms.HandlerForm
    tells = [handler]
    tells_text = "ท่านได้รับมอบหมายให้รับผิดชอบเรื่องนี้"
    tells_of_duty = True
    needs_unlock = True

    def by(self, actor: Actor, record: Case) -> str | None:
        if why_not := super().by(actor, record):
            return why_not
        return None if leads(actor, record) else "เฉพาะหัวหน้าศูนย์ หรือผู้บริหารที่รับผิดชอบเรื่องแทนศูนย์"

    def ready(self, actor: Actor, record: Case) -> str | None:
        return None if others(record) else "ไม่มีเจ้าหน้าที่คนอื่นที่ไม่เกี่ยวข้องกับเรื่องและตั้งรหัสเปิดผนึกแล้ว"

    def make_form(self, *args: Any, actor: Actor, record: Case, **kwargs: Any) -> forms.HandlerForm:
        return forms.HandlerForm(*args, people=keyring.choices(others(record)), **kwargs)

    def sets(self, step: Step) -> dict[str, Any]:
        to = keyring.chosen(step.data, "to")
        step.result["former"] = step.record.handler_id
        return {"handler": to, "handler_label": Actor.of(to).label}

    def apply(self, step: Step) -> None:
        case: Case = step.record
        keyring.admit(step, case.handler, identity=True)
        self.note(step, CaseNote.Kind.RECUSAL, step.data["reason"])
        duties.hand_on(case, [step.result["former"]])
        step.content["handed_to"] = case.handler_id


def leads(actor: Actor, case: Case) -> bool:
    """The head of the centre; where executives stand in for it, each of them."""
    try:
        here = staff(case.province)
    except NoTeam:
        return False
    leading = [*here.heads, *(here.stand_ins if case.handled_above else [])]
    return actor.person in leading or actor.has("head_agency", agency_id=case.agency_id)


def successors(case: Case, leaver: int | None) -> list[Person]:
    return [p for p in keyring.able(case) if p.pk != leaver]


def others(case: Case) -> list[Person]:
    """Who may be given the case: not who decided or proposed it, because that is another person's part."""
    involved = {case.handler_id, case.decided_by_id, case.executive_id}
    return [p for p in keyring.able(case, with_key=False) if p.pk not in involved]
