"""The forms of retention. What is refused is said in formal Thai beside the field."""

from __future__ import annotations

from django import forms

from prongsai.retention.models import Hold
from prongsai.ui.forms import RadioGroup, ThaiDateField, ThaiTextarea, ThaiTextField


class HoldForm(forms.Form):
    hold_cause = forms.ChoiceField(label="เหตุที่ระงับการทำลาย", choices=Hold.Cause.choices, widget=RadioGroup)
    document_no = ThaiTextField(label="เลขที่หนังสือหรือคดี", max_length=100)


class LiftForm(forms.Form):
    document_no = ThaiTextField(label="เลขที่หนังสือที่ให้ยกเลิกการระงับ", max_length=100)


class HandInForm(forms.Form):
    """The letter by which the National Archives are asked (PM Office Regulation on Documentary Work, ข้อ 69)."""

    letter_no = ThaiTextField(label="เลขที่หนังสือถึงหอจดหมายเหตุแห่งชาติ", max_length=100)
    letter_on = ThaiDateField(label="ลงวันที่", future=False)


class ApproveForm(forms.Form):
    agreed = forms.BooleanField(
        label="หอจดหมายเหตุแห่งชาติแจ้งว่าเห็นชอบแล้ว",
        help_text="หากยังมิได้รับแจ้ง อนุมัติได้เมื่อพ้นกำหนดรอคำตอบ",
        required=False,
    )


class StopForm(forms.Form):
    reason = ThaiTextarea(label="เหตุที่ยุติ", min_length=10, max_length=2_000, rows=3)
