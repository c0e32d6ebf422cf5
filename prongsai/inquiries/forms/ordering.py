"""Forms of preparing and ordering an inquiry."""

from __future__ import annotations

from typing import Any

from django import forms

from prongsai.complaints.forms import reason_field
from prongsai.complaints.models import Case
from prongsai.files.models import SealedFile
from prongsai.inquiries import access
from prongsai.inquiries.forms.common import PeopleField, PersonField
from prongsai.inquiries.models import Inquiry, Seat
from prongsai.organisation.actors import Actor
from prongsai.thai.dates import format_date
from prongsai.ui.forms import ThaiDateField, ThaiTextarea, ThaiTextField

FEWEST = 3  # chair and members: an odd committee of three at least


class ShareForm(forms.Form):
    """What leaves the case file for the committee beside the working text: the accused's names, chosen files."""

    accused = ThaiTextarea(
        label="ผู้ถูกกล่าวหา",
        help_text="ชื่อ ตำแหน่ง และหน่วยงาน บรรทัดละหนึ่งคน เว้นว่างได้หากคำร้องมิได้ระบุตัวบุคคล",
        max_length=5_000,
        rows=3,
        required=False,
    )
    evidence = forms.MultipleChoiceField(
        label="ไฟล์หลักฐานที่ส่งให้คณะกรรมการ",
        help_text="ลำดับตามหน้าสำนวน ส่งเฉพาะฉบับใช้งานซึ่งลบข้อมูลแฝงแล้ว ตรวจว่าในไฟล์ไม่มีสิ่งที่ทำให้รู้ตัวผู้ร้องเรียน",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    checked = forms.BooleanField(
        label="ตรวจทานแล้วว่าข้อความใช้งานและไฟล์ข้างต้นไม่มีสิ่งที่ทำให้รู้ตัวผู้ร้องเรียนหรือพยาน",
        error_messages={"required": "โปรดตรวจทานและยืนยันก่อนส่งให้คณะกรรมการ"},
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        files = SealedFile.objects.filter(pk__in=case.evidence.values("file"), removed_at=None)
        pieces = case.evidence.filter(file__in=files).select_related("file").order_by("pk")
        self.fields["evidence"].choices = [  # type: ignore[attr-defined]
            (str(p.pk), f"ไฟล์ที่ {i} รับเมื่อ {format_date(p.received_at.date(), 'short')} ({p.file.size:,} ไบต์)")
            for i, p in enumerate(pieces, start=1)
        ]
        if not pieces:
            del self.fields["evidence"]


class OrderForm(forms.Form):
    order_no = ThaiTextField(label="คำสั่งที่", max_length=80)
    order_date = ThaiDateField(label="ลงวันที่", future=False)

    def __init__(self, *args: Any, actor: Actor, record: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inquiry, self.actor = record, actor
        province = record.province
        self.fields["chair"] = PersonField(label="ประธานกรรมการ", province=province)
        self.fields["members"] = PeopleField(label="กรรมการ", province=province)
        self.fields["secretary"] = PersonField(label="กรรมการและเลขานุการ", province=province)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named = [("chair", data.get("chair")), ("secretary", data.get("secretary"))]
        named += [("members", person) for person in data.get("members") or []]
        seen: set[int] = set()
        for field, person in named:
            if person is None:
                continue
            if why := access.why_not_on_committee(person, self.inquiry.case, self.actor.person):
                self.add_error(field, f"{person.full_name} เป็นกรรมการมิได้ เนื่องจาก{why}")
            if person.pk in seen:
                self.add_error(field, f"{person.full_name} ระบุซ้ำ")
            seen.add(person.pk)
        if not self.errors and len(seen) < FEWEST:
            self.add_error("members", f"คณะกรรมการต้องมีอย่างน้อย {FEWEST} คน")
        return data


class ReplaceForm(forms.Form):
    order_no = ThaiTextField(label="คำสั่งแก้ไขที่", max_length=80)

    def __init__(self, *args: Any, actor: Actor, record: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inquiry, self.actor = record, actor
        # Seats filled before it was recorded whom one replaces look vacant: of chair and secretary there is one.
        gone = record.seats.exclude(state__in=Seat.SITTING).filter(replaced_by=None)
        taken = set(record.sitting().values_list("role", flat=True)) - {Seat.Role.MEMBER}
        choices = [(str(s.pk), f"{s.label} ({s.get_role_display()})") for s in record.sitting()]
        choices += [
            (str(s.pk), f"{s.label} ({s.get_role_display()}) – พ้นแล้ว") for s in gone if s.role not in taken
        ]
        self.fields["seat"] = forms.ChoiceField(label="กรรมการที่พ้นหรือให้พ้น", choices=choices)
        self.fields["person"] = PersonField(label="ผู้ได้รับแต่งตั้งแทน", province=record.province)
        self.fields["reason"] = reason_field("เหตุที่เปลี่ยนกรรมการ")

    def clean_person(self) -> Any:
        person = self.cleaned_data["person"]
        why = access.why_not_on_committee(person, self.inquiry.case, self.actor.person)
        if not why and self.inquiry.sitting().filter(person=person).exists():
            why = "เป็นกรรมการอยู่แล้ว"
        if why:
            raise forms.ValidationError(f"{person.full_name} เป็นกรรมการมิได้ เนื่องจาก{why}")
        return person


class KeyForm(forms.Form):
    def __init__(self, *args: Any, record: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PersonField(label="ผู้รับกุญแจ", province=record.province)
