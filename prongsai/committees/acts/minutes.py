"""The end of a meeting, and its minutes: written by one person, certified by another, corrected by a further version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import F

from prongsai import notices
from prongsai.acts import Act, Refused, Step, perform
from prongsai.committees.access import by_chair
from prongsai.committees.acts.calling import SecretaryOfMeeting
from prongsai.committees.acts.concluding import now_time
from prongsai.committees.acts.interests import CLAUSE, MarkLate
from prongsai.committees.fields import ThaiTimeField
from prongsai.committees.minutes_text import facts_of
from prongsai.committees.models import Interest, Item, Meeting, Minutes
from prongsai.organisation.actors import Actor
from prongsai.ui.forms import ThaiTextarea

State = Meeting.State
UNRESOLVED = "ยังมีคำถามเรื่องส่วนได้ส่วนเสียที่ยังมิได้ตอบ ไม่สามารถรับรองรายงานการประชุมได้"


class CloseForm(forms.Form):
    closed_at = ThaiTimeField(label="เลิกประชุมเวลา")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closed_at"].initial = now_time()


class CloseMeeting(SecretaryOfMeeting):
    """เลิกประชุม: when every item has come to its end."""

    title = "เลิกประชุม"
    title_en = "Close the meeting"
    moves = {State.OPEN: State.CLOSED}
    form = CloseForm
    done = "เลิกประชุมแล้ว โปรดจดรายงานการประชุม"

    def ready(self, actor: Actor, record: Meeting) -> str | None:
        open_ = record.items.exclude(state__in=Item.CONCLUDED).count()  # type: ignore[attr-defined]
        return f"ยังมีวาระที่พิจารณาไม่เสร็จ {open_} วาระ" if open_ else None

    def sets(self, step: Step) -> dict[str, Any]:
        return {"closed_at": step.data["closed_at"]}

    def apply(self, step: Step) -> None:
        if why_not := self.ready(step.actor, step.record):
            raise Refused(why_not)


def certifier(step: Step) -> Iterator[int | notices.To]:
    """Whoever may certify what was written."""
    meeting: Meeting = step.record
    if meeting.presiding is not None and meeting.presiding.person_id is not None:
        yield meeting.presiding.person_id
        return
    role = meeting.committee.kind.signed_by
    yield notices.To(role, meeting.province, meeting.agency_id if role == "head_agency" else None)


def writer(step: Step) -> Iterator[int]:
    yield step.record.committee.secretary_id


class WriteForm(forms.Form):
    text = ThaiTextarea(
        label="ข้อความเพิ่มเติมในรายงานการประชุม",
        help_text="ผู้มาประชุม วาระ มติ คะแนน และการแจ้งส่วนได้ส่วนเสียมีอยู่ในรายงานแล้ว ระบุเฉพาะสิ่งที่ต้องการเพิ่ม",
        max_length=20000,
        rows=8,
        required=False,
    )


class WriteMinutes(SecretaryOfMeeting):
    """จดรายงานการประชุม: the facts of the meeting are taken over; written again as often as needed until certified."""

    title = "จดรายงานการประชุม"
    title_en = "Write the minutes"
    moves = {State.CLOSED: State.WRITTEN, State.WRITTEN: State.WRITTEN}
    form = WriteForm
    main = True
    tells = [certifier]
    tells_of_duty = True
    tells_text = "โปรดตรวจและรับรองรายงานการประชุม"
    done = "จดรายงานการประชุมแล้ว ประธานที่ประชุมได้รับแจ้งให้รับรอง"

    def make_form(self, *args: Any, actor: Actor, record: Meeting, **kwargs: Any) -> WriteForm:
        awaiting = uncertified(record)
        return WriteForm(*args, initial={"text": awaiting.text if awaiting else ""}, **kwargs)

    def apply(self, step: Step) -> None:
        meeting: Meeting = step.record
        version = uncertified(meeting)
        if version is None:
            version = Minutes(meeting=meeting, number=next_version(meeting))
        write(version, step, step.data["text"])
        step.content.update(version=version.number)


def uncertified(meeting: Meeting) -> Minutes | None:
    """The version that awaits certification, if there is one."""
    return Minutes.objects.filter(meeting=meeting, certified_on=None).first()


def next_version(meeting: Meeting) -> int:
    return Minutes.objects.filter(meeting=meeting).count() + 1


def write(version: Minutes, step: Step, text: str) -> None:
    version.text, version.facts = text, facts_of(step.record)
    version.written_by, version.written_on = step.actor.label, step.today
    version.writer = step.actor.person  # type: ignore[assignment]
    version.save()


class CertifyMinutes(Act):
    """รับรองรายงานการประชุม by whoever presided, who is not the writer; not while a prompt has no answer (M6.2.3.(10))."""

    record = Meeting
    title = "ตรวจและรับรองรายงานการประชุม"
    title_en = "Certify the minutes"
    moves = {State.WRITTEN: State.CERTIFIED}
    clauses = [CLAUSE]
    main = True
    tells = [writer]
    tells_text = "รับรองรายงานการประชุมแล้ว"
    done = "รับรองรายงานการประชุมแล้ว"

    def by(self, actor: Actor, record: Meeting) -> str | None:
        if why_not := by_chair(actor, record):
            return why_not
        version = uncertified(record)
        if version is not None and version.writer_id == actor.person_id:
            return "ผู้จดรายงานการประชุมไม่อาจรับรองรายงานที่ตนจด"
        return None

    def ready(self, actor: Actor, record: Meeting) -> str | None:
        open_ = Interest.objects.filter(item__meeting=record, state=Interest.State.ASKED)
        return UNRESOLVED if open_.exists() else None

    def sets(self, step: Step) -> dict[str, Any]:
        return {"certified_on": step.record.certified_on or step.today}

    def apply(self, step: Step) -> None:
        meeting: Meeting = step.record
        if why_not := self.ready(step.actor, meeting):
            raise Refused(why_not)
        version = Minutes.objects.select_for_update().filter(meeting=meeting, certified_on=None).first()
        if version is None or step.actor.person is None:
            raise Refused("ยังไม่มีรายงานการประชุมที่รอรับรอง")
        version.certifier, version.certified_by, version.certified_on = (
            step.actor.person,
            step.actor.label,
            step.today,
        )
        version.save()
        step.clauses.extend(meeting.committee.kind.practices)
        declared = Interest.objects.filter(item__meeting=meeting).exclude(
            state__in=[Interest.State.NONE, Interest.State.LAPSED]
        )
        step.content.update(version=version.number, kind=version.kind, recusals=declared.count())


class CorrectForm(WriteForm):
    reason = ThaiTextarea(label="เหตุผลที่แก้ไขรายงานที่รับรองแล้ว", min_length=10, max_length=1000, rows=3)
    field_order = ("reason", "text")


class CorrectMinutes(SecretaryOfMeeting):
    """แก้ไขรายงานที่รับรองแล้ว: a further version, certified again; the former one stays as it was."""

    title = "แก้ไขรายงานการประชุม (ฉบับใหม่)"
    title_en = "Correct the minutes by a new version"
    moves = {State.CERTIFIED: State.WRITTEN}
    form = CorrectForm
    tells = [certifier]
    tells_of_duty = True
    tells_text = "โปรดตรวจและรับรองรายงานการประชุมฉบับแก้ไข"
    done = "จดรายงานฉบับแก้ไขแล้ว ฉบับเดิมยังคงอยู่"

    def make_form(self, *args: Any, actor: Actor, record: Meeting, **kwargs: Any) -> CorrectForm:
        last = Minutes.objects.filter(meeting=record).last()
        return CorrectForm(*args, initial={"text": last.text if last else ""}, **kwargs)

    def apply(self, step: Step) -> None:
        version = Minutes(
            meeting=step.record,
            number=next_version(step.record),
            kind=Minutes.Kind.CORRECTION,
            reason=step.data["reason"],
        )
        write(version, step, step.data["text"])
        step.content.update(version=version.number)


class LateForm(forms.Form):
    interest = forms.ModelChoiceField(
        label="วาระและกรรมการที่พบส่วนได้ส่วนเสีย", queryset=Interest.objects.none(), empty_label="โปรดเลือก"
    )
    relation = ThaiTextarea(label="ความเกี่ยวข้องกับวาระ", max_length=1000, rows=3)
    reason = ThaiTextarea(label="พบได้อย่างไร", min_length=10, max_length=1000, rows=3)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Interest.objects.filter(
            item__meeting=meeting,
            item__state__in=[Item.State.RESOLVED, Item.State.NOTED],
            state=Interest.State.NONE,
        ).select_related("item__meeting__committee", "attendance__seat")
        field = self.fields["interest"]
        field.queryset = found.order_by("item__number", "attendance_id")  # type: ignore[attr-defined]
        field.label_from_instance = lambda i: f"วาระที่ {i.item.number} – {i.attendance.name}"  # type: ignore[attr-defined]


class DeclareLate(SecretaryOfMeeting):
    """พบส่วนได้ส่วนเสียภายหลัง: an addendum to certify, and the resolution waits for legal review (AT-M6-13)."""

    title = "แจ้งส่วนได้ส่วนเสียที่พบภายหลัง"
    title_en = "Record an interest found afterwards"
    moves = {State.CERTIFIED: State.WRITTEN}
    form = LateForm  # type: ignore[assignment]
    clauses = [CLAUSE]
    grave = True
    tells = [certifier]
    tells_of_duty = True
    tells_text = "โปรดตรวจและรับรองบันทึกเพิ่มเติมของรายงานการประชุม"
    done = "บันทึกแล้ว มติของวาระนี้รอการตรวจสอบข้อกฎหมาย"

    def make_form(self, *args: Any, actor: Actor, record: Meeting, **kwargs: Any) -> LateForm:
        return LateForm(*args, meeting=record, **kwargs)

    def apply(self, step: Step) -> None:
        meeting: Meeting = step.record
        interest: Interest = step.data["interest"]
        perform(MarkLate, interest, actor=step.actor, data={"relation": step.data["relation"]}, at=step.now)
        Item.objects.filter(pk=interest.item_id).update(legal_review=True, version=F("version") + 1)
        former = Minutes.objects.filter(meeting=meeting).last()
        version = Minutes(
            meeting=meeting,
            number=next_version(meeting),
            kind=Minutes.Kind.ADDENDUM,
            reason=step.data["reason"],
        )
        write(version, step, former.text if former else "")
        step.content.update(version=version.number, item=interest.item.number)
