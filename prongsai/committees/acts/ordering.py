"""The order: composition checked by sector, signed, published, changed by another order, ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone

from prongsai import notices
from prongsai.acts import Act, Refused, Step
from prongsai.committees.access import by_secretary, by_signer
from prongsai.committees.acts.composing import SeatForm, new_seat
from prongsai.committees.models import Committee, Meeting, Seat
from prongsai.organisation.actors import Actor
from prongsai.ui.forms import ThaiDateField, ThaiTextarea, ThaiTextField

State = Committee.State
SMALLEST = 3  # voting members of a committee


def signer(step: Step) -> Iterator[notices.To]:
    committee: Committee = step.record
    role = committee.kind.signed_by
    agency = committee.agency_id if role == "head_agency" else None
    yield notices.To(role, committee.province, agency)


def secretary(step: Step) -> Iterator[int]:
    yield step.record.secretary_id


def members(step: Step) -> Iterator[int]:
    seats = step.record.seats_in_force().filter(person__isnull=False)
    yield from seats.values_list("person_id", flat=True)


def incomplete(committee: Committee) -> str | None:
    """``err.sector_missing`` with the names of the groups, unless the signer let the order stand without them."""
    names = committee.missing_names()
    if not names or committee.may_be_incomplete(timezone.localdate()):
        return None
    return f"องค์ประกอบคณะกรรมการยังไม่ครบทุกภาคส่วน ขาด: {', '.join(names)}"


class SubmitComposition(Act):
    """เสนอองค์ประกอบเพื่อลงนาม. What is missing is told here, and blocks the signature, not the proposal (AT-M3-05)."""

    record = Committee
    title = "ตรวจองค์ประกอบและเสนอลงนาม"
    title_en = "Check the composition and submit for signature"
    moves = {State.DRAFT: State.CHECKED}
    tells = [signer]
    tells_of_duty = True
    tells_text = "โปรดพิจารณาลงนามคำสั่งแต่งตั้ง"

    def by(self, actor: Actor, record: Committee) -> str | None:
        return by_secretary(actor, record)

    def ready(self, actor: Actor, record: Committee) -> str | None:
        seats = list(record.seats_in_force())
        if not any(seat.role == Seat.Role.CHAIR for seat in seats):
            return "ยังมิได้ระบุประธานกรรมการ"
        if not any(seat.role in (Seat.Role.SECRETARY, Seat.Role.MEMBER_SECRETARY) for seat in seats):
            return "ยังมิได้ระบุเลขานุการ"
        if sum(seat.votes for seat in seats) < SMALLEST:
            return f"คณะกรรมการต้องมีกรรมการอย่างน้อย {SMALLEST} คน"
        return None

    def apply(self, step: Step) -> None:
        committee: Committee = step.record
        names = committee.missing_names()
        step.content.update(members=committee.seats_in_force().count(), missing=committee.missing_groups())
        step.result["message"] = (
            f"เสนอลงนามแล้ว แต่องค์ประกอบยังขาด: {', '.join(names)}"
            if names
            else "องค์ประกอบครบทุกภาคส่วน เสนอลงนามแล้ว"
        )


class SignerAct(Act):
    """Of whoever signs the orders of this kind of committee."""

    record = Committee

    def by(self, actor: Actor, record: Committee) -> str | None:
        return by_signer(actor, record)


class IncompleteForm(forms.Form):
    reason = ThaiTextarea(label="เหตุผลที่ยังแต่งตั้งไม่ครบทุกภาคส่วน", min_length=30, max_length=2000, rows=4)
    until = ThaiDateField(label="ใช้องค์ประกอบนี้ได้ถึงวันที่", earliest=timezone.localdate)


class AllowIncomplete(SignerAct):
    """ให้ใช้องค์ประกอบที่ยังไม่ครบ: only with a reason and a last day (AT-M3-05)."""

    title = "อนุญาตองค์ประกอบที่ยังไม่ครบ (ระบุเหตุผลและวันสิ้นสุด)"
    title_en = "Allow an incomplete composition, with reason and last day"
    moves = {State.CHECKED: State.CHECKED}
    form = IncompleteForm
    grave = True
    tells = [secretary]

    def ready(self, actor: Actor, record: Committee) -> str | None:
        return None if record.missing_groups() else "องค์ประกอบครบทุกภาคส่วนแล้ว"

    def sets(self, step: Step) -> dict[str, Any]:
        return {"override_reason": step.data["reason"], "override_until": step.data["until"]}

    def apply(self, step: Step) -> None:
        step.clauses.extend(step.record.kind.practices)
        step.content.update(missing=step.record.missing_groups(), until=step.data["until"].isoformat())


class ReturnForm(forms.Form):
    reason = ThaiTextarea(label="สิ่งที่ต้องแก้ไข", max_length=2000, rows=4)


class ReturnDraft(SignerAct):
    """ส่งกลับแก้ไข."""

    title = "ส่งร่างกลับแก้ไข"
    title_en = "Return the draft"
    moves = {State.CHECKED: State.DRAFT}
    form = ReturnForm
    tells = [secretary]
    tells_of_duty = True

    def sets(self, step: Step) -> dict[str, Any]:
        return {"returned_reason": step.data["reason"]}


class OrderForm(forms.Form):
    order_no = ThaiTextField(label="คำสั่งที่", max_length=100)
    order_date = ThaiDateField(label="ลงวันที่", future=False)
    starts_on = ThaiDateField(label="มีผลตั้งแต่วันที่")
    ends_on = ThaiDateField(label="ครบวาระวันที่", required=False, help_text="เว้นว่างเมื่อคำสั่งมิได้กำหนดวาระ")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "วันที่สิ้นสุดต้องไม่อยู่ก่อนวันที่เริ่มต้น")
        return data


class SignOrder(SignerAct):
    """ลงนามคำสั่งแต่งตั้ง: blocked while a required sector is absent (AT-M3-05, AT-M3-13)."""

    title = "ลงนามคำสั่งแต่งตั้ง"
    title_en = "Sign the order"
    moves = {State.CHECKED: State.SIGNED}
    form = OrderForm
    main = True
    tells = [secretary, members]
    tells_text = "ลงนามคำสั่งแต่งตั้งแล้ว"

    def ready(self, actor: Actor, record: Committee) -> str | None:
        return incomplete(record)

    def sets(self, step: Step) -> dict[str, Any]:
        names = ("order_no", "order_date", "starts_on", "ends_on")
        return {**{name: step.data[name] for name in names}, "signed_by": step.actor.label}

    def apply(self, step: Step) -> None:
        committee, data = step.record, step.data
        if why_not := incomplete(committee):  # the row is ours now: nobody changes a seat behind the check
            raise Refused(why_not)
        committee.seats.filter(ends_on=None).update(
            order_no=data["order_no"], order_date=data["order_date"], starts_on=data["starts_on"]
        )
        Committee.objects.filter(pk=committee.pk).update(search_norm=committee.searchable())
        step.clauses.extend(committee.kind.practices)
        step.content.update(order_no=data["order_no"], members=committee.seats_in_force().count())


class PublishComposition(Act):
    """เผยแพร่องค์ประกอบ: the public register shows who sits, from which sector, by which order (M3.7, M3.9)."""

    record = Committee
    title = "เผยแพร่องค์ประกอบคณะกรรมการ"
    title_en = "Publish the composition"
    moves = {State.SIGNED: State.PUBLISHED}
    secrecy = "S0"
    main = True

    def by(self, actor: Actor, record: Committee) -> str | None:
        return by_secretary(actor, record)

    def ready(self, actor: Actor, record: Committee) -> str | None:
        return None if record.is_public else "คณะกรรมการประเภทนี้มิได้เปิดเผยต่อประชาชน"

    def apply(self, step: Step) -> None:
        committee: Committee = step.record
        step.clauses.extend(committee.kind.practices)
        step.content.update(
            committee=committee.name,
            order_no=committee.order_no,
            seats=[
                {"name": s.name, "role": s.role, "sector": s.sector_id} for s in committee.seats_in_force()
            ],
        )


class ReplaceForm(SeatForm):
    leaving = forms.ModelChoiceField(label="กรรมการที่พ้นจากตำแหน่ง", queryset=Seat.objects.none())
    leaving_reason = ThaiTextField(label="เหตุที่พ้นจากตำแหน่ง", max_length=300)
    order_no = ThaiTextField(label="คำสั่งที่", max_length=100)
    order_date = ThaiDateField(label="ลงวันที่", future=False)
    starts_on = ThaiDateField(label="มีผลตั้งแต่วันที่")
    field_order = ("leaving", "leaving_reason", "name")

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, province=committee.province, **kwargs)
        self.fields["leaving"].queryset = committee.seats_in_force()  # type: ignore[attr-defined]
        del self.fields["role"]


class ReplaceSeat(SignerAct):
    """เปลี่ยนตัวกรรมการโดยคำสั่งใหม่: the old seat ends with the order, the new one begins with it; both stay on record."""

    title = "แต่งตั้งกรรมการแทน (คำสั่งใหม่)"
    title_en = "Replace a member by a new order"
    moves = {State.SIGNED: State.SIGNED, State.PUBLISHED: State.PUBLISHED}
    form = ReplaceForm  # type: ignore[assignment]
    tells = [secretary, members]
    done = "แต่งตั้งกรรมการแทนแล้ว"

    def make_form(self, *args: Any, actor: Actor, record: Committee, **kwargs: Any) -> ReplaceForm:
        return ReplaceForm(*args, committee=record, **kwargs)

    def apply(self, step: Step) -> None:
        committee, data = step.record, step.data
        old: Seat = data["leaving"]
        starts = data["starts_on"]
        if old.starts_on and starts < old.starts_on:
            raise Refused("วันที่มีผลต้องไม่อยู่ก่อนวันที่กรรมการคนเดิมเริ่มดำรงตำแหน่ง")
        ended = Seat.objects.filter(pk=old.pk, committee=committee, ends_on=None).update(
            ends_on=starts, ended_by_order=data["order_no"], end_reason=data["leaving_reason"]
        )
        if not ended:
            raise Refused("กรรมการผู้นี้พ้นจากตำแหน่งไปแล้ว")
        order = {"order_no": data["order_no"], "order_date": data["order_date"], "starts_on": starts}
        new_seat(committee, {**data, "role": old.role}, replaces=old, **order)
        if why_not := incomplete(committee):
            raise Refused(why_not)
        step.clauses.extend(committee.kind.practices)
        step.content.update(order_no=data["order_no"], role=old.role)


class EndForm(forms.Form):
    ends_on = ThaiDateField(label="พ้นวาระวันที่")
    reason = ThaiTextarea(label="เหตุที่พ้นวาระ", max_length=1000, rows=3)


class EndCommittee(SignerAct):
    """ให้คณะกรรมการพ้นวาระ."""

    title = "ให้คณะกรรมการพ้นวาระ"
    title_en = "End the committee"
    moves = {State.SIGNED: State.ENDED, State.PUBLISHED: State.ENDED}
    form = EndForm
    grave = True
    tells = [secretary, members]

    def ready(self, actor: Actor, record: Committee) -> str | None:
        running = record.meetings.exclude(  # type: ignore[attr-defined]
            state__in=[Meeting.State.CERTIFIED, Meeting.State.CANCELLED, Meeting.State.DRAFT]
        )
        return "ยังมีการประชุมที่รายงานยังมิได้รับรอง" if running.exists() else None

    def sets(self, step: Step) -> dict[str, Any]:
        if step.record.starts_on and step.data["ends_on"] < step.record.starts_on:
            raise Refused("วันที่สิ้นสุดต้องไม่อยู่ก่อนวันที่เริ่มต้น")
        return {"ends_on": step.data["ends_on"], "end_reason": step.data["reason"]}

    def apply(self, step: Step) -> None:
        committee, ends = step.record, step.data["ends_on"]
        committee.seats.filter(ends_on=None, starts_on__lte=ends).update(ends_on=ends)
