"""Forms of the committee's work."""

from __future__ import annotations

from typing import Any

from django import forms

from prongsai.complaints.forms import reason_field
from prongsai.complaints.forms_sending import LetterForm
from prongsai.compliance.models import Clause
from prongsai.compliance.registers import current_announcement
from prongsai.files.fields import SealedFilesField
from prongsai.inquiries import naming
from prongsai.inquiries.forms.common import the_one
from prongsai.inquiries.models import Finding, Inquiry, Part, Respondent, Summons
from prongsai.organisation.models import Person, Province
from prongsai.ui.forms import RadioGroup, ThaiDateField, ThaiTextarea, ThaiTextField

SEALED = "ข้อความนี้ปิดผนึกไว้ในสำนวนการสอบข้อเท็จจริง"


class RespondentForm(forms.Form):
    """Whoever is on the staff list by this name is shut out of the matter at once."""

    name = ThaiTextField(label="ชื่อและนามสกุล พร้อมคำนำหน้า", max_length=200)
    position = ThaiTextField(label="ตำแหน่งและสังกัด ในเวลาเกิดเหตุ", max_length=300)
    staff_type = forms.ChoiceField(label="ประเภทเจ้าหน้าที่", choices=Person.StaffType.choices, widget=RadioGroup)
    is_executive = forms.BooleanField(label="เป็นผู้บริหาร", required=False)


class SummonsForm(LetterForm):
    kind = forms.ChoiceField(label="ผู้ถูกเรียกหรือเชิญ", choices=Summons.Kind.choices, widget=RadioGroup)
    name = ThaiTextField(
        label="ชื่อและนามสกุล พร้อมคำนำหน้า",
        help_text="เจ้าหน้าที่ต้องตรงกับทะเบียนบุคคลของจังหวัด ชื่อพยานปิดผนึกไว้",
        max_length=200,
    )
    position = ThaiTextField(label="ตำแหน่งหรือที่อยู่", max_length=300, required=False)
    asked = ThaiTextarea(label="เรื่องที่ขอให้ชี้แจง ส่งเอกสาร หรือมาให้ถ้อยคำ (วัน เวลา สถานที่)", help_text=SEALED,
                         min_length=10, max_length=10_000)  # fmt: skip
    field_order = ["kind", "name", "position", "letter_no", "letter_date", "asked"]

    def __init__(self, *args: Any, record: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inquiry = record

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["person"] = None
        if data.get("kind") != Summons.Kind.OFFICER or not data.get("name"):
            return data
        try:
            person = data["person"] = the_one(self.inquiry.province, data["name"])
        except forms.ValidationError as error:
            self.add_error("name", error)
            return data
        if naming.is_named_in(person, self.inquiry.case):
            self.add_error("name", "ผู้นี้เป็นผู้ถูกกล่าวหาหรือเกี่ยวข้องกับเรื่อง ให้ใช้การแจ้งข้อกล่าวหา มิใช่หนังสือเรียก")
        return data


class AnswerForm(forms.Form):
    answered_on = ThaiDateField(label="ได้รับคำตอบเมื่อ", future=False)
    text = ThaiTextarea(label="สาระของคำตอบ", help_text=SEALED, max_length=50_000)
    files = SealedFilesField(label="เอกสารที่ส่งมา", required=False, max_files=10)


class FactForm(forms.Form):
    text = reason_field("ข้อเท็จจริงเรื่องการไม่ให้ความร่วมมือ")


class StatementForm(forms.Form):
    name = ThaiTextField(label="ชื่อและนามสกุลผู้ให้ถ้อยคำ พร้อมคำนำหน้า", max_length=200)
    position = ThaiTextField(label="ตำแหน่งหรือที่อยู่", max_length=300, required=False)
    taken_on = ThaiDateField(label="วันที่ให้ถ้อยคำ", future=False)
    place = ThaiTextField(label="สถานที่", max_length=200)
    text = ThaiTextarea(label="ถ้อยคำ", help_text=SEALED, min_length=10, max_length=100_000, rows=14)

    def __init__(self, *args: Any, record: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        respondents = [(str(r.pk), f"ผู้ถูกกล่าวหาที่ {r.number}") for r in record.respondents.order_by("number")]
        self.fields["respondent"] = forms.ChoiceField(
            label="ให้ถ้อยคำในฐานะ", choices=[("", "พยานหรือผู้เกี่ยวข้อง"), *respondents], required=False
        )


class ReadBackForm(forms.Form):
    read_back = forms.BooleanField(
        label="อ่านให้ผู้ให้ถ้อยคำฟังแล้ว และผู้ให้ถ้อยคำรับรองว่าถูกต้อง",
        error_messages={"required": "โปรดอ่านทวนให้ผู้ให้ถ้อยคำฟังก่อนบันทึกการรับรอง"},
    )
    correction = ThaiTextarea(
        label="ข้อแก้ไขที่ผู้ให้ถ้อยคำขอ (ถ้ามี)", help_text=SEALED, max_length=20_000, required=False
    )


class EvidenceForm(forms.Form):
    description = ThaiTextarea(
        label="รายการและที่มาของพยานหลักฐาน", help_text=SEALED, min_length=5, max_length=5_000, rows=3
    )
    files = SealedFilesField(label="ไฟล์", max_files=10)


class TellForm(forms.Form):
    """Administrative Procedure Act s.30: enough to answer to; never the complaint, never who made it."""

    summary = ThaiTextarea(
        label="สรุปข้อกล่าวหา",
        help_text="แจ้งเฉพาะสาระของข้อกล่าวหาที่เพียงพอให้ชี้แจงได้ มิใช่คำร้องเรียน และไม่มีสิ่งที่ทำให้รู้ตัวผู้ร้องเรียนหรือพยาน",
        min_length=30,
        max_length=20_000,
    )
    told_on = ThaiDateField(label="แจ้งเมื่อ", future=False)


class HearingForm(forms.Form):
    hearing = forms.ChoiceField(label="การรับฟัง", choices=Respondent.Hearing.choices, widget=RadioGroup)
    heard_on = ThaiDateField(label="เมื่อ", future=False)
    text = reason_field("คำชี้แจง หรือข้อเท็จจริงเรื่องการไม่ชี้แจง")

    def __init__(self, *args: Any, record: Respondent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.respondent = record

    def clean(self) -> dict[str, Any]:
        data, respondent = super().clean() or {}, self.respondent
        on = data.get("heard_on")
        if on and respondent.told_on and on < respondent.told_on:
            self.add_error("heard_on", "วันที่รับฟังต้องไม่อยู่ก่อนวันที่แจ้งข้อกล่าวหา")
        silent = data.get("hearing") == Respondent.Hearing.SILENT
        if silent and on and respondent.answer_by and on <= respondent.answer_by:
            self.add_error("hearing", "ยังไม่พ้นกำหนดที่ให้ผู้ถูกกล่าวหาชี้แจง")
        return data


def conduct_choices(province: Province) -> list[tuple[str, str]]:
    """The seventeen items C1–C17 of M6.2.3 and the prohibitions of M1.1, in the words of the announcement in force."""
    clauses = Clause.objects.filter(announcement=current_announcement(province), operative=True).order_by(
        "seq"
    )
    found: dict[str, str] = {}
    for clause in clauses:
        for practice in clause.practices:
            if practice.startswith("M6.2.3.("):
                found.setdefault(practice, f"C{practice[8:-1]} {clause.title_th}")
            elif practice.startswith("M1.1."):
                found.setdefault(practice, f"{practice} {clause.title_th}")
    return sorted(found.items(), key=lambda item: (item[0].startswith("M1"), len(item[0]), item[0]))


class FindingForm(forms.Form):
    finding = forms.ChoiceField(label="ความเห็นของคณะกรรมการ", choices=Finding.choices, widget=RadioGroup)
    part = forms.ChoiceField(
        label="ฐานะของผู้ถูกกล่าวหา",
        help_text="ผู้ที่รู้แล้วเพิกเฉยพิจารณาแยกจากตัวการ แม้มิได้กระทำการใด",
        choices=[("", "ไม่มี (ไม่มีมูล)"), *Part.choices],
        widget=RadioGroup,
        required=False,
    )
    reason = reason_field("เหตุผลและพยานหลักฐาน")

    def __init__(self, *args: Any, record: Respondent, **kwargs: Any) -> None:
        kwargs["initial"] = {"finding": record.finding, "part": record.part, "conduct": record.conduct,
                             **(kwargs.get("initial") or {})}  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["conduct"] = forms.MultipleChoiceField(
            label="ข้อกำหนดจริยธรรมหรือข้อห้ามที่เกี่ยวข้อง",
            choices=conduct_choices(record.province),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.order_fields(["finding", "part", "conduct", "reason"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        finding, part = data.get("finding"), data.get("part")
        if finding == Finding.UNFOUNDED and part:
            self.add_error("part", "เมื่อไม่มีมูล ผู้ถูกกล่าวหาไม่มีฐานะในการกระทำ")
        if finding and finding != Finding.UNFOUNDED and not part:
            self.add_error("part", "โปรดระบุฐานะของผู้ถูกกล่าวหา")
        return data


class ReportForm(forms.Form):
    text = reason_field("รายงาน: ข้อเท็จจริงที่ปรากฏ ข้อกฎหมาย และความเห็น")

    def __init__(self, *args: Any, record: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not record.respondents.exists():
            self.fields["nobody"] = forms.BooleanField(
                label="สอบแล้วไม่ปรากฏตัวผู้กระทำ",
                error_messages={"required": "ยังไม่มีผู้ถูกกล่าวหาในสำนวน โปรดเพิ่ม หรือยืนยันว่าไม่ปรากฏตัวผู้กระทำ"},
            )
