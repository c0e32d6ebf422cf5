"""The order: an executive appoints the committee, changes it, gives it more time."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from prongsai.acts import Refused, Step, perform
from prongsai.acts.models import Due
from prongsai.acts.rules import rule
from prongsai.complaints.forms import ReasonForm
from prongsai.inquiries import access, duties
from prongsai.inquiries.acts.base import ExecutiveAct
from prongsai.inquiries.acts.case import BeginFactFinding
from prongsai.inquiries.acts.seats import LeaveSeat
from prongsai.inquiries.forms.ordering import OrderForm, ReplaceForm
from prongsai.inquiries.models import Inquiry, Note, Seat
from prongsai.inquiries.sealing import pass_on
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person

S = Inquiry.State
Role = Seat.Role


def new_seat(
    inquiry: Inquiry, person: Person, role: str, order_no: str, replaces: Seat | None = None
) -> Seat:
    """Name and post of that day stay in it."""
    return Seat.objects.create(
        province_id=inquiry.province_id,
        inquiry=inquiry,
        state=Seat.State.ASKED,
        person=person,
        label=Actor.of(person).label,
        role=role,
        pk_order=inquiry.seats.count() + 1,
        order_no=order_no,
        replaces=replaces,
        is_sample=inquiry.is_sample,
    )


class OrderInquiry(ExecutiveAct):
    """สั่งสอบข้อเท็จจริง: three members at least, none in conflict; each declares before reading; 30 days to report (default).

    Two executives at once: the guard of the row lets one of them.
    """

    title = "สั่งแต่งตั้งคณะกรรมการสอบข้อเท็จจริง"
    title_en = "Order fact-finding and appoint the committee"
    moves = {S.PROPOSED: S.ORDERED}
    form = OrderForm  # type: ignore[assignment]
    opens = [duties.Report]
    tells = [access.committee, access.handler]
    tells_text = "มีคำสั่งแต่งตั้งคณะกรรมการสอบข้อเท็จจริง"
    needs_unlock = True
    grave = True
    main = True
    done = "สั่งสอบข้อเท็จจริงแล้ว กรรมการแต่ละคนต้องแถลงการมีส่วนได้เสียก่อน"

    def ready(self, actor: Actor, record: Inquiry) -> str | None:
        shared = record.notes.filter(kind=Note.Kind.WORKING_TEXT).exists()
        return None if shared else "ยังไม่มีบทสรุปเรื่องที่ปกปิดผู้ร้องเรียน"

    def make_form(self, *args: Any, actor: Actor, record: Inquiry, **kwargs: Any) -> OrderForm:
        return OrderForm(*args, actor=actor, record=record, **kwargs)

    def sets(self, step: Step) -> dict[str, Any]:
        inquiry: Inquiry = step.record
        period = rule(inquiry.province_id, duties.Report.rule, step.today)
        return {
            "order_no": step.data["order_no"],
            "order_date": step.data["order_date"],
            "ordered_by": step.actor.person,
            "ordered_label": step.actor.label,
            "report_due_on": period.due(step.today, inquiry.province),
        }

    def apply(self, step: Step) -> None:
        inquiry, data = step.record, step.data
        people = [(data["chair"], Role.CHAIR), *((p, Role.MEMBER) for p in data["members"])]
        people.append((data["secretary"], Role.SECRETARY))
        for person, _role in people:
            # Asked again: the form was filled in some time ago, or by a program.
            if why := access.why_not_on_committee(person, inquiry.case, step.actor.person):
                raise Refused(f"{person.full_name} เป็นกรรมการมิได้ เนื่องจาก{why}")
        for person, role in people:
            new_seat(inquiry, person, role, data["order_no"])
        pass_on(inquiry, step, [person for person, _role in people])
        perform(BeginFactFinding, inquiry.case, actor=step.actor, at=step.now)
        step.content.update(order_no=data["order_no"], members=len(people))


class ReplaceMember(ExecutiveAct):
    """เปลี่ยนกรรมการ: for who withdrew, left or turned out to be in conflict; the new member declares too."""

    title = "แต่งตั้งกรรมการแทน"
    title_en = "Replace a member"
    moves = {S.ORDERED: S.ORDERED, S.WORKING: S.WORKING}
    form = ReplaceForm  # type: ignore[assignment]
    tells = [access.committee]
    tells_text = "มีการเปลี่ยนกรรมการสอบข้อเท็จจริง"
    needs_unlock = True

    def make_form(self, *args: Any, actor: Actor, record: Inquiry, **kwargs: Any) -> ReplaceForm:
        return ReplaceForm(*args, actor=actor, record=record, **kwargs)

    def apply(self, step: Step) -> None:
        inquiry, person = step.record, step.data["person"]
        seat = inquiry.seats.select_related("inquiry__case", "province").get(pk=step.data["seat"])
        if seat.state in Seat.SITTING:
            gone = {"replaced": True}
            perform(LeaveSeat, seat, actor=Actor.system(inquiry.province), data=gone, at=step.now)
        new = new_seat(inquiry, person, seat.role, step.data["order_no"], replaces=seat)
        duties.hand_on(inquiry)
        pass_on(inquiry, step, [person])
        inquiry.put(Note.Kind.REPLACEMENT, step.data["reason"], step=step, about=new)
        step.content.update(order_no=step.data["order_no"], seat=new.pk_order)


class ExtendInquiry(ExecutiveAct):
    """ขยายเวลา: 15 days at a time, twice at most, with a reason, before the time is over (a late mark is never taken off)."""

    title = "ขยายเวลาสอบข้อเท็จจริง"
    title_en = "Extend the time"
    moves = {S.ORDERED: S.ORDERED, S.WORKING: S.WORKING}
    form = ReasonForm
    cancels = [duties.Report, duties.ReportExtended]
    opens = [duties.ReportExtended]
    tells = [access.committee]
    tells_text = "ขยายเวลาสอบข้อเท็จจริงแล้ว"

    def ready(self, actor: Actor, record: Inquiry) -> str | None:
        today = timezone.localdate()
        most = rule(record.province_id, "complaint_fact_finding_extensions", today).value
        if record.extensions >= most:
            return f"ขยายเวลาครบ {most} ครั้งแล้ว"
        if record.report_due_on and today > record.report_due_on:
            return "พ้นกำหนดแล้ว จึงขยายเวลามิได้ เครื่องหมายล่าช้าคงอยู่ ให้เร่งเสนอรายงาน"
        return None

    def sets(self, step: Step) -> dict[str, Any]:
        inquiry: Inquiry = step.record
        period = rule(inquiry.province_id, duties.ReportExtended.rule, step.today)
        keys = [duties.Report.key(), duties.ReportExtended.key()]
        due = Due.objects.open().filter(record_id=inquiry.pk, duty__in=keys).order_by("due_on").last()
        before = due.due_on if due else (inquiry.report_due_on or step.today)
        return {
            "extensions": inquiry.extensions + 1,
            "report_due_on": period.due(before, inquiry.province),
        }

    def apply(self, step: Step) -> None:
        step.record.put(Note.Kind.EXTENSION, step.data["reason"], step=step)
        step.content["extension"] = step.record.extensions
