"""The officers' forms of measure 5. Whatever is refused is said in formal Thai beside the field."""

from __future__ import annotations

from typing import Any

from django import forms

from prongsai.complaints.models import Case, Ground, Item, RefusalGround
from prongsai.organisation.models import Person
from prongsai.ui.forms import RadioGroup, ThaiTextarea

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


GRAVEST = {Ground.CORRUPTION.value, Ground.MALFEASANCE.value}
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
        self.graver = GRAVEST & set(case.grounds)

    def clean(self) -> dict[str, Any]:
        """A matter that names corruption or an offence in office is not one of service, whatever else it is."""
        data = super().clean() or {}
        if data.get("case_class") == Case.Class.SERVICE and (
            self.graver or data.get("main_ground") in GRAVEST
        ):
            self.add_error("case_class", "เรื่องที่มีเหตุทุจริตหรือกระทำความผิดต่อตำแหน่งหน้าที่ จัดเป็นเรื่องการให้บริการมิได้")
        return data


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

    way = forms.ChoiceField(
        label="ขอทาง",
        help_text="หน้าติดตามเรื่องแสดงคำขอเสมอ โปรดระบุหากโทรศัพท์หรือส่งหนังสือถึงผู้ร้องเรียนด้วย",
        choices=[("page", "หน้าติดตามเรื่อง"), ("phone", "โทรศัพท์"), ("letter", "หนังสือ")],
        widget=RadioGroup,
        required=False,
        initial="page",
    )

    def clean_way(self) -> str:
        return self.cleaned_data["way"] or "page"

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


class RefuseAgainForm(forms.Form):
    reason = reason_field("เหตุผลที่ยืนตามคำสั่งเดิม")
    notice = ThaiTextarea(label="ข้อความแจ้งผู้ร้องเรียน", min_length=SHORTEST_REASON, max_length=5_000)


class SignTestForm(forms.Form):
    """The second officer signs with the first, or says why not."""

    agrees = forms.ChoiceField(label="เห็นพ้องกับบันทึกของเจ้าหน้าที่คนแรกหรือไม่", choices=YES_NO, widget=RadioGroup)
    reason = ThaiTextarea(label="ความเห็น", help_text="จำเป็นเมื่อไม่เห็นพ้อง", required=False, max_length=10_000)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("agrees") == "no" and len(data.get("reason") or "") < SHORTEST_REASON:
            self.add_error("reason", f"โปรดระบุเหตุผลที่ไม่เห็นพ้อง อย่างน้อย {SHORTEST_REASON} ตัวอักษร")
        return data


class PersonForm(forms.Form):
    """Somebody of a short list, and why. ``people``: (id, name and post)."""

    who: str

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.who].choices = people  # type: ignore[attr-defined]


class ExecutiveForm(PersonForm):
    who = "executive"
    executive = forms.ChoiceField(
        label="ผู้บริหารผู้วินิจฉัย", help_text="เฉพาะผู้ที่มิได้เกี่ยวข้องกับเรื่องและตั้งรหัสเปิดผนึกแล้ว", widget=RadioGroup
    )
    reason = reason_field("ความเห็นประกอบการเสนอ")


class HandlerForm(PersonForm):
    who = "to"
    to = forms.ChoiceField(label="ผู้รับผิดชอบคนใหม่", widget=RadioGroup)
    reason = reason_field("เหตุผลที่เปลี่ยนผู้รับผิดชอบ")


class RecuseForm(forms.Form):
    reason = reason_field("ความเกี่ยวข้องหรือส่วนได้เสียของท่าน")


class HeadForm(forms.Form):
    """The decision on an unsigned letter, with what the law says beside it."""

    reason = reason_field("เหตุผลประกอบคำวินิจฉัย")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = f"{self.fields['reason'].help_text} {LAW_LETS_IN}"


LAW_LETS_IN = (
    "ข้อสังเกต: พ.ร.ป. ว่าด้วยการป้องกันและปราบปรามการทุจริต พ.ศ. ๒๕๖๑ มาตรา ๖๐ และ พ.ร.บ. มาตรการของฝ่ายบริหารฯ "
    "พ.ศ. ๒๕๕๑ มาตรา ๒๔ เปิดให้รับเรื่องที่มิได้ลงชื่อได้ เมื่อระบุพฤติการณ์และพยานหลักฐานเพียงพอ"
)
