"""Preparing a meeting, calling it, cancelling it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from prongsai.acts import Act, Refused, Step
from prongsai.acts.numbers import next_number
from prongsai.acts.rules import MissingRule, rule
from prongsai.committees.access import by_secretary, is_business
from prongsai.committees.fields import ThaiTimeField
from prongsai.committees.models import Attendance, Committee, Meeting
from prongsai.organisation.actors import Actor
from prongsai.ui.forms import ThaiDateField, ThaiTextarea, ThaiTextField

State = Meeting.State


def invited(step: Step) -> Iterator[int]:
    """Members with an account; the others get the letter on paper."""
    seats = step.record.committee.seats_in_force().filter(person__isnull=False)
    yield from seats.values_list("person_id", flat=True)


def own_committees(actor: Actor) -> QuerySet[Committee]:
    """In force, and this person is the secretary."""
    return Committee.objects.filter(
        province=actor.province, secretary_id=actor.person_id, state__in=Committee.IN_FORCE
    )


class MeetingForm(forms.Form):
    held_on = ThaiDateField(label="วันที่ประชุม")
    starts_at = ThaiTimeField(label="เวลา")
    place = ThaiTextField(label="สถานที่", max_length=300, help_text="ห้องประชุม หรือระบบประชุมทางไกล")


class PrepareForm(MeetingForm):
    committee = forms.ModelChoiceField(
        label="คณะกรรมการ", queryset=Committee.objects.none(), empty_label="โปรดเลือก"
    )
    field_order = ("committee",)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["committee"]
        field.queryset = own_committees(actor)  # type: ignore[attr-defined]
        field.label_from_instance = lambda committee: committee.name  # type: ignore[attr-defined]
        if field.queryset.count() == 1:  # type: ignore[attr-defined]
            field.initial = field.queryset.get()  # type: ignore[attr-defined]


class PrepareMeeting(Act):
    """เตรียมการประชุม."""

    record = Meeting
    title = "เตรียมการประชุม"
    title_en = "Prepare a meeting"
    moves = {None: State.DRAFT}
    form = PrepareForm
    done = "เตรียมการประชุมแล้ว โปรดเพิ่มระเบียบวาระ"

    def by(self, actor: Actor, record: Any) -> str | None:
        if is_business(actor) and own_committees(actor).exists():
            return None
        return "เฉพาะเจ้าหน้าที่ฝ่ายเลขานุการของคณะกรรมการที่มีคำสั่งแต่งตั้งแล้ว"

    def make_form(self, *args: Any, actor: Actor, record: Any, **kwargs: Any) -> PrepareForm:
        return PrepareForm(*args, actor=actor, **kwargs)

    def create(self, step: Step) -> Meeting:
        committee: Committee = step.data["committee"]
        if why_not := by_secretary(step.actor, committee):
            raise Refused(why_not)
        return Meeting.objects.create(
            province=committee.province,
            agency=committee.agency,
            state=State.DRAFT,
            committee=committee,
            **{name: step.data[name] for name in ("held_on", "starts_at", "place")},
            is_sample=committee.is_sample,
        )


class SecretaryOfMeeting(Act):
    """What the secretary of the committee does with its meetings."""

    record = Meeting

    def by(self, actor: Actor, record: Meeting) -> str | None:
        return by_secretary(actor, record.committee)


class ChangeMeeting(SecretaryOfMeeting):
    """แก้ไขวัน เวลา สถานที่: after the call the members are told again."""

    title = "แก้ไขวัน เวลา หรือสถานที่"
    title_en = "Change date, time or place"
    moves = {State.DRAFT: State.DRAFT, State.CALLED: State.CALLED}
    form = MeetingForm
    tells_text = "แก้ไขกำหนดการประชุม"

    def make_form(self, *args: Any, actor: Actor, record: Meeting, **kwargs: Any) -> MeetingForm:
        initial = {name: getattr(record, name) for name in ("held_on", "starts_at", "place")}
        return MeetingForm(*args, initial=initial, **kwargs)

    tells = [lambda step: invited(step) if step.came_from == State.CALLED else iter(())]

    def sets(self, step: Step) -> dict[str, Any]:
        fields = {name: step.data[name] for name in ("held_on", "starts_at", "place")}
        if step.came_from == State.CALLED:
            if step.data["held_on"].year != step.record.held_on.year:
                raise Refused("การประชุมที่เชิญแล้วเลื่อนข้ามปีมิได้ โปรดยกเลิกและเชิญใหม่")
            fields |= _notice(step.record, step.data["held_on"], step.record.called_on)
        return fields


def _notice(meeting: Meeting, held_on: dt.date, told_on: dt.date) -> dict[str, Any]:
    """How long before the meeting its members were told, and whether that is less than the rule asks for."""
    days = max(0, (held_on - told_on).days)
    found: dict[str, Any] = {"notice_days": days, "notice_rule": "", "notice_short": False}
    try:
        period = rule(meeting.province_id, meeting.committee.kind.notice_rule, told_on)
    except MissingRule:
        return found
    default = " (ค่าเริ่มต้นของระบบ)" if period.is_default else ""
    short = period.due(told_on, meeting.province) > held_on
    return found | {"notice_rule": f"{period.text}{default}", "notice_short": short}


class CallForm(forms.Form):
    called_on = ThaiDateField(label="วันที่ส่งหนังสือเชิญ", future=False)


class CallMeeting(SecretaryOfMeeting):
    """เชิญประชุม: members are told, the number is taken. A short notice is allowed, and shown (AT-M3-04)."""

    title = "เชิญประชุม"
    title_en = "Call the meeting"
    moves = {State.DRAFT: State.CALLED}
    form = CallForm
    main = True
    tells = [invited]
    tells_text = "เชิญประชุม"

    def make_form(self, *args: Any, actor: Actor, record: Meeting, **kwargs: Any) -> CallForm:
        form = CallForm(*args, initial={"called_on": timezone.localdate()}, **kwargs)
        if _notice(record, record.held_on, timezone.localdate())["notice_short"]:
            form.fields["called_on"].help_text = SHORT.format(_words(record))
        return form

    def ready(self, actor: Actor, record: Meeting) -> str | None:
        if not record.committee.is_in_force:
            return "คณะกรรมการนี้ยังมิได้รับแต่งตั้งหรือพ้นวาระแล้ว"
        if not record.items.exclude(state="withdrawn").exists():  # type: ignore[attr-defined]
            return "ยังมิได้เพิ่มระเบียบวาระ"
        return None

    def sets(self, step: Step) -> dict[str, Any]:
        meeting, told_on = step.record, step.data["called_on"]
        if meeting.held_on < step.today:
            raise Refused("วันที่ประชุมผ่านไปแล้ว โปรดแก้ไขวันที่ประชุมก่อน")
        if meeting.held_on < told_on:
            raise Refused("วันที่ส่งหนังสือเชิญต้องไม่อยู่หลังวันที่ประชุม")
        year = meeting.be_year
        return {
            "sequence": next_number("committee meetings", str(meeting.committee_id), year),
            "year": year,
            "called_on": told_on,
            "called_by": step.actor.label,
            **_notice(meeting, meeting.held_on, told_on),
        }

    def apply(self, step: Step) -> None:
        meeting: Meeting = step.record
        sync_invited(meeting)
        step.content.update(
            notice_days=meeting.notice_days, notice_short=meeting.notice_short, items=meeting.items.count()
        )
        told = f"เชิญประชุมครั้งที่ {meeting.number} แล้ว"
        step.result["message"] = f"{told} {SHORT.format(_words(meeting))}" if meeting.notice_short else told


SHORT = "การแจ้งล่วงหน้าน้อยกว่ากำหนด ({}) ระบบจะแสดงข้อเท็จจริงนี้ในหน้าที่เปิดเผย"


def _words(meeting: Meeting) -> str:
    try:
        return rule(meeting.province_id, meeting.committee.kind.notice_rule, timezone.localdate()).text
    except MissingRule:
        return ""


def sync_invited(meeting: Meeting) -> None:
    """A row for everybody who sits on the committee now; whoever left it since and was only invited goes."""
    seats = list(meeting.committee.seats_in_force())
    Attendance.objects.filter(meeting=meeting, status=Attendance.Status.INVITED).exclude(
        seat__in=[seat.pk for seat in seats]
    ).delete()
    known = set(Attendance.objects.filter(meeting=meeting).values_list("seat_id", flat=True))
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, seat=seat) for seat in seats if seat.pk not in known
    )


class CancelForm(forms.Form):
    reason = ThaiTextarea(label="เหตุที่ยกเลิก", max_length=1000, rows=3)


class CancelMeeting(SecretaryOfMeeting):
    """ยกเลิกการประชุม: the number stays taken."""

    title = "ยกเลิกการประชุม"
    title_en = "Cancel the meeting"
    moves = {State.DRAFT: State.CANCELLED, State.CALLED: State.CANCELLED}
    form = CancelForm
    grave = True
    tells = [lambda step: invited(step) if step.came_from == State.CALLED else iter(())]
    tells_text = "ยกเลิกการประชุม"

    def sets(self, step: Step) -> dict[str, Any]:
        return {"cancel_reason": step.data["reason"]}
