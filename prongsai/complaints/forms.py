"""The officers' forms of measure 5. Whatever is refused is said in formal Thai beside the field."""

from __future__ import annotations

from typing import Any

from django import forms

from prongsai.complaints.models import Case, Ground, Item, RefusalGround
from prongsai.organisation.models import Person
from prongsai.ui.forms import RadioGroup, ThaiDateField, ThaiTextarea, ThaiTextField

OUTSIDE = "outside"
SHORTEST_REASON = 30  # characters (AT-M5-18)


def item_label(item: str) -> str:
    return Item(item).label


def reason_field(label: str = "เหตุผล", **kwargs: Any) -> ThaiTextarea:
    return ThaiTextarea(
        label=label,
        min_length=SHORTEST_REASON,
        max_length=10_000,
        help_text=f"อย่างน้อย {SHORTEST_REASON} ตัวอักษร ข้อความนี้ปิดผนึกไว้ในสำนวน",
        **kwargs,
    )


class ReasonForm(forms.Form):
    reason = reason_field()


class OptionalReasonForm(forms.Form):
    reason = ThaiTextarea(label="ความเห็น (ถ้ามี)", required=False, max_length=10_000)


class CheckForm(forms.Form):
    text = reason_field("สิ่งที่ตรวจสอบ และผลที่พบ")


YES_NO = [("yes", "ใช่"), ("no", "ไม่ใช่")]


class UnsignedForm(forms.Form):
    """The two-part test of M5.2.3, each part with its text. Strong documents alone go to the head, never refused by rule."""

    evidence_test = forms.ChoiceField(
        label="ระบุหลักฐานกรณีแวดล้อมปรากฏชัดแจ้งหรือไม่", choices=YES_NO, widget=RadioGroup
    )
    evidence_text = reason_field("หลักฐานที่พิจารณา")
    witness_test = forms.ChoiceField(label="ชี้พยานบุคคลแน่นอนหรือไม่", choices=YES_NO, widget=RadioGroup)
    witness_text = reason_field("พยานที่พิจารณา")


class AssessForm(forms.Form):
    """Scope, class, main ground and foundation, with the reason."""

    accused_staff_type = forms.ChoiceField(
        label="ผู้ถูกร้องเรียนเป็นเจ้าหน้าที่ประเภทใด",
        help_text="ตามคำนิยามของประกาศ (มาตรการที่ ๕ ข้อ ๑) หากมิใช่เจ้าหน้าที่ของส่วนราชการในจังหวัด ให้ส่งต่อ มิใช่ไม่รับพิจารณา",
        choices=[
            *Person.StaffType.choices,
            (OUTSIDE, "มิใช่เจ้าหน้าที่ของส่วนราชการในจังหวัด (เช่น เจ้าหน้าที่ขององค์กรปกครองส่วนท้องถิ่น)"),
        ],
        widget=RadioGroup,
    )
    case_class = forms.ChoiceField(
        label="ประเภทเรื่อง",
        choices=[c for c in Case.Class.choices if c[0] != Case.Class.OUT_OF_SCOPE],
        widget=RadioGroup,
    )
    main_ground = forms.ChoiceField(label="เหตุหลักแห่งการร้องเรียน", choices=Ground.choices, widget=RadioGroup)
    foundation = forms.ChoiceField(
        label="มูลของเรื่อง",
        help_text="พิจารณาจากเอกสาร วัตถุ บุคคล และข้อเท็จจริงที่ตรวจสอบได้ ถ้อยคำไม่สุภาพมิใช่เหตุที่จะไม่รับเรื่อง",
        choices=Case.Foundation.choices,
        widget=RadioGroup,
    )
    note = reason_field("บันทึกการกลั่นกรอง")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "accused_staff_type": case.accused_staff_type or (OUTSIDE if case.accused_outside else ""),
            "case_class": case.case_class,
            "main_ground": case.main_ground or (min(case.grounds) if case.grounds else ""),
            "foundation": case.foundation,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)


class AskForm(forms.Form):
    """What is missing is listed by the system; the officer may add and must say it in words."""

    items = forms.MultipleChoiceField(
        label="รายการที่ขอให้ส่งเพิ่มเติม", choices=Item.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    text = ThaiTextarea(
        label="ข้อความถึงผู้ร้องเรียน",
        help_text="แสดงในหน้าติดตามเรื่อง ขอได้หนึ่งครั้ง ผู้ร้องเรียนมีเวลาตอบตามที่กำหนด",
        min_length=SHORTEST_REASON,
        max_length=5_000,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        kwargs["initial"] = {"items": case.items_missing, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class RefuseForm(forms.Form):
    ground = forms.ChoiceField(label="เหตุที่ไม่รับพิจารณา", widget=RadioGroup)
    reason = reason_field("เหตุผลที่เสนอไม่รับพิจารณา")
    notice = ThaiTextarea(
        label="ข้อความแจ้งผู้ร้องเรียน",
        help_text="แจ้งเหตุและสิทธิขอให้ทบทวนภายใน ๓๐ วัน ส่งเมื่อเจ้าหน้าที่คนที่สองยืนยันแล้ว",
        min_length=SHORTEST_REASON,
        max_length=5_000,
    )

    def __init__(self, *args: Any, grounds: list[RefusalGround], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(g.value, g.label) for g in grounds]  # type: ignore[attr-defined]


class ReferForm(forms.Form):
    to_authority = ThaiTextField(label="หน่วยงานที่มีอำนาจ", max_length=200)
    letter_no = ThaiTextField(label="เลขที่หนังสือ", max_length=80)
    letter_date = ThaiDateField(label="ลงวันที่", future=False)
    reason = reason_field("เหตุผลที่ส่งต่อ")
    notice = ThaiTextarea(
        label="ข้อความถึงผู้ร้องเรียน", help_text="เช่น ช่องทางติดต่อของหน่วยงานนั้น", max_length=5_000, required=False
    )
