"""Measures that a head of an agency carries out: the officer gives one to him, he reports, it is recalled when it ends.

He reads what he is to do and nothing else of the file. Whoever is feared, accused, below somebody accused, or is the
reporter, is refused before anything is sent.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from prongsai import sealed
from prongsai.acts import Act, Refused, Step, perform
from prongsai.complaints import line
from prongsai.complaints.keyring import key_in_hand
from prongsai.complaints.models import Case
from prongsai.complaints.reading import UNREADABLE
from prongsai.organisation.actors import Actor
from prongsai.organisation.holders import holders
from prongsai.organisation.models import Person
from prongsai.organisation.periods import today
from prongsai.protection import duties, forms, reading, team
from prongsai.protection.acts.base import FileAct, S, draw, officers
from prongsai.protection.matching import in_line, person_hash
from prongsai.protection.models import Instruction, Measure, ProtectionCase
from prongsai.sealed import Team, seal_new

CONCERNED = "ผู้ที่เลือกเกี่ยวข้องกับเรื่องนี้ จึงมอบหมายมิได้"
NO_KEY = "ผู้ที่เลือกยังไม่ได้ตั้งรหัสเปิดผนึก จึงมอบหมายมิได้"
ALREADY = "มอบหมายมาตรการนี้แก่ผู้ที่เลือกไว้แล้ว"


def head(step: Step) -> list[int]:
    return [step.record.head_id]


class Instruct(FileAct):
    """มอบหมาย: one measure that is in force, to the head who can carry it out; the officer has the file open before him."""

    title = "มอบหมายหัวหน้าส่วนราชการดำเนินมาตรการ"
    title_en = "Give a measure to a head of an agency"
    moves = {S.PROTECTED: S.PROTECTED, S.REVIEWED: S.REVIEWED}
    form = forms.InstructForm
    needs_unlock = True
    done = "มอบหมายแล้ว ผู้รับมอบหมายเห็นเพียงสิ่งที่ให้ดำเนินการ"

    def by(self, actor: Actor, record: ProtectionCase) -> str | None:
        return team.officer(actor, record)

    def ready(self, actor: Actor, record: ProtectionCase) -> str | None:
        return None if _running(record).exists() else "ไม่มีมาตรการที่มีผลอยู่"

    def make_form(self, *args: Any, actor: Actor, record: Any, **kwargs: Any) -> forms.InstructForm:
        heads = holders("head_agency", record.province).exclude(pk=actor.person_id)
        return forms.InstructForm(*args, measures=_running(record), heads=heads, **kwargs)

    def apply(self, step: Step) -> None:
        case, data = step.record, step.data
        try:
            said = reading.said(case, key_in_hand(step).open(case.envelope))
        except sealed.NotAMember as denied:
            raise Refused(reading.DENIED) from denied
        except sealed.SealError as broken:
            raise Refused(UNREADABLE) from broken
        if _is_concerned(case, said, data["head"]):
            raise Refused(CONCERNED)
        given = {**data, "case": case, "label": step.actor.label}
        try:
            with transaction.atomic():
                perform(TakeInstruction, None, actor=Actor.system(case.province), data=given)
        except IntegrityError as twice:
            raise Refused(ALREADY) from twice


def _running(case: ProtectionCase) -> QuerySet[Measure]:
    return case.measures.filter(Q(end=None) | Q(end__gte=today()))


def _is_concerned(case: ProtectionCase, said: dict[str, Any], person: Person) -> bool:
    """The reporter, somebody feared, or somebody who is kept from the complaint itself."""
    if case.person_hash and bytes(case.person_hash) == person_hash(person.pk):
        return True
    if in_line(case, person.pk):
        return True
    if line.named(said.get("feared", ""), [person]):
        return True
    complaint = Case.objects.filter(province=case.province_id, number=said.get("complaint")).first()
    return complaint is None or bool(line.never_told([str(complaint.matter.pk)], [person.pk]))


class InstructionAct(Act):
    record = Instruction
    secrecy = "S4"


class TakeInstruction(InstructionAct):
    """รับมอบหมาย: what the officer gave arrives with the head, sealed to him and to the file's team."""

    title = "รับมอบหมายดำเนินมาตรการ"
    title_en = "A measure arrives with a head"
    moves = {None: Instruction.State.ASSIGNED}
    face = "system"
    opens = [duties.CarryOutMeasure]
    tells = [head]
    tells_text = "มีมาตรการลับที่ท่านต้องดำเนินการ"

    def by(self, actor: Actor, record: Any) -> str | None:
        return None if actor.kind == "system" else "เฉพาะระบบ เมื่อเจ้าหน้าที่คุ้มครองมอบหมาย"

    def create(self, step: Step) -> Instruction:
        case, measure, person = step.data["case"], step.data["measure"], step.data["head"]
        own = sealed.keyholders_of([person.pk])
        if not own:
            raise Refused(NO_KEY)
        others = sealed.keyholders_of(team.members(case).exclude(pk=person.pk).values_list("pk", flat=True))
        (envelope,) = seal_new([Team("instruction", [*own, *others], recovery=None)])
        instruction = Instruction(
            province=case.province,
            state=Instruction.State.ASSIGNED,
            number=draw(Instruction, "มค"),
            case=case,
            measure=measure,
            head=person,
            head_label=Actor.of(person).label,
            envelope=envelope,
            given_on=step.today,
            given_label=step.data["label"],
            is_sample=case.is_sample,
        )
        said = {
            "kind": str(measure.get_kind_display()),
            "period": measure.period,
            "order": measure.order_no,
            "text": step.data["reason"],
        }
        instruction.sealed = envelope.put(said, context=f"instruction:{instruction.pk}")
        instruction.save(force_insert=True)
        return instruction


class CarryOut(InstructionAct):
    """รายงานผล: the head himself, in his own words."""

    title = "รายงานผลการดำเนินมาตรการ"
    title_en = "Report what was done"
    moves = {Instruction.State.ASSIGNED: Instruction.State.CARRIED_OUT}
    form = forms.CarriedOutForm
    meets = [duties.CarryOutMeasure]
    tells = [officers]
    tells_text = "หัวหน้าส่วนราชการรายงานผลการดำเนินมาตรการคุ้มครอง"
    main = True

    def by(self, actor: Actor, record: Instruction) -> str | None:
        its_own = actor.kind == "staff" and actor.person_id == record.head_id
        return None if its_own and team.holds_key(actor, record) else "เฉพาะผู้ได้รับมอบหมาย"

    def sets(self, step: Step) -> dict[str, Any]:
        instruction: Instruction = step.record
        context = f"instruction:{instruction.pk}:report"
        report = instruction.envelope.put(step.data["reason"], context=context)
        return {"carried_out_on": step.today, "report": report}


class Recall(InstructionAct):
    """เรียกคืน: by the officer, with the measure itself, or because the head leaves; both hear that it is over."""

    title = "ยกเลิกหรือสิ้นสุดการมอบหมาย"
    title_en = "Recall the measure"
    moves = dict.fromkeys(Instruction.OPEN, Instruction.State.RECALLED)
    cancels = [duties.CarryOutMeasure]
    tells = [head, officers]
    tells_text = "การมอบหมายมาตรการลับสิ้นสุดแล้ว"

    def by(self, actor: Actor, record: Instruction) -> str | None:
        return None if actor.kind == "system" else team.officer(actor, record.case)

    def sets(self, step: Step) -> dict[str, Any]:
        return {"recalled_on": step.today}


def recall(instructions: QuerySet[Instruction], *, at: dt.datetime | None = None) -> None:
    """Those that nobody has closed. In the name of the system: the head hears nothing of who withdrew."""
    still = instructions.filter(state__in=Instruction.OPEN)
    for instruction in still.select_related("province", "case", "envelope"):
        perform(Recall, instruction, actor=Actor.system(instruction.province), at=at)
