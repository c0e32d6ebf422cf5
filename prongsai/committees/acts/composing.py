"""Putting a committee together: the draft order and its members."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import IntegrityError, transaction

from prongsai.acts import Act, Refused, Step
from prongsai.committees.access import by_secretary, is_business
from prongsai.committees.models import Committee, Kind, Seat, Sector
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person, Province
from prongsai.thai.names import split_title
from prongsai.ui.forms import RadioGroup, ThaiTextarea, ThaiTextField

State = Committee.State
SAMPLE_MARK = "(ตัวอย่าง)"


class DraftForm(forms.Form):
    committee_kind = forms.ModelChoiceField(
        label="ประเภทคณะกรรมการ", queryset=Kind.objects.none(), empty_label="โปรดเลือก"
    )
    committee_name = ThaiTextField(label="ชื่อคณะกรรมการ", max_length=300)
    short_name = ThaiTextField(label="ชื่อย่อ", max_length=60, help_text="ใช้ในทะเบียนและการแจ้งเตือน")
    duties = ThaiTextarea(label="หน้าที่และอำนาจ", max_length=4000, rows=5)
    legal_basis = ThaiTextField(
        label="ฐานอำนาจ",
        max_length=1000,
        required=False,
        help_text="เว้นว่างเพื่อใช้ฐานอำนาจตามประเภท โปรดตรวจสอบว่ายังใช้บังคับก่อนออกคำสั่ง",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may = [kind.pk for kind in Kind.objects.all() if actor.has(kind.drafted_by)]
        self.fields["committee_kind"].queryset = Kind.objects.filter(pk__in=may)  # type: ignore[attr-defined]


class DraftCommittee(Act):
    """ร่างคำสั่งแต่งตั้งคณะกรรมการ: whoever drafts is its secretary in the house (M3.7, M3.9)."""

    record = Committee
    title = "ร่างคำสั่งแต่งตั้งคณะกรรมการ"
    title_en = "Draft an order appointing a committee"
    moves = {None: State.DRAFT}
    form = DraftForm
    done = "บันทึกร่างคำสั่งแล้ว โปรดเพิ่มรายชื่อกรรมการ"

    def by(self, actor: Actor, record: Any) -> str | None:
        may = is_business(actor) and (actor.has("officer") or actor.has("plan_officer"))
        return None if may else "เฉพาะเจ้าหน้าที่ของหน่วยงานฝ่ายเลขานุการ"

    def make_form(self, *args: Any, actor: Actor, record: Any, **kwargs: Any) -> DraftForm:
        return DraftForm(*args, actor=actor, **kwargs)

    def create(self, step: Step) -> Committee:
        kind, person = step.data["committee_kind"], step.actor.person
        assert person is not None  # ``by`` asks for staff
        if not step.actor.has(kind.drafted_by):
            raise Refused("ท่านมิได้รับมอบหมายให้เป็นฝ่ายเลขานุการของคณะกรรมการประเภทนี้")
        return Committee.objects.create(
            province=step.actor.province,
            agency=person.agency,
            state=State.DRAFT,
            kind=kind,
            name=step.data["committee_name"],
            short_name=step.data["short_name"],
            purpose=step.data["duties"],
            legal_basis=step.data["legal_basis"] or kind.legal_basis,
            is_public=kind.is_public,
            secretary=person,
            drafted_by=step.actor.label,
            is_sample=person.is_sample,
        )


class SeatForm(forms.Form):
    """A member. Nobody is chosen from a list of people: who is on the staff list is found by name (G39)."""

    name = ThaiTextField(label="ชื่อและนามสกุล พร้อมคำนำหน้า", max_length=200)
    position = ThaiTextField(label="ตำแหน่ง", max_length=200)
    organisation = ThaiTextField(label="หน่วยงานหรือองค์กร", max_length=200)
    sector = forms.ModelChoiceField(label="ภาคส่วน", queryset=Sector.objects.all(), widget=RadioGroup)
    role = forms.ChoiceField(
        label="บทบาทในคณะกรรมการ", choices=Seat.Role.choices, widget=RadioGroup, initial=Seat.Role.MEMBER
    )
    has_account = forms.BooleanField(
        label="เป็นบุคคลในทะเบียนของจังหวัด ซึ่งรับการแจ้งเตือนและตอบแบบด้วยตนเองได้", required=False
    )

    def __init__(self, *args: Any, province: Province, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.province = province
        self.fields["sector"].empty_label = None  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["person"] = None
        if data.get("has_account") and data.get("name"):
            found = people_called(self.province, data["name"])
            if len(found) == 1:
                data["person"] = found[0]
            else:
                why = "พบชื่อนี้มากกว่าหนึ่งคน" if found else "ไม่พบชื่อนี้"
                self.add_error("name", f"{why}ในทะเบียนบุคคลของจังหวัด โปรดตรวจสอบชื่อ หรือนำเครื่องหมายท้ายแบบออก")
        return data


def people_called(province: Province, name: str) -> list[Person]:
    """People in service whose given and family name are these, however the title is written."""
    words = split_title(name.replace(SAMPLE_MARK, ""))[1].split()
    if len(words) < 2:
        return []
    people = Person.objects.of(province).in_service()
    return list(people.filter(first_name=words[0], last_name=" ".join(words[1:]))[:2])


def new_seat(committee: Committee, data: dict[str, Any], **more: Any) -> Seat:
    """Raises ``Refused`` where the person is a member already, or there is a chair already."""
    person = data.get("person")
    seat = Seat(
        committee=committee,
        person=person,
        name=person.full_name if person else data["name"],
        **{key: data[key] for key in ("position", "organisation", "sector", "role")},
        **more,
    )
    try:
        with transaction.atomic():
            seat.save()
    except IntegrityError as error:
        if "seat_one_chair" in str(error):
            raise Refused("คณะกรรมการนี้มีประธานกรรมการอยู่แล้ว") from error
        raise Refused("บุคคลนี้เป็นกรรมการในคณะนี้อยู่แล้ว") from error
    return seat


class SecretaryOfDraft(Act):
    """What the secretary does while the order is a draft."""

    record = Committee
    moves = {State.DRAFT: State.DRAFT}

    def by(self, actor: Actor, record: Committee) -> str | None:
        return by_secretary(actor, record)


class AddSeat(SecretaryOfDraft):
    """เพิ่มกรรมการ."""

    title = "เพิ่มกรรมการ"
    title_en = "Add a member"
    main = True
    form = SeatForm  # type: ignore[assignment]
    done = "เพิ่มกรรมการแล้ว"

    def make_form(self, *args: Any, actor: Actor, record: Committee, **kwargs: Any) -> SeatForm:
        return SeatForm(*args, province=record.province, **kwargs)

    def apply(self, step: Step) -> None:
        seat = new_seat(step.record, step.data)
        step.content.update(role=seat.role, sector=seat.sector_id)
        if names := step.record.missing_names():
            step.result["message"] = f"{self.done} องค์ประกอบยังขาด: {', '.join(names)}"


class RemoveForm(forms.Form):
    seat = forms.ModelChoiceField(label="กรรมการที่นำออกจากร่าง", queryset=Seat.objects.none())

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = committee.seats_in_force()  # type: ignore[attr-defined]


class RemoveSeat(SecretaryOfDraft):
    """นำรายชื่อออกจากร่าง: a draft may be corrected; what was signed is changed by a new order."""

    title = "นำกรรมการออกจากร่าง"
    title_en = "Take a member off the draft"
    form = RemoveForm
    done = "นำรายชื่อออกจากร่างคำสั่งแล้ว"

    def make_form(self, *args: Any, actor: Actor, record: Committee, **kwargs: Any) -> RemoveForm:
        return RemoveForm(*args, committee=record, **kwargs)

    def ready(self, actor: Actor, record: Committee) -> str | None:
        return None if record.seats_in_force().exists() else "ร่างคำสั่งยังไม่มีรายชื่อกรรมการ"

    def apply(self, step: Step) -> None:
        gone = Seat.objects.filter(pk=step.data["seat"].pk, committee=step.record).delete()[0]
        if not gone:
            raise Refused("รายชื่อนี้ถูกนำออกไปแล้ว")
