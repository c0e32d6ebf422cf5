"""Before an item is considered: each attendee is asked, and answers; whoever has an interest leaves, or declares and stays.

M6.2.3.(10); readings S19 and section 9, question 10 of the domain analysis: the default is to leave; staying needs a reason and
is not open where section 13 of the Administrative Procedure Act applies. A match of names only asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import F
from django.utils import timezone

from prongsai.acts import Act, Refused, Step
from prongsai.committees.access import is_business, is_secretary
from prongsai.committees.acts.agenda import SecretaryOfItem, running
from prongsai.committees.fields import ThaiTimeField
from prongsai.committees.models import Attendance, Interest, Item, Meeting
from prongsai.committees.room import ask, unanswered
from prongsai.organisation.actors import Actor
from prongsai.ui.forms import ThaiTextarea

CLAUSE = "M6.2.3.(10)"
State = Interest.State
NOT_IN_SESSION = "การประชุมนี้มิได้อยู่ระหว่างประชุม"


class SessionAct(SecretaryOfItem):
    """Of the secretary, while the meeting is in session."""

    def ready(self, actor: Actor, record: Item) -> str | None:
        return None if record.meeting.state == Meeting.State.OPEN else NOT_IN_SESSION

    def apply(self, step: Step) -> None:
        running(step.record)
        self.do(step)

    def do(self, step: Step) -> None:
        """What changes, with the meeting's row locked."""


def matched(step: Step) -> Iterator[int]:
    """Members with an account whose name or body meets a party of the item."""
    found = unanswered(step.record).filter(attendance__seat__person__isnull=False).exclude(reasons=[])
    yield from found.values_list("attendance__seat__person_id", flat=True)


class AskInterests(SessionAct):
    """สอบถามส่วนได้ส่วนเสียก่อนเข้าสู่วาระ: everybody in the room is asked; no other item may be open meanwhile."""

    title = "เข้าสู่วาระ: สอบถามส่วนได้ส่วนเสีย"
    title_en = "Reach the item: ask for interests"
    moves = {Item.State.WAITING: Item.State.ASKING}
    clauses = [CLAUSE]
    main = True
    tells = [matched]
    tells_of_duty = True
    tells_text = "โปรดแจ้งก่อนเริ่มการพิจารณาว่าท่านมีส่วนได้ส่วนเสียในวาระหรือไม่"

    def do(self, step: Step) -> None:
        busy = Item.objects.filter(
            meeting=step.record.meeting, state__in=[Item.State.ASKING, Item.State.CONSIDERED]
        ).exclude(pk=step.record.pk)
        if busy.exists():
            raise Refused("ยังมีวาระอื่นที่พิจารณาไม่เสร็จ โปรดลงมติหรือเลื่อนวาระนั้นก่อน")
        prompts = ask(step.record)
        marked = sum(prompt.is_matched for prompt in prompts)
        step.content.update(asked=len(prompts), matched=marked)
        step.result["message"] = (
            f"สอบถามผู้มาประชุม {len(prompts)} คน พบชื่อที่ควรสอบถามเป็นการเฉพาะ {marked} คน"
            if marked
            else f"สอบถามผู้มาประชุม {len(prompts)} คน"
        )


class NoneOfTheOthers(SessionAct):
    """ผู้มาประชุมอื่นแจ้งว่าไม่มี: one click for the room; whoever the names point at answers alone."""

    title = "บันทึกว่าผู้มาประชุมอื่นไม่มีส่วนได้ส่วนเสีย"
    title_en = "Record that the others declared no interest"
    moves = {
        Item.State.ASKING: Item.State.ASKING,
        Item.State.CONSIDERED: Item.State.CONSIDERED,
    }
    secrecy = "S2"
    done = "บันทึกคำตอบแล้ว"

    def ready(self, actor: Actor, record: Item) -> str | None:
        if why_not := super().ready(actor, record):
            return why_not
        return (
            None
            if unanswered(record).filter(reasons=[]).exists()
            else "ไม่มีผู้ที่รอคำตอบนอกจากผู้ที่ต้องตอบเป็นการเฉพาะ"
        )

    def do(self, step: Step) -> None:
        others = [i.pk for i in unanswered(step.record).filter(reasons=[])]
        answered = Interest.objects.filter(pk__in=others, state=State.ASKED).update(
            state=State.NONE,
            version=F("version") + 1,
            answered_by=step.actor.label,
            answered_at=step.now,
            changed_at=step.now,
        )
        step.content.update(answered=answered)


class StartItem(SessionAct):
    """เริ่มพิจารณา: not while anybody in the room has not answered."""

    title = "เริ่มพิจารณาวาระ"
    title_en = "Begin the item"
    moves = {Item.State.ASKING: Item.State.CONSIDERED}
    main = True
    done = "เริ่มพิจารณาวาระแล้ว"

    def ready(self, actor: Actor, record: Item) -> str | None:
        return super().ready(actor, record) or still_asked(record)

    def sets(self, step: Step) -> dict[str, Any]:
        return {"started_at": timezone.localtime(step.now).time().replace(second=0, microsecond=0)}

    def do(self, step: Step) -> None:
        if why_not := still_asked(step.record):
            raise Refused(why_not)


def still_asked(item: Item) -> str | None:
    count = unanswered(item).count()
    return f"ยังมีผู้มาประชุม {count} คนที่ยังมิได้ตอบเรื่องส่วนได้ส่วนเสีย" if count else None


# --- the answer of one person


def may_answer(interest: Interest, item: Item, *, unanswered: bool | None = None) -> bool:
    """While the item is open; and afterwards whoever went home without answering still owes the answer to the minutes."""
    if item.state in (Item.State.ASKING, Item.State.CONSIDERED):
        return True
    owes = interest.state == State.ASKED if unanswered is None else unanswered
    return owes and item.is_concluded and interest.attendance.status not in Attendance.PRESENT


class AnswerAct(Act):
    """By the person asked, or by the secretary as the person says in the meeting. What is said is S2."""

    record = Interest
    secrecy = "S2"
    clauses = [CLAUSE]
    done = "บันทึกคำตอบแล้ว"

    def by(self, actor: Actor, record: Interest) -> str | None:
        own = record.attendance.seat.person_id
        if is_business(actor) and own is not None and own == actor.person_id:
            return None
        if is_secretary(actor, record.item.meeting.committee):
            return None
        return "เฉพาะผู้ถูกสอบถามและเจ้าหน้าที่ฝ่ายเลขานุการ"

    def ready(self, actor: Actor, record: Interest) -> str | None:
        return None if may_answer(record, record.item) else "วาระนี้พิจารณาเสร็จแล้ว"

    def sets(self, step: Step) -> dict[str, Any]:
        return {"answered_by": step.actor.label, "answered_at": step.now}

    def apply(self, step: Step) -> None:
        # The item's row waits for us or we for it: an answer never slips in behind a vote that was counted.
        item = Item.objects.select_for_update(no_key=True).get(pk=step.record.item_id)
        if not may_answer(step.record, item, unanswered=step.came_from == State.ASKED):
            raise Refused("วาระนี้พิจารณาเสร็จแล้ว")
        step.content.update(item=item.number, matched=step.record.is_matched)


class DeclareNone(AnswerAct):
    """ไม่มีส่วนได้ส่วนเสีย."""

    title = "แจ้งว่าไม่มีส่วนได้ส่วนเสียในวาระนี้"
    title_en = "Declare no interest"
    moves = {State.ASKED: State.NONE}


class LeaveForm(forms.Form):
    relation = ThaiTextarea(
        label="ความเกี่ยวข้องกับวาระ",
        help_text="เห็นได้เฉพาะท่าน เจ้าหน้าที่ฝ่ายเลขานุการ และประธานที่ประชุม มิได้แสดงในรายงานการประชุม",
        max_length=1000,
        rows=3,
    )
    left_at = ThaiTimeField(label="ออกจากห้องประชุมเวลา")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left_at"].initial = timezone.localtime().time().replace(second=0, microsecond=0)


class DeclareLeave(AnswerAct):
    """แจ้งและออกจากห้องประชุมเป็นการชั่วคราว: the default; also of somebody who remembers during the item."""

    title = "แจ้งและออกจากห้องประชุมเป็นการชั่วคราว"
    title_en = "Declare and leave the room"
    moves = {State.ASKED: State.LEFT, State.NONE: State.LEFT, State.STAYED: State.LEFT}
    form = LeaveForm
    main = True

    def sets(self, step: Step) -> dict[str, Any]:
        return super().sets(step) | {name: step.data[name] for name in ("relation", "left_at")}


class StayForm(forms.Form):
    relation = ThaiTextarea(label="ความเกี่ยวข้องกับวาระ", max_length=1000, rows=3)
    stay_reason = ThaiTextarea(
        label="เหตุผลที่อยู่ร่วมประชุม",
        help_text="บันทึกในรายงานการประชุม ผู้ที่อยู่ร่วมไม่มีสิทธิออกเสียง",
        max_length=500,
        rows=3,
    )


class DeclareStay(AnswerAct):
    """แจ้งและอยู่ร่วมประชุมโดยไม่ออกเสียง: with a reason, and never where section 13 applies."""

    title = "แจ้งและอยู่ร่วมประชุมโดยไม่ออกเสียง"
    title_en = "Declare and stay without a vote"
    moves = {State.ASKED: State.STAYED, State.NONE: State.STAYED}
    form = StayForm

    def ready(self, actor: Actor, record: Interest) -> str | None:
        if record.item.applies_apa:
            return "วาระนี้เป็นการพิจารณาทางปกครอง ผู้มีส่วนได้ส่วนเสียต้องออกจากห้องประชุม"
        return super().ready(actor, record)

    def sets(self, step: Step) -> dict[str, Any]:
        return super().sets(step) | {name: step.data[name] for name in ("relation", "stay_reason")}


class MarkLate(Act):
    """พบส่วนได้ส่วนเสียภายหลัง: part of ``DeclareLate``, on the person's own record."""

    record = Interest
    title = "พบส่วนได้ส่วนเสียภายหลังรับรองรายงาน"
    title_en = "Interest found after certification"
    moves = {State.NONE: State.LATE, State.ASKED: State.LATE}
    face = "system"
    secrecy = "S2"
    clauses = [CLAUSE]

    def by(self, actor: Actor, record: Interest) -> str | None:
        return None if is_secretary(actor, record.item.meeting.committee) else "เฉพาะเจ้าหน้าที่ฝ่ายเลขานุการ"

    def sets(self, step: Step) -> dict[str, Any]:
        return {
            "relation": step.data["relation"],
            "answered_by": step.actor.label,
            "answered_at": step.now,
        }
