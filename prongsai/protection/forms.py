"""The forms of protection. Whatever is refused is said in formal Thai beside the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.complaints.forms import reason_field
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.protection.models import HrAction, Measure, ProtectionCase
from prongsai.staff.forms import PeopleField
from prongsai.thai.text import search_normalise
from prongsai.ui.forms import RadioGroup, ThaiDateField, ThaiTextarea, ThaiTextField

PERIOD = "วันที่สิ้นสุดต้องไม่อยู่ก่อนวันที่เริ่มต้น"


class RequestForm(forms.Form):
    """The reporter's own words, sealed to the protection team; a name is needed, because a person is protected."""

    name = ThaiTextField(label=_("ชื่อและนามสกุลของท่าน"), max_length=200)
    post = ThaiTextField(label=_("ตำแหน่งและหน่วยงานของท่าน (ถ้าเป็นเจ้าหน้าที่)"), max_length=300, required=False)
    contact = ThaiTextField(label=_("ช่องทางที่ติดต่อท่านได้โดยปลอดภัย"), max_length=300, required=False)
    feared = ThaiTextarea(
        label=_("ผู้ที่ท่านเกรงว่าจะตอบโต้ (ชื่อและนามสกุล)"),
        help_text=_("ผู้ที่ท่านระบุชื่อจะไม่เห็นและไม่ได้พิจารณาคำขอนี้"),
        max_length=2_000,
        rows=3,
        required=False,
    )
    danger = ThaiTextarea(label=_("สิ่งที่เกิดขึ้นแล้ว หรือที่ท่านเกรงว่าจะเกิดขึ้น"), max_length=20_000)
    wish = ThaiTextarea(label=_("สิ่งที่ท่านประสงค์ให้ช่วย (ถ้ามี)"), max_length=5_000, rows=3, required=False)


class WithdrawForm(forms.Form):
    reason = ThaiTextarea(label=_("เหตุผล (ถ้ามี)"), max_length=5_000, rows=3, required=False)


class PersonField(ThaiTextField):
    """A person of the staff list by first name and surname, as typed; one and only one must answer to it."""

    def __init__(self, *, many: bool = False, **kwargs: Any) -> None:
        super().__init__(max_length=2_000, **kwargs)
        self.many = many
        self.people = Person.objects.none()
        if many:
            self.multiline = True
            self.widget = forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = [self._find(line) for line in (text or "").splitlines() if line.strip()]
        if self.many:
            return found
        return found[0] if found else None

    def _find(self, line: str) -> Person:
        words = [w for w in search_normalise(line).split() if w]
        rows = self.people
        for word in words:
            rows = rows.filter(search_norm__contains=word)
        people = list(rows[:2])
        if len(people) != 1:
            why = "ไม่พบ" if not people else "พบมากกว่าหนึ่งคนที่ตรงกับ"
            raise forms.ValidationError(f"{why} “{line.strip()}” ในทะเบียนเจ้าหน้าที่ โปรดระบุชื่อและนามสกุล")
        return people[0]


class AssessForm(forms.Form):
    risk = forms.ChoiceField(label="ระดับความเสี่ยง", choices=ProtectionCase.Risk.choices, widget=RadioGroup)
    reporter = PersonField(
        label="ผู้แจ้งในทะเบียนเจ้าหน้าที่ (ถ้าเป็นเจ้าหน้าที่)",
        help_text="ชื่อและนามสกุล ระบบเก็บเพียงรหัสสำหรับเปรียบเทียบ มิได้เก็บชื่อในส่วนที่เปิด",
        required=False,
    )
    line = PersonField(
        label="ผู้ที่อาจตอบโต้ (บรรทัดละหนึ่งคน)",
        help_text="ผู้ถูกกล่าวหาและผู้บังคับบัญชาที่เกี่ยวข้อง ใช้เทียบกับการดำเนินการด้านบุคคล",
        many=True,
        required=False,
    )
    reason = reason_field("เหตุผลของการประเมิน และมาตรการที่เสนอ")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reporter", "line"):
            people = Person.objects.filter(province=actor.province).in_service()
            self.fields[name].people = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reporter") and data["reporter"] in (data.get("line") or []):
            self.add_error("line", "ผู้แจ้งและผู้ที่อาจตอบโต้ต้องมิใช่บุคคลเดียวกัน")
        return data


class OrderForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label="มาตรการ",
        choices=Measure.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "โปรดเลือกอย่างน้อยหนึ่งมาตรการ"},
    )
    start = ThaiDateField(label="ตั้งแต่วันที่")
    end = ThaiDateField(label="ถึงวันที่ (ถ้ากำหนด)", required=False)
    order_no = ThaiTextField(label="คำสั่งที่", max_length=100)
    order_date = ThaiDateField(label="ลงวันที่", future=False)
    detail = reason_field("รายละเอียดของมาตรการ")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("end") and data.get("start") and data["end"] < data["start"]:
            self.add_error("end", PERIOD)
        return data


class MeasureField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_kind_display()} {obj.period}"


class InstructForm(forms.Form):
    measure = MeasureField(
        label="มาตรการ",
        queryset=Measure.objects.none(),
        widget=RadioGroup,
        empty_label=None,
        error_messages={"required": "โปรดเลือกมาตรการ", "invalid_choice": "โปรดเลือกจากรายการ"},
    )
    head = PeopleField(
        label="หัวหน้าส่วนราชการผู้ดำเนินการ",
        queryset=Person.objects.none(),
        empty_label="โปรดเลือก",
        help_text="ผู้ที่เกี่ยวข้องกับเรื่องรับมอบหมายมิได้ ระบบตรวจสอบก่อนส่ง",
        error_messages={"required": "โปรดเลือกผู้ดำเนินการ", "invalid_choice": "โปรดเลือกจากรายการ"},
    )
    reason = reason_field("สิ่งที่ให้ดำเนินการ (ระบุเพียงที่จำเป็น ไม่กล่าวถึงเรื่องร้องเรียน)")

    def __init__(self, *args: Any, measures: models.QuerySet, heads: models.QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].queryset = measures  # type: ignore[attr-defined]
        self.fields["head"].queryset = heads  # type: ignore[attr-defined]


class CarriedOutForm(forms.Form):
    reason = reason_field("สิ่งที่ได้ดำเนินการ และวันที่มีผล")


class ReviewForm(forms.Form):
    found = forms.ChoiceField(
        label="พบการตอบโต้หรือไม่", choices=[("no", "ไม่พบ"), ("yes", "พบ")], widget=RadioGroup
    )
    reason = reason_field("สิ่งที่ตรวจสอบ และผลที่พบ")


class HrActionForm(forms.Form):
    whom = PersonField(label="ผู้ได้รับผล (ชื่อและนามสกุล)")
    action = forms.ChoiceField(label="การดำเนินการ", choices=HrAction.Kind.choices, widget=RadioGroup)
    order_no = ThaiTextField(label="คำสั่งหรือหนังสือที่ (หรือร่าง)", max_length=100)
    effective_on = ThaiDateField(label="มีผลวันที่")
    reason = ThaiTextarea(label="เหตุผลของการดำเนินการ", min_length=30, max_length=5_000)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(province=actor.province).in_service()
        if not actor.has("governor"):
            people = people.filter(agency_id__in=actor.agencies("head_agency") or ())
        self.fields["whom"].people = people.exclude(pk=actor.person_id)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    answer = ThaiTextarea(label="เหตุผลและเอกสารอ้างอิง", min_length=30, max_length=5_000)


class StopForm(forms.Form):
    order_no = ThaiTextField(label="คำสั่งให้ระงับหรือยกเลิกที่", max_length=100)
    reason = reason_field()
