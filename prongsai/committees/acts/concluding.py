"""An item comes to its end: a resolution by votes, taken note of, or deferred. The room is counted again each time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from prongsai.acts import Act, Refused, Step
from prongsai.committees.access import by_secretary
from prongsai.committees.acts.agenda import running
from prongsai.committees.acts.interests import SessionAct, still_asked
from prongsai.committees.arithmetic import Room, Votes, accepts
from prongsai.committees.fields import ThaiTimeField
from prongsai.committees.models import Attendance, Interest, Item
from prongsai.committees.room import room_of, voters_of
from prongsai.organisation.actors import Actor
from prongsai.ui.forms import CheckboxGroup, RadioGroup, ThaiTextarea

State = Item.State
NO_QUORUM = "องค์ประชุมไม่ครบ ไม่สามารถลงมติได้"
NO_VOTER = "ไม่มีกรรมการที่มีสิทธิออกเสียงในวาระนี้"


def now_time() -> dt.time:
    return timezone.localtime().time().replace(second=0, microsecond=0)


def why_no_vote(room: Room) -> str | None:
    """``err.quorum`` with the count, or None."""
    if not room.has_quorum:
        return f"{NO_QUORUM} (อยู่ในห้องประชุม {room.counted} จากที่ต้องมี {room.needed} คน) โปรดเลื่อนวาระ"
    return None if room.voters else NO_VOTER


class ResolveForm(forms.Form):
    """Whoever is not named votes for. Only those who may vote can be chosen; a secret ballot has numbers alone."""

    resolution = ThaiTextarea(label="มติที่ประชุม", max_length=4000, rows=5)
    presided = forms.ModelChoiceField(label="ประธานในวาระนี้", queryset=Attendance.objects.none())
    ballot = forms.ChoiceField(
        label="วิธีลงคะแนน", choices=Item.Ballot.choices, widget=RadioGroup, initial=Item.Ballot.OPEN
    )
    against = forms.ModelMultipleChoiceField(
        label="กรรมการที่ไม่เห็นชอบ (ลงคะแนนเปิดเผย)",
        queryset=Attendance.objects.none(),
        widget=CheckboxGroup,
        required=False,
        help_text="ไม่ต้องเลือกเมื่อที่ประชุมเห็นชอบเป็นเอกฉันท์",
    )
    abstained = forms.ModelMultipleChoiceField(
        label="กรรมการที่งดออกเสียง (ลงคะแนนเปิดเผย)",
        queryset=Attendance.objects.none(),
        widget=CheckboxGroup,
        required=False,
    )
    count_for = forms.IntegerField(label="คะแนนเห็นชอบ (ลงคะแนนลับ)", min_value=0, required=False)
    count_against = forms.IntegerField(label="คะแนนไม่เห็นชอบ (ลงคะแนนลับ)", min_value=0, required=False)
    count_abstained = forms.IntegerField(label="งดออกเสียง (ลงคะแนนลับ)", min_value=0, required=False)
    casting = forms.ChoiceField(
        label="เสียงชี้ขาดของประธาน",
        choices=[("", "ไม่มี (คะแนนไม่เท่ากัน)"), ("for", "เห็นชอบ"), ("against", "ไม่เห็นชอบ")],
        widget=RadioGroup,
        required=False,
        initial="",
    )
    ended_at = ThaiTimeField(label="สิ้นสุดการพิจารณาเวลา", help_text="ผู้ที่ออกจากห้องประชุมกลับเข้าห้องเวลานี้ เช่น 10.45")

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        voters = voters_of(item)
        for name in ("presided", "against", "abstained"):
            self.fields[name].queryset = voters  # type: ignore[attr-defined]
        chair = voters.filter(seat_id=item.meeting.presiding_id).first() or voters.first()
        self.fields["presided"].initial = chair
        self.fields["ended_at"].initial = now_time()
        self.voters = voters.count()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ballot") == Item.Ballot.SECRET:
            numbers = [data.get(f"count_{name}") for name in ("for", "against", "abstained")]
            if None in numbers:
                self.add_error("count_for", "โปรดระบุคะแนนทั้งสามช่อง")
                return data
            data["dissent"] = []
        else:
            against, abstained = list(data.get("against") or []), list(data.get("abstained") or [])
            if set(against) & set(abstained):
                self.add_error("abstained", "กรรมการคนเดียวกันลงคะแนนได้ทางเดียว")
                return data
            numbers = [self.voters - len(against) - len(abstained), len(against), len(abstained)]
            data["dissent"] = [f"{a.name} ไม่เห็นชอบ" for a in against]
            data["dissent"] += [f"{a.name} งดออกเสียง" for a in abstained]
        try:
            data["votes"] = Votes(*numbers, casting=data.get("casting") or "")  # type: ignore[arg-type]
        except ValueError:
            self.add_error("casting", "เสียงชี้ขาดใช้ได้เฉพาะเมื่อคะแนนเห็นชอบและไม่เห็นชอบเท่ากัน")
        return data


class Conclusion(SessionAct):
    """The room of the moment is written into the item, and whoever left comes back when the item ends."""

    def ready(self, actor: Actor, record: Item) -> str | None:
        return super().ready(actor, record) or still_asked(record)

    def write(self, step: Step, room: Room, **more: Any) -> None:
        item: Item = step.record
        fields = {
            "members": room.members,
            "present": room.present,
            "left": room.left,
            "stayed": room.stayed,
            "quorum": room.needed,
            "ended_at": step.data["ended_at"],
            **more,
        }
        Item.objects.filter(pk=item.pk).update(**fields)
        for name, value in fields.items():
            setattr(item, name, value)
        Interest.objects.filter(item=item, state=Interest.State.LEFT, returned_at=None).update(
            returned_at=step.data["ended_at"]
        )
        step.content.update(
            item=item.number, members=room.members, present=room.present, quorum=room.needed,
            left=room.left, stayed=room.stayed,
        )  # fmt: skip


class Resolve(Conclusion):
    """ลงมติ: quorum and votes are counted again, without whoever left; a recused member has no vote (M6.2.3.(10))."""

    title = "ลงมติ"
    title_en = "Resolve"
    moves = {State.CONSIDERED: State.RESOLVED}
    form = ResolveForm  # type: ignore[assignment]
    main = True
    done = "บันทึกมติแล้ว"

    def make_form(self, *args: Any, actor: Actor, record: Item, **kwargs: Any) -> ResolveForm:
        return ResolveForm(*args, item=record, **kwargs)

    def ready(self, actor: Actor, record: Item) -> str | None:
        if record.purpose != Item.Purpose.DECIDE:
            return "วาระเพื่อทราบไม่มีการลงมติ"
        return super().ready(actor, record) or why_no_vote(room_of(record))

    def sets(self, step: Step) -> dict[str, Any]:
        # All in the same UPDATE as the state: a resolved item without votes cannot exist, not even for a moment.
        item, votes = step.record, step.data["votes"]
        running(item)
        room = room_of(item)
        if why_not := still_asked(item) or why_no_vote(room):
            raise Refused(why_not)
        if not accepts(room, votes):
            raise Refused(
                f"จำนวนคะแนนรวม {votes.cast} ไม่ตรงกับผู้มีสิทธิออกเสียงในขณะนี้ {room.voters} คน โปรดตรวจสอบอีกครั้ง"
            )
        chosen = {a.pk for name in ("presided", "against", "abstained") for a in _as_list(step.data[name])}
        if chosen - set(voters_of(item).values_list("pk", flat=True)):
            raise Refused("ผู้ที่แจ้งส่วนได้ส่วนเสียหรือมิได้อยู่ในห้องประชุมไม่มีสิทธิออกเสียง")
        return {
            "members": room.members,
            "present": room.present,
            "left": room.left,
            "stayed": room.stayed,
            "quorum": room.needed,
            "votes_for": votes.for_,
            "votes_against": votes.against,
            "abstained": votes.abstained,
            "casting": votes.casting,
            "outcome": votes.outcome.value,
            "ballot": step.data["ballot"],
            "dissent": step.data["dissent"],
            "resolution": step.data["resolution"],
            "presided_by": step.data["presided"].name,
        }

    def do(self, step: Step) -> None:
        item, votes = step.record, step.data["votes"]
        self.write(step, room_of(item))
        step.clauses.extend(item.meeting.committee.kind.practices)
        step.content.update(
            votes_for=votes.for_, against=votes.against, abstained=votes.abstained, casting=votes.casting,
            outcome=item.outcome,
        )  # fmt: skip
        step.result["message"] = f"{self.done}: {item.get_outcome_display()}"


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return [value] if isinstance(value, Attendance) else list(value)


class EndForm(forms.Form):
    text = ThaiTextarea(label="สรุปการอภิปรายหรือข้อสังเกต", max_length=4000, rows=5)
    ended_at = ThaiTimeField(label="สิ้นสุดการพิจารณาเวลา")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_at"].initial = now_time()


class NoteItem(Conclusion):
    """ที่ประชุมรับทราบ: an item for information; nobody votes."""

    title = "ที่ประชุมรับทราบ"
    title_en = "Take note"
    moves = {State.CONSIDERED: State.NOTED}
    form = EndForm
    done = "บันทึกแล้ว"

    def ready(self, actor: Actor, record: Item) -> str | None:
        if record.purpose != Item.Purpose.INFORM:
            return "วาระเพื่อพิจารณาต้องลงมติหรือเลื่อนวาระ"
        return super().ready(actor, record)

    def do(self, step: Step) -> None:
        if why_not := still_asked(step.record):
            raise Refused(why_not)
        self.write(step, room_of(step.record), resolution=step.data["text"])


class DeferItem(Conclusion):
    """เลื่อนวาระ: what remains when the quorum is lost (AT-M6-12)."""

    title = "เลื่อนวาระ"
    title_en = "Defer the item"
    moves = {
        State.WAITING: State.DEFERRED,
        State.ASKING: State.DEFERRED,
        State.CONSIDERED: State.DEFERRED,
    }
    form = EndForm
    done = "เลื่อนวาระแล้ว"

    def ready(self, actor: Actor, record: Item) -> str | None:
        return SessionAct.ready(self, actor, record)

    def do(self, step: Step) -> None:
        self.write(step, room_of(step.record), resolution=step.data["text"])
        Interest.objects.filter(item=step.record, state=Interest.State.ASKED).update(
            state=Interest.State.LAPSED, changed_at=step.now
        )


class ReviewForm(forms.Form):
    text = ThaiTextarea(label="ผลการตรวจสอบข้อกฎหมาย", min_length=20, max_length=4000, rows=5)


class RecordLegalReview(Act):
    """บันทึกผลการตรวจสอบข้อกฎหมาย of a resolution in which an interest was found afterwards (AT-M6-13)."""

    record = Item
    title = "บันทึกผลการตรวจสอบข้อกฎหมาย"
    title_en = "Record the legal review"
    moves = {State.RESOLVED: State.RESOLVED, State.NOTED: State.NOTED}
    form = ReviewForm
    clauses = ["M6.2.3.(10)"]

    def by(self, actor: Actor, record: Item) -> str | None:
        return by_secretary(actor, record.meeting.committee)

    def ready(self, actor: Actor, record: Item) -> str | None:
        return None if record.legal_review else "วาระนี้มิได้รอตรวจสอบข้อกฎหมาย"

    def sets(self, step: Step) -> dict[str, Any]:
        return {"legal_review": False, "review_result": step.data["text"]}
