"""That the channel is there: keys of the two recipients, and who the second one is. This is the evidence for the clause."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from prongsai.acts import Act, Refused, Step, perform
from prongsai.confidential.agefile import PUBLIC_KEY
from prongsai.confidential.models import ChannelKey, Deputy
from prongsai.confidential.recipients import governor_of, office_of
from prongsai.organisation.actors import Actor
from prongsai.organisation.holders import holders
from prongsai.organisation.models import Person
from prongsai.ui.forms import RadioGroup, ThaiDateField, ThaiTextField

NOT_RECIPIENT = "เฉพาะผู้ว่าราชการจังหวัด และรองผู้ว่าราชการจังหวัดที่ได้รับมอบหมายให้รับเรื่องทางช่องทางลับ"
NOT_GOVERNOR = "เฉพาะผู้ว่าราชการจังหวัด"


class MakeKey(Act):
    """สร้างกุญแจ: made in the recipient's browser; here come the public key and the private one under his passphrase."""

    title = "สร้างกุญแจช่องทางลับ"
    title_en = "Make a key of the confidential channel"
    record = ChannelKey
    clauses = ("M6.2.3.(12)",)
    moves = {None: ChannelKey.State.ACTIVE}
    face = "page"
    page = "confidential-office:key"
    secrecy = "S0"  # the fingerprint stands on the public page, and anybody may compare it with the ledger
    done = "สร้างกุญแจแล้ว ช่องทางลับใช้กุญแจนี้ตั้งแต่บัดนี้"

    def by(self, actor: Actor, record: Any) -> str | None:
        return None if office_of(actor) else NOT_RECIPIENT

    def create(self, step: Step) -> ChannelKey:
        person, public = step.actor.person, step.data["public_key"]
        if not PUBLIC_KEY.fullmatch(public) or ChannelKey.objects.filter(public_key=public).exists():
            raise Refused("กุญแจที่ได้รับไม่ถูกต้อง โปรดลองใหม่")
        for old in ChannelKey.objects.filter(person=person, state=ChannelKey.State.ACTIVE):
            perform(RetireKey, old, actor=step.actor)
        key = ChannelKey(
            province=step.actor.province,
            state=ChannelKey.State.ACTIVE,
            person=person,
            person_label=step.actor.label,
            public_key=public,
            wrapped=step.data["wrapped"],
            is_sample=step.actor.province.is_sample,
        )
        key.save(force_insert=True)
        step.content["fingerprint"] = key.fingerprint
        return key


class RetireKey(Act):
    """เลิกใช้กุญแจ: nothing new is encrypted to it; what came before stays readable with its passphrase."""

    title = "เลิกใช้กุญแจ"
    title_en = "Retire the key"
    record = ChannelKey
    clauses = ("M6.2.3.(12)",)
    moves = {ChannelKey.State.ACTIVE: ChannelKey.State.RETIRED}
    secrecy = "S0"
    grave = True
    done = "เลิกใช้กุญแจแล้ว จนกว่าท่านจะสร้างกุญแจใหม่ จะไม่มีผู้ใดส่งข้อความถึงท่านทางช่องทางลับได้"

    def by(self, actor: Actor, record: ChannelKey) -> str | None:
        return None if actor.person and record.person_id == actor.person_id else "เฉพาะเจ้าของกุญแจ"

    def sets(self, step: Step) -> dict[str, Any]:
        return {"retired_on": step.today}

    def apply(self, step: Step) -> None:
        step.content["fingerprint"] = step.record.fingerprint


class DeputyForm(forms.Form):
    person = forms.ModelChoiceField(
        label="รองผู้ว่าราชการจังหวัดที่มอบหมาย",
        queryset=Person.objects.none(),
        widget=RadioGroup,
        empty_label=None,
        error_messages={"required": "โปรดเลือกรองผู้ว่าราชการจังหวัด", "invalid_choice": "โปรดเลือกจากรายการ"},
    )
    order_no = ThaiTextField(label="คำสั่งที่", max_length=100)
    order_date = ThaiDateField(label="ลงวันที่", future=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        if actor.province is not None:
            found = holders("vice_governor", actor.province).exclude(pk=actor.person_id)
            self.fields["person"].queryset = found  # type: ignore[attr-defined]

    def clean_person(self) -> Person:
        person: Person = self.cleaned_data["person"]
        if person == self.actor.person:
            raise ValidationError("ผู้มอบหมายและผู้ได้รับมอบหมายต้องมิใช่บุคคลเดียวกัน")
        return person


def named(step: Step) -> list[int]:
    return [step.record.person_id]


class NameDeputy(Act):
    """มอบหมายรองผู้ว่าราชการจังหวัด: the governor names one vice governor by an order; one at a time (reading of M6.2.3.(12))."""

    title = "มอบหมายรองผู้ว่าราชการจังหวัดให้รับเรื่องทางช่องทางลับ"
    title_en = "Name the deputy who reads the confidential channel"
    record = Deputy
    clauses = ("M6.2.3.(12)",)
    moves = {None: Deputy.State.IN_FORCE}
    form = DeputyForm
    tells = [named]
    tells_text = "ท่านได้รับมอบหมายให้รับเรื่องทางช่องทางลับ โปรดสร้างกุญแจ"
    tells_of_duty = True
    proof = True
    done = "บันทึกคำสั่งมอบหมายแล้ว เมื่อผู้ได้รับมอบหมายสร้างกุญแจแล้ว จึงจะรับข้อความได้"

    def by(self, actor: Actor, record: Any) -> str | None:
        if actor.kind != "staff" or not actor.has("governor") or actor.province is None:
            return NOT_GOVERNOR
        return None if governor_of(actor.province) == actor.person else NOT_GOVERNOR

    def make_form(self, *args: Any, actor: Actor, record: Any, **kwargs: Any) -> DeputyForm:
        return DeputyForm(*args, actor=actor, **kwargs)

    def create(self, step: Step) -> Deputy:
        province = step.actor.province
        for former in Deputy.objects.filter(province=province, state=Deputy.State.IN_FORCE):
            perform(EndDeputy, former, actor=step.actor)
        deputy = Deputy(
            province=province,
            state=Deputy.State.IN_FORCE,
            person=step.data["person"],
            person_label=Actor.of(step.data["person"]).label,
            order_no=step.data["order_no"],
            order_date=step.data["order_date"],
            named_by=step.actor.person,
            named_label=step.actor.label,
            is_sample=province.is_sample,  # type: ignore[union-attr]
        )
        deputy.save(force_insert=True)
        step.content.update(order_no=deputy.order_no, person=deputy.person_id)
        return deputy


class EndDeputy(Act):
    """ยกเลิกการมอบหมาย: from now on he finds nothing of the channel at any door."""

    title = "ยกเลิกการมอบหมาย"
    title_en = "End the appointment"
    record = Deputy
    clauses = ("M6.2.3.(12)",)
    moves = {Deputy.State.IN_FORCE: Deputy.State.ENDED}
    grave = True

    def by(self, actor: Actor, record: Deputy) -> str | None:
        return NameDeputy().by(actor, None)

    def sets(self, step: Step) -> dict[str, Any]:
        return {"ended_on": step.today}
