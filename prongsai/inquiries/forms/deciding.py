"""Forms of the decision and of what follows it."""

from __future__ import annotations

from typing import Any

from django import forms

from prongsai.complaints.forms import reason_field
from prongsai.complaints.forms_sending import LetterForm
from prongsai.files.fields import SealedFilesField
from prongsai.inquiries.models import Inquiry, Penalty, Reopening, Sanction, Track
from prongsai.ui.forms import RadioGroup, ThaiDateField, ThaiTextarea, ThaiTextField

NACC, PACC = "nacc", "pacc"


class ActionForm(forms.Form):
    """For each respondent the tracks, chosen by a person: nothing is ticked beforehand."""

    reason = reason_field("เหตุผลประกอบคำวินิจฉัย")

    def __init__(self, *args: Any, record: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.respondents = list(record.respondents.order_by("number"))
        for one in self.respondents:
            said = f"{one.get_finding_display()}{' · ' + one.get_part_display() if one.part else ''}"
            self.fields[f"tracks_{one.number}"] = forms.MultipleChoiceField(
                label=f"ผู้ถูกกล่าวหาที่ {one.number} (ความเห็นคณะกรรมการ: {said})",
                choices=Track.choices,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
            self.fields[f"corruption_{one.number}"] = forms.BooleanField(
                label=f"ผู้ถูกกล่าวหาที่ {one.number}: การดำเนินการทางวินัยเป็นเรื่องทุจริตต่อหน้าที่ "
                "ต้องแจ้ง ป.ป.ช. ภายใน ๓๐ วัน (พ.ร.ป. ป.ป.ช. พ.ศ. ๒๕๖๑ มาตรา ๑๓๖)",
                required=False,
            )
        self.order_fields([*(n for n in self.fields if n != "reason"), "reason"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["chosen"] = []
        for one in self.respondents:
            tracks = data.get(f"tracks_{one.number}") or []
            corrupt = bool(data.get(f"corruption_{one.number}"))
            if corrupt and Track.DISCIPLINE not in tracks:
                self.add_error(f"corruption_{one.number}", "โปรดเลือกการดำเนินการทางวินัยด้วย หรือนำเครื่องหมายออก")
            data["chosen"] += [(one, t, corrupt and t == Track.DISCIPLINE) for t in tracks]
        if not self.errors and not data["chosen"]:
            self.add_error(None, "โปรดเลือกการดำเนินการอย่างน้อยหนึ่งทาง หากไม่มีให้ใช้ “ยุติเรื่อง”")
        return data


class PenaltyForm(forms.Form):
    order_no = ThaiTextField(label="คำสั่งที่", max_length=80)
    order_date = ThaiDateField(label="ลงวันที่", future=False)
    detail = ThaiTextarea(label="รายละเอียดของคำสั่ง (ถ้ามี)", max_length=5_000, required=False, rows=3,
                          help_text="ข้อความนี้ปิดผนึกไว้ในสำนวน")  # fmt: skip

    def __init__(self, *args: Any, record: Sanction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Penalty.open_to(record.track, record.respondent.staff_type)
        self.fields["penalty"] = forms.ChoiceField(
            label="โทษหรือผล", choices=[(p.value, p.label) for p in choices], widget=RadioGroup
        )
        self.order_fields(["penalty", "order_no", "order_date", "detail"])


class AuthorityForm(LetterForm):
    authority = forms.ChoiceField(
        label="แจ้งหน่วยงาน",
        choices=[(NACC, "สำนักงาน ป.ป.ช. (มาตรา ๑๓๖)"), (PACC, "สำนักงาน ป.ป.ท. (มาตรา ๔๑)")],
        widget=RadioGroup,
    )
    field_order = ["authority", "letter_no", "letter_date"]


class AppealForm(forms.Form):
    appeal_to = ThaiTextField(label="อุทธรณ์ต่อ", help_text="เช่น ก.พ.ค. หรือ อ.ก.พ. จังหวัด", max_length=200)
    appealed_on = ThaiDateField(label="อุทธรณ์เมื่อ", future=False)
    text = ThaiTextarea(label="สาระของอุทธรณ์ (ถ้ามี)", required=False, max_length=10_000, rows=4)


class AppealResultForm(forms.Form):
    appeal_result = forms.ChoiceField(label="ผลอุทธรณ์", choices=Sanction.Appeal.choices, widget=RadioGroup)
    final_on = ThaiDateField(label="วันที่ถึงที่สุด", future=False)
    text = ThaiTextarea(label="รายละเอียด (ถ้ามี)", required=False, max_length=10_000, rows=4)


class FinalForm(forms.Form):
    final_on = ThaiDateField(label="วันที่ถึงที่สุด (พ้นกำหนดอุทธรณ์)", future=False)


class PaccForm(forms.Form):
    letter_no = ThaiTextField(label="หนังสือสำนักงาน ป.ป.ท. ที่", max_length=80)
    letter_date = ThaiDateField(label="ได้รับหนังสือเมื่อ", future=False)


class ReopenForm(forms.Form):
    source = forms.ChoiceField(
        label="ที่มาของพยานหลักฐานใหม่", choices=Reopening.Source.choices, widget=RadioGroup
    )
    reason = reason_field("พยานหลักฐานใหม่คืออะไร และเหตุใดจึงควรเปิดเรื่องใหม่")
    files = SealedFilesField(label="ไฟล์พยานหลักฐานใหม่ (เมื่อเจ้าหน้าที่พบ)", required=False, max_files=10)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            data.get("source") == Reopening.Source.OFFICER
            and not data.get("files")
            and "files" not in self.errors
        ):
            self.add_error("files", "เปิดเรื่องใหม่ได้เมื่อมีพยานหลักฐานใหม่เท่านั้น โปรดแนบ")
        return data
