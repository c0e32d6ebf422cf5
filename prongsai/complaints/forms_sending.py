"""Forms with which a matter is written anew for sharing, and leaves the house by letter."""

from __future__ import annotations

from django import forms

from prongsai.complaints.forms import reason_field
from prongsai.complaints.models import Authority, Referral
from prongsai.ui.forms import CheckboxGroup, RadioGroup, ThaiDateField, ThaiTextarea, ThaiTextField


class LetterForm(forms.Form):
    """Number and date of a letter."""

    letter_no = ThaiTextField(label="เลขที่หนังสือ", max_length=80)
    letter_date = ThaiDateField(label="ลงวันที่", future=False)


class LeavingForm(LetterForm):
    """The letter with which a matter leaves the house."""

    reason = reason_field("เหตุผลที่ส่งต่อ")
    notice = ThaiTextarea(
        label="ข้อความถึงผู้ร้องเรียน", help_text="เช่น ช่องทางติดต่อของหน่วยงานนั้น", max_length=5_000, required=False
    )


class ReferForm(LeavingForm):
    to_authority = ThaiTextField(label="หน่วยงานที่มีอำนาจ", max_length=200)
    field_order = ("to_authority",)


WAYS = [(way.value, way.label) for way in Referral.Way]


class ForwardForm(LetterForm):
    sent_by = forms.ChoiceField(label="วิธีส่ง", choices=WAYS, widget=RadioGroup)


class TransferProposalForm(forms.Form):
    transfer_to = forms.ChoiceField(
        label="หน่วยงานที่มีอำนาจไต่สวน",
        choices=[(a.value, a.label) for a in (Authority.NACC, Authority.PACC)],
        widget=RadioGroup,
    )
    reason = reason_field("เหตุที่เห็นว่าอยู่ในอำนาจของหน่วยงานนั้น")


class ReplyForm(forms.Form):
    reply_no = ThaiTextField(label="เลขที่หนังสือตอบ", max_length=80)
    reply_date = ThaiDateField(label="ลงวันที่", future=False)
    text = ThaiTextarea(label="สาระของหนังสือตอบ", help_text="ข้อความนี้ปิดผนึกไว้ในสำนวน", max_length=20_000)


CHECKLIST = [
    ("sender", "ไม่มีชื่อ ที่อยู่ โทรศัพท์ อีเมล หรือเลขประจำตัวของผู้ร้องเรียน"),
    ("inference", "ไม่มีข้อความที่ทำให้รู้ว่าเป็นผู้ใด เช่น ตำแหน่ง ความสัมพันธ์ หรือเหตุการณ์ที่มีผู้รู้เพียงคนเดียว"),
    ("witnesses", "ไม่มีชื่อหรือวิธีติดต่อพยาน"),
    ("files", "ตรวจไฟล์หลักฐานที่จะส่งออกแล้วทุกหน้า รวมถึงชื่อที่ปรากฏในภาพและเอกสาร"),
]


class WorkingTextForm(forms.Form):
    """What may be shared. That it names nobody is looked at by a person: the identity is sealed even from the system (G43)."""

    text = ThaiTextarea(
        label="ข้อความใช้งาน",
        help_text="คัดจากคำร้องโดยตัดสิ่งที่ระบุตัวผู้ร้องเรียนและพยานออก ต้นฉบับคงปิดผนึกไว้ในสำนวนและไม่ถูกแก้ไข",
        rows=14,
        max_length=200_000,
    )
    checked = forms.MultipleChoiceField(
        label="ตรวจทานแล้วว่า",
        choices=CHECKLIST,
        widget=CheckboxGroup,
        error_messages={"required": "โปรดตรวจทานและทำเครื่องหมายให้ครบทุกข้อ"},
    )

    def clean_checked(self) -> list[str]:
        checked = self.cleaned_data["checked"]
        if len(checked) < len(CHECKLIST):
            raise forms.ValidationError("โปรดตรวจทานและทำเครื่องหมายให้ครบทุกข้อ")
        return checked
