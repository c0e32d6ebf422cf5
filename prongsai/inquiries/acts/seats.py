"""A member declares to have no interest, and may then read, or to have one, and leaves; when all are clear, they begin."""

from __future__ import annotations

from typing import Any

from prongsai.acts import Step, perform
from prongsai.complaints.forms import ReasonForm
from prongsai.inquiries import access, duties, naming
from prongsai.inquiries.acts.base import InquiryAct, SystemAct, locked
from prongsai.inquiries.models import Inquiry, Note, Seat
from prongsai.inquiries.sealing import take_back
from prongsai.organisation.actors import Actor

S = Seat.State
OVER = "การสอบข้อเท็จจริงนี้แล้วเสร็จแล้ว"


class OwnSeat(InquiryAct):
    record = Seat
    clauses = ("M5.2.1", "M6.2.3.(10)")

    def by(self, actor: Actor, record: Seat) -> str | None:
        own = actor.kind == "staff" and actor.person_id is not None and record.person_id == actor.person_id
        return None if own else "เฉพาะกรรมการผู้นั้น"

    def ready(self, actor: Actor, record: Seat) -> str | None:
        return None if record.inquiry.state in (Inquiry.State.ORDERED, Inquiry.State.WORKING) else OVER

    def sets(self, step: Step) -> dict[str, Any]:
        return {"declared_at": step.now}


class StartInquiry(SystemAct):
    """เริ่มสอบข้อเท็จจริง: every member has declared to have no interest."""

    title = "เริ่มสอบข้อเท็จจริง"
    title_en = "The committee begins"
    moves = {Inquiry.State.ORDERED: Inquiry.State.WORKING}
    tells = [access.committee]
    tells_text = "กรรมการแถลงครบแล้ว เริ่มสอบข้อเท็จจริงได้"


def start_when_complete(inquiry: Inquiry, at: Any) -> None:
    """Begin when the last of at least three members has declared; the inquiry's row is held, so that one of two does it."""
    now = locked(inquiry)
    states = list(now.sitting().values_list("state", flat=True))
    whole = len(states) >= 3 and now.sitting().filter(role=Seat.Role.CHAIR).exists()
    if now.state == Inquiry.State.ORDERED and whole and set(states) == {S.CLEAR}:
        perform(StartInquiry, now, actor=Actor.system(now.province), at=at)


class DeclareNoInterest(OwnSeat):
    """แถลงว่าไม่มีส่วนได้เสีย: before reading anything; with the last of them the inquiry begins."""

    title = "แถลงว่าไม่มีส่วนได้เสีย"
    title_en = "Declare to have no interest"
    moves = {S.ASKED: S.CLEAR}
    main = True
    done = "บันทึกการแถลงแล้ว ท่านอ่านสำนวนการสอบข้อเท็จจริงได้"

    def ready(self, actor: Actor, record: Seat) -> str | None:
        if why_not := super().ready(actor, record):
            return why_not
        why = access.why_in_conflict(record.person, record.inquiry.case)
        return f"ทะเบียนบุคคลแสดงว่าท่าน{why} โปรดแถลงว่ามีส่วนได้เสีย" if why else None

    def apply(self, step: Step) -> None:
        start_when_complete(step.record.inquiry, step.now)


class DeclareInterest(OwnSeat):
    """แถลงว่ามีส่วนได้เสีย: with the reason; the member leaves at once and loses the key, and the orderer names another."""

    title = "แถลงว่ามีส่วนได้เสียและขอถอนตัว"
    title_en = "Declare an interest and withdraw"
    moves = {S.ASKED: S.WITHDRAWN, S.CLEAR: S.WITHDRAWN}
    form = ReasonForm
    tells = [access.orderer]
    tells_text = "กรรมการสอบข้อเท็จจริงถอนตัว โปรดแต่งตั้งกรรมการแทน"
    tells_of_duty = True
    grave = True
    done = "บันทึกการถอนตัวแล้ว ท่านพ้นจากคณะกรรมการ"

    def apply(self, step: Step) -> None:
        seat: Seat = step.record
        seat.inquiry.put(Note.Kind.CONFLICT, step.data["reason"], step=step, about=seat)
        naming.withdraw_from(seat.inquiry.case, seat.person)
        take_back(seat.inquiry, seat.person)
        duties.hand_on(seat.inquiry)


class LeaveSeat(SystemAct):
    """พ้นจากคณะกรรมการ: replaced by order, named in the matter after all, or gone from the office, whose keys are retired
    with the account. The seat stays as history, without a key."""

    record = Seat
    title = "พ้นจากคณะกรรมการ"
    title_en = "Leave the committee"
    moves = {S.ASKED: S.REPLACED, S.CLEAR: S.REPLACED}
    tells = [access.orderer]
    tells_text = "กรรมการสอบข้อเท็จจริงพ้นจากหน้าที่ โปรดตรวจสอบองค์ประกอบ"

    def apply(self, step: Step) -> None:
        if not step.data.get("left_office"):
            take_back(step.record.inquiry, step.record.person)
        # Where another is named in the same act, that act hands on: only then there is a chair again.
        if not step.data.get("replaced"):
            duties.hand_on(step.record.inquiry)
