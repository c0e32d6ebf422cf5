"""ออกจากราชการ ย้าย: the last day is set, and when it is over nothing is left without somebody who answers for it.

From the order on, service, posts, acting orders and roles end with the last day, so that the account is shut on the day
after whether the clock runs or not. What was done before stays as it was, with the name and post of that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from prongsai import sealed
from prongsai.acts import Act, Refused, Step, perform
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import ActingAppointment, Person, RoleAssignment, Tenure, User
from prongsai.organisation.periods import today
from prongsai.organisation.roles import Role
from prongsai.staff.forms import DepartureForm
from prongsai.staff.handover import hand_over
from prongsai.staff.models import Departure
from prongsai.staff.reach import head_of, heads

S = Departure.State
PERIODS: dict[str, type[models.Model]] = {
    "tenure": Tenure,
    "acting": ActingAppointment,
    "role": RoleAssignment,
}


def may_order(actor: Actor, person: Person) -> str | None:
    """The head of the agency; for those who head one themselves also the governor. Nobody for himself."""
    if actor.person_id == person.pk:
        return "ท่านบันทึกการพ้นจากหน้าที่ของตนเองมิได้"
    if heads(actor, person.agency_id) or (actor.has(Role.GOVERNOR) and person.tenures.exists()):
        return None
    return "เฉพาะหัวหน้าส่วนราชการของหน่วยงาน หรือผู้ว่าราชการจังหวัดสำหรับหัวหน้าส่วนราชการ"


def _successor(step: Step) -> Iterable[int]:
    return [step.record.successor_id]


class OrderDeparture(Act):
    """บันทึกการพ้นจากหน้าที่: with the last day and who takes over."""

    title, title_en = "บันทึกการพ้นจากหน้าที่", "Record a departure"
    record = Departure
    moves = {None: S.ORDERED}
    form = DepartureForm
    grave = True
    tells = [_successor]
    tells_text = "ท่านเป็นผู้รับมอบงาน:"
    tells_of_duty = True
    done = "บันทึกแล้ว บัญชีและบทบาทสิ้นสุดเมื่อพ้นวันสุดท้าย และงานที่ค้างอยู่จะส่งมอบแก่ผู้รับมอบงาน"

    def by(self, actor: Actor, record: Any) -> str | None:
        if actor.has(Role.HEAD_AGENCY) or actor.has(Role.GOVERNOR):
            return None
        return "เฉพาะหัวหน้าส่วนราชการ หรือผู้ว่าราชการจังหวัดสำหรับหัวหน้าส่วนราชการ"

    def make_form(self, *args: Any, actor: Actor, record: Any, **kwargs: Any) -> DepartureForm:
        return DepartureForm(*args, actor=actor, **kwargs)

    def create(self, step: Step) -> Departure:
        data = step.data
        person = Person.objects.select_for_update(of=("self",)).get(pk=data["leaver"].pk)
        if why_not := may_order(step.actor, person):
            raise Refused(why_not)
        successor = data["successor"] or head_of(person.agency)
        if successor is None or successor.pk == person.pk:
            raise Refused("โปรดระบุผู้รับมอบงาน เพราะหน่วยงานไม่มีหัวหน้าหรือผู้รักษาราชการแทนคนอื่น")
        departure = Departure(
            province=person.province,
            agency=person.agency,
            state=S.ORDERED,
            is_sample=person.is_sample,
            person=person,
            successor=successor,
            kind=data["cause"],
            last_day=data["last_day"],
            order_no=data["order_no"],
            ordered_by=step.actor.person,
            ordered_label=step.actor.label,
            ends_before=_cut(person, data["last_day"]),
        )
        try:
            with transaction.atomic():
                departure.save(force_insert=True)
        except IntegrityError as error:
            raise Refused("มีการบันทึกการพ้นจากหน้าที่ของบุคคลนี้อยู่แล้ว") from error
        return departure

    def apply(self, step: Step) -> None:
        departure: Departure = step.record
        step.content.update(
            person=departure.person_id,
            kind=departure.kind,
            last_day=departure.last_day.isoformat(),
            successor=departure.successor_id,
            order_no=departure.order_no,
        )
        if departure.last_day < step.today:
            perform(CompleteDeparture, departure, actor=Actor.system(departure.province))
            step.result["message"] = "บันทึกและส่งมอบงานแล้ว บัญชีปิดแล้ว"


class CancelDeparture(Act):
    """ยกเลิก: while the last day is not over; every end is again what it was."""

    title, title_en = "ยกเลิกการพ้นจากหน้าที่", "Cancel the departure"
    record = Departure
    moves = {S.ORDERED: S.CANCELLED}
    grave = True
    tells = [_successor]
    tells_text = "ยกเลิกการมอบงาน:"
    done = "ยกเลิกแล้ว วันสิ้นสุดทุกรายการกลับเป็นอย่างเดิม"

    def by(self, actor: Actor, record: Departure) -> str | None:
        return may_order(actor, record.person)

    def ready(self, actor: Actor, record: Departure) -> str | None:
        return None if record.last_day >= today() else "พ้นวันสุดท้ายแล้ว ยกเลิกมิได้"

    def apply(self, step: Step) -> None:
        _restore(step.record.person_id, step.record.ends_before)


class CompleteDeparture(Act):
    """ส่งมอบงานและปิดบัญชี: by the clock, on the day after the last one."""

    title, title_en = "ส่งมอบงานและปิดบัญชี", "Hand over and close the account"
    record = Departure
    moves = {S.ORDERED: S.COMPLETED}
    face = "system"
    tells = [_successor]
    tells_text = "ส่งมอบงานแก่ท่านแล้ว:"
    tells_of_duty = True

    def by(self, actor: Actor, record: Departure) -> str | None:
        return None if actor.kind == "system" else "เฉพาะระบบ เมื่อพ้นวันสุดท้าย"

    def ready(self, actor: Actor, record: Departure) -> str | None:
        return None if record.last_day < today() else "ยังไม่พ้นวันสุดท้าย"

    def sets(self, step: Step) -> dict[str, Any]:
        """The successor of the order, or, if he has left in the meantime, whoever heads the agency now."""
        departure: Departure = step.record
        successor = departure.successor
        if not successor.is_in_service(step.today):
            successor = head_of(departure.agency) or successor
        return {"completed_at": step.now, "successor": successor}

    def apply(self, step: Step) -> None:
        departure: Departure = step.record
        person: Person = departure.person
        given = hand_over(person, departure.successor)
        departure.handed_over = given
        Departure.objects.filter(pk=departure.pk).update(handed_over=given)
        step.content.update(
            handed_over=given, account_closed=_close_account(person), key_retired=_retire_key(person)
        )


def _cut(person: Person, last_day: dt.date) -> dict[str, dict[str, str | None]]:
    """End everything with the last day; returns the ends as they were. Raises Refused for what begins after it."""
    before: dict[str, dict[str, str | None]] = {"person": {str(person.pk): _text(person.end)}}
    for name, model in PERIODS.items():
        rows = model._default_manager.select_for_update().filter(person=person)
        later = rows.filter(start__gt=last_day)
        if later.exists():
            raise Refused("มีตำแหน่ง คำสั่งให้ปฏิบัติหน้าที่แทน หรือบทบาทที่เริ่มหลังวันสุดท้าย โปรดเพิกถอนหรือแก้ไขก่อน")
        running = rows.filter(Q(end__isnull=True) | Q(end__gt=last_day))
        before[name] = {str(pk): _text(end) for pk, end in running.values_list("pk", "end")}
        running.order_by().update(end=last_day)
    Person.objects.filter(pk=person.pk).update(end=last_day)
    return before


def _restore(person_id: int, before: dict[str, dict[str, str | None]]) -> None:
    """Only of rows that were cut: what was added or withdrawn since stays."""
    for name, ends in before.items():
        model: type[models.Model] = Person if name == "person" else PERIODS[name]
        for pk, end in ends.items():
            model._default_manager.filter(pk=pk).update(end=end)


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _close_account(person: Person) -> bool:
    """Closed for good: the password and the tie to ThaID go, and with the password every session that was open."""
    user = User.objects.filter(person=person).first()
    if user is None:
        return False
    SocialAccount.objects.filter(user=user).delete()
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    return True


def _retire_key(person: Person) -> bool:
    key = sealed.keyholder_of(person)
    if key is None:
        return False
    sealed.retire_keys(key)
    return True
