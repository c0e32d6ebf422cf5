"""A handler who leaves: every open case goes to a colleague who may have it (C31: never without a handler)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from prongsai.acts import Step, perform
from prongsai.complaints import duties
from prongsai.complaints.acts.base import CaseAct, handler
from prongsai.complaints.keyring import holding, least_busy
from prongsai.complaints.models import Case
from prongsai.complaints.staffing import NoTeam, staff
from prongsai.complaints.team import barred
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person


class HandOver(CaseAct):
    """มอบหมายผู้รับผิดชอบใหม่: the handler has left. Nobody decides here; the case stays in its state."""

    title = "มอบหมายผู้รับผิดชอบใหม่"
    title_en = "Hand the case over"
    clauses = ("M5.2.1",)
    face = "system"
    tells = [handler]
    tells_of_duty = True

    def by(self, actor: Actor, record: Case) -> str | None:
        return None if actor.kind == "system" else "เฉพาะระบบ เมื่อผู้รับผิดชอบพ้นจากหน้าที่"

    def sets(self, step: Step) -> dict[str, Any]:
        to: Person | None = step.data["to"]
        return {"handler": to, "handler_label": Actor.of(to).label if to else ""}

    def apply(self, step: Step) -> None:
        leaver, to = step.data["leaver"], step.data["to"]
        duties.hand_on(step.record, [leaver.pk])
        step.content.update(handed_from=leaver.pk, handed_to=to.pk if to else None)


class Cases:
    """What ``staff.handover`` asks of this room."""

    title = "เรื่องร้องเรียน (ลับ)"

    def count(self, person: Person) -> int:
        return _handled(person).count()

    def hand_over(self, person: Person, successor: Person) -> int:
        cases = list(_handled(person).select_related("province", "envelope", "agency"))
        for case in cases:
            data = {"leaver": person, "to": next_handler(case, person, successor)}
            perform(HandOver, case, actor=Actor.system(case.province), data=data)
        return len(cases)


def _handled(person: Person) -> QuerySet[Case]:
    return Case.objects.filter(handler=person).exclude(state__in=Case.OVER)


def next_handler(case: Case, leaver: Person, successor: Person) -> Person | None:
    """The successor if he may have the case; else the officer of the centre with the fewest cases who holds its key.

    Without anybody who holds the key, an officer who gets it by the recovery key; without any officer None: the duties
    are then owed by whoever joins the centre, and their alarm goes up.
    """
    try:
        here = staff(case.province)
    except NoTeam:
        return None
    people = [*here.officers, *(here.stand_ins if case.handled_above else [])]
    out = barred(case, people) | {leaver.pk}
    officers = [p for p in people if p.pk not in out and p.is_in_service()]
    keys = holding(case)
    able = [p for p in officers if p.pk in keys] or officers
    return successor if successor in able else least_busy(able)
