"""Who came, and opening the meeting."""

from __future__ import annotations

from typing import Any

from django import forms

from prongsai.acts import Refused, Step
from prongsai.committees.acts.calling import SecretaryOfMeeting, sync_invited
from prongsai.committees.fields import ThaiTimeField
from prongsai.committees.models import Attendance, Meeting, Seat
from prongsai.committees.room import ask_latecomers, opening_room
from prongsai.organisation.actors import Actor
from prongsai.ui.forms import ThaiTextField

State, Status = Meeting.State, Attendance.Status
NO_QUORUM = "องค์ประชุมไม่ครบ ({present} จากที่ต้องมี {needed} คน) ไม่สามารถเปิดประชุมได้"


class AttendanceForm(forms.Form):
    """A choice per member; a name beside it where a substitute may come."""

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(Attendance.objects.filter(meeting=meeting).select_related("seat").in_order())
        self.may_send = meeting.committee.kind.substitutes
        for row in self.rows:
            self._ask(row, meeting)

    def _ask(self, row: Attendance, meeting: Meeting) -> None:
        left_out = set() if self.may_send else {Status.SUBSTITUTE}
        if meeting.state != State.OPEN:
            left_out.add(Status.LEFT_EARLY)
        choices = [(value, label) for value, label in Status.choices if value not in left_out]
        self.fields[f"status_{row.pk}"] = forms.ChoiceField(
            label=f"{row.seat.name} ({row.seat.get_role_display()})",
            choices=choices,
            initial=row.status,
            help_text=f"{row.seat.position} {row.seat.organisation}".strip(),
        )
        if self.may_send:
            self.fields[f"substitute_{row.pk}"] = ThaiTextField(
                label=f"ชื่อผู้แทนของ{row.seat.name}", max_length=200, required=False, initial=row.substitute_name
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["statuses"] = {}
        for row in self.rows:
            status, name = data.get(f"status_{row.pk}", ""), data.get(f"substitute_{row.pk}", "")
            if status == Status.SUBSTITUTE and not name:
                self.add_error(f"substitute_{row.pk}", "โปรดระบุชื่อผู้แทน")
            data["statuses"][row.pk] = (status, name if status == Status.SUBSTITUTE else "")
        return data


class RecordAttendance(SecretaryOfMeeting):
    """บันทึกผู้มาประชุม: before the meeting, and whenever somebody comes or goes during it."""

    title = "บันทึกผู้มาประชุม"
    title_en = "Record attendance"
    moves = {State.CALLED: State.CALLED, State.OPEN: State.OPEN}
    form = AttendanceForm  # type: ignore[assignment]

    def make_form(self, *args: Any, actor: Actor, record: Meeting, **kwargs: Any) -> AttendanceForm:
        return AttendanceForm(*args, meeting=record, **kwargs)

    def apply(self, step: Step) -> None:
        meeting: Meeting = step.record
        for pk, (status, name) in step.data["statuses"].items():
            Attendance.objects.filter(pk=pk, meeting=meeting).update(status=status, substitute_name=name)
        if step.came_from == State.CALLED:
            sync_invited(meeting)
        else:
            ask_latecomers(meeting)
        room = opening_room(meeting)
        step.content.update(present=room.present, needed=room.needed)
        enough = "ครบองค์ประชุม" if room.has_quorum else "ยังไม่ครบองค์ประชุม"
        step.result["message"] = (
            f"มาประชุม {room.present} จาก {room.members} คน องค์ประชุม {room.needed} คน {enough}"
        )


class OpenForm(forms.Form):
    presiding = forms.ModelChoiceField(
        label="ประธานที่ประชุม", queryset=Seat.objects.none(), empty_label="โปรดเลือก"
    )
    opened_at = ThaiTimeField(label="เริ่มประชุมเวลา")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = Attendance.objects.filter(meeting=meeting, status=Status.CAME).voting()
        seats = Seat.objects.filter(pk__in=present.values("seat_id")).in_order()
        self.fields["presiding"].queryset = seats  # type: ignore[attr-defined]
        self.fields["presiding"].initial = seats.first()
        self.fields["opened_at"].initial = meeting.starts_at


class OpenMeeting(SecretaryOfMeeting):
    """เปิดประชุม: only with a quorum (Administrative Procedure Act, section 79)."""

    title = "เปิดประชุม"
    title_en = "Open the meeting"
    moves = {State.CALLED: State.OPEN}
    form = OpenForm  # type: ignore[assignment]
    main = True
    done = "เปิดประชุมแล้ว"

    def make_form(self, *args: Any, actor: Actor, record: Meeting, **kwargs: Any) -> OpenForm:
        return OpenForm(*args, meeting=record, **kwargs)

    def ready(self, actor: Actor, record: Meeting) -> str | None:
        room = opening_room(record)
        return None if room.has_quorum else NO_QUORUM.format(present=room.present, needed=room.needed)

    def sets(self, step: Step) -> dict[str, Any]:
        return {name: step.data[name] for name in ("presiding", "opened_at")}

    def apply(self, step: Step) -> None:
        if why_not := self.ready(step.actor, step.record):
            raise Refused(why_not)
        room = opening_room(step.record)
        step.content.update(members=room.members, present=room.present, quorum=room.needed)
