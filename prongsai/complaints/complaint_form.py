"""The web complaint: the seven items of M5.2.2, checked on the server. One page; works without JavaScript.

Two things are asked once and then let through (domain analysis AT-M5-24, AT-M5-29): an empty request, and an event
before B.E. 2500. What has been asked travels in the hidden field ``asked``; forging it only skips the question.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prongsai.complaints.models import Ground, Item
from prongsai.config.postgresql.kept import Kept, fingerprint
from prongsai.files.fields import SealedFilesField
from prongsai.organisation.models import Agency
from prongsai.registers.language import in_english
from prongsai.ui.forms import (
    CheckboxGroup,
    EmailField,
    MoneyField,
    PhoneField,
    RadioGroup,
    ThaiDateField,
    ThaiTextarea,
    ThaiTextField,
)

OTHER_AGENCY = "other"
LONG_AGO = dt.date(1957, 1, 1)  # B.E. 2500
NARRATIVE_LIMIT = 200_000  # characters

GROUND_WORDS = {
    Ground.CORRUPTION: _("เรียกรับเงินหรือผลประโยชน์ ยักยอก หรือใช้ตำแหน่งหาประโยชน์ให้ตนเองหรือพวกพ้อง"),
    Ground.MALFEASANCE: _("ใช้ตำแหน่งหน้าที่ในทางที่ผิด ปลอมหรือรับรองเอกสารเป็นเท็จ"),
    Ground.NEGLECT: _("ไม่ทำหน้าที่ที่กฎหมายกำหนดให้ต้องทำ"),
    Ground.DELAY: _("ดำเนินเรื่องล่าช้าเกินสมควร"),
    Ground.BEYOND_POWER: _("ทำเกินอำนาจหน้าที่ หรือทำไม่ถูกต้องตามกฎหมาย"),
}

REQUESTS = [
    ("investigate", _("ให้ตรวจสอบข้อเท็จจริง")),
    ("discipline", _("ให้ดำเนินการทางวินัยหรือตามกฎหมาย")),
    ("remedy", _("ให้แก้ไขหรือเยียวยาความเดือดร้อน")),
    ("other", _("อื่น ๆ (โปรดระบุด้านล่าง)")),
]


AGENCIES = Kept[list[tuple[str, str, str]]](fingerprint("organisation_agency"))


def listed_agencies(province: Any) -> list[tuple[str, str, str]]:
    """(id, Thai name, English name or "") of the agencies that the form offers."""
    return AGENCIES.get(province.pk, lambda: _look_up_agencies(province))


def _look_up_agencies(province: Any) -> list[tuple[str, str, str]]:
    agencies = Agency.objects.filter(province=province, active_to=None).order_by("sort_key")
    return [(str(pk), th, en) for pk, th, en in agencies.values_list("pk", "name_th", "name_en")]


class AgencyField(forms.ChoiceField):
    """The province's agencies, and ``OTHER_AGENCY``. The list is written out only where it is shown."""

    names: dict[str, str]  # id → Thai name

    def offer(self, province: Any) -> None:
        agencies, english = listed_agencies(province), in_english()
        self.names = {pk: name_th for pk, name_th, _en in agencies}
        self.choices = lambda: [
            ("", _("โปรดเลือกหน่วยงาน")),
            *[(pk, name_en if english and name_en else name_th) for pk, name_th, name_en in agencies],
            (OTHER_AGENCY, _("หน่วยงานอื่นที่ไม่อยู่ในรายการ (เช่น เทศบาล อบต.)")),
        ]

    def valid_value(self, value: Any) -> bool:
        return value == OTHER_AGENCY or value in self.names


class ComplaintForm(forms.Form):
    """Groups of fields are in ``PARTS``; ``items_missing`` lists what of the seven items was left empty."""

    grounds = forms.MultipleChoiceField(
        label=_("เกิดเรื่องอะไรขึ้น"),
        help_text=_("เลือกได้หลายข้อ หากไม่แน่ใจให้เว้นไว้ เจ้าหน้าที่จะพิจารณาให้"),
        required=False,
        widget=CheckboxGroup(hints={g.value: g.label for g in Ground}),
        choices=[(g.value, GROUND_WORDS[g]) for g in Ground],
        error_messages={"invalid_choice": _("ไม่มีตัวเลือกนี้ โปรดเลือกจากรายการ")},
    )
    accused_agency = AgencyField(
        label=_("หน่วยงานที่เกี่ยวข้อง"),
        error_messages={
            "required": _("โปรดเลือกหน่วยงาน"),
            "invalid_choice": _("ไม่มีหน่วยงานนี้ในรายการ โปรดเลือกใหม่"),
        },
    )
    accused_other = ThaiTextField(label=_("ชื่อหน่วยงาน (กรณีไม่อยู่ในรายการ)"), required=False, max_length=200)
    accused_name = ThaiTextField(
        label=_("ชื่อหรือตำแหน่งของเจ้าหน้าที่ (ถ้าทราบ)"),
        help_text=_("ผู้ที่ถูกระบุชื่อจะไม่มีสิทธิเห็นหรือพิจารณาเรื่องนี้"),
        required=False,
        max_length=500,
    )
    narrative = ThaiTextarea(
        label=_("เกิดอะไรขึ้น"),
        help_text=_("เล่าตามที่ทราบ ใคร ทำอะไร ที่ไหน เมื่อใด หรือแจ้งเบาะแสว่าควรตรวจสอบสิ่งใด สั้นหรือยาวก็ได้"),
        rows=10,
        max_length=NARRATIVE_LIMIT,
        error_messages={"required": _("โปรดเล่าเหตุการณ์ หรือแจ้งเบาะแสที่ให้ตรวจสอบ")},
    )
    lead_only = forms.BooleanField(label=_("เป็นการแจ้งเบาะแส ข้าพเจ้าไม่ทราบรายละเอียดทั้งหมด"), required=False)
    event_date = ThaiDateField(label=_("วันที่เกิดเหตุ (ถ้าทราบ)"), required=False, future=False, long_ago=True)
    event_time = ThaiTextField(
        label=_("ช่วงเวลาเพิ่มเติม"), help_text=_("เช่น ตลอดเดือนพฤษภาคม 2569"), required=False, max_length=300
    )
    place = ThaiTextField(label=_("สถานที่เกิดเหตุ"), required=False, max_length=500)
    amount = MoneyField(label=_("จำนวนเงินที่เกี่ยวข้อง (บาท)"), required=False)
    harm = ThaiTextarea(
        label=_("ท่านได้รับความเดือดร้อนหรือเสียหายอย่างไร (ถ้ามี)"), required=False, max_length=20_000, rows=3
    )
    request_choice = forms.ChoiceField(
        label=_("ท่านขอให้ดำเนินการอย่างไร"),
        choices=REQUESTS,
        widget=RadioGroup,
        required=False,
        error_messages={"invalid_choice": _("ไม่มีตัวเลือกนี้ โปรดเลือกจากรายการ")},
    )
    request_text = ThaiTextarea(label=_("คำขอเพิ่มเติม"), required=False, max_length=5_000, rows=3)
    documents = ThaiTextarea(label=_("พยานเอกสารหรือพยานวัตถุ (ถ้ามี)"), required=False, max_length=20_000, rows=3)
    witnesses = ThaiTextarea(
        label=_("พยานบุคคล (ถ้ามี)"),
        help_text=_("ชื่อและวิธีติดต่อพยานเก็บแยกไว้เช่นเดียวกับชื่อของท่าน"),
        required=False,
        max_length=20_000,
        rows=3,
    )
    files = SealedFilesField(label=_("ไฟล์หลักฐาน"), required=False, max_files=10)
    name = ThaiTextField(
        label=_("ชื่อและนามสกุลของท่าน"),
        max_length=300,
        error_messages={"required": _("โปรดระบุชื่อและนามสกุลของท่าน")},
    )
    address = ThaiTextarea(
        label=_("ที่อยู่ของท่าน"), rows=3, max_length=1_000, error_messages={"required": _("โปรดระบุที่อยู่ของท่าน")}
    )
    phone = PhoneField(label=_("โทรศัพท์ (ถ้ามี)"), required=False)
    email = EmailField(label=_("อีเมล (ถ้ามี)"), required=False, max_length=254)
    keep_secret = forms.BooleanField(label=_("ขอให้ปกปิดชื่อและที่อยู่ของข้าพเจ้า"), required=False, initial=True)
    confirm = forms.BooleanField(
        label=_("ข้าพเจ้าขอรับรองว่าข้อความข้างต้นเป็นความจริงตามที่ทราบ และให้การยืนยันนี้แทนการลงลายมือชื่อ"),
        error_messages={"required": _("โปรดทำเครื่องหมายรับรองข้อความแทนการลงลายมือชื่อ")},
    )
    token = forms.CharField(widget=forms.HiddenInput)
    asked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    PARTS = (
        (_("เรื่องที่ร้องเรียน"), ("grounds", "accused_agency", "accused_other", "accused_name")),
        (_("เหตุการณ์"), ("narrative", "lead_only", "event_date", "event_time", "place", "amount", "harm")),
        (_("คำขอของท่าน"), ("request_choice", "request_text")),
        (_("พยานหลักฐาน"), ("documents", "witnesses", "files")),
        (_("ผู้ร้องเรียน"), ("name", "address", "phone", "email", "keep_secret")),
        (_("การรับรอง"), ("confirm",)),
    )

    def __init__(self, *args: Any, province: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accused_agency"].offer(province)  # type: ignore[attr-defined]

    def parts(self) -> list[tuple[Any, list[Any]]]:
        return [(title, [self[name] for name in names]) for title, names in self.PARTS]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unnamed = data.get("accused_agency") == OTHER_AGENCY and not data.get("accused_other")
        if unnamed and "accused_other" not in self.errors:
            self.add_error("accused_other", _("โปรดระบุชื่อหน่วยงาน"))
        self._ask_once(data)
        return data

    def _ask_once(self, data: dict[str, Any]) -> None:
        """Ask about an empty request or a very old event the first time; let it through the second."""
        asked = set(filter(None, (data.get("asked") or "").split(",")))
        questions = {}
        if not data.get("request_choice") and not data.get("request_text"):
            questions["request_choice"] = _(
                "ท่านยังมิได้ระบุคำขอ หากไม่แน่ใจโปรดเลือก “ให้ตรวจสอบข้อเท็จจริง” หรือกดยื่นเรื่องอีกครั้งเพื่อยื่นโดยไม่ระบุคำขอ"
            )
        event = data.get("event_date")
        if event and event < LONG_AGO:
            questions["event_date"] = _(
                "วันที่เกิดเหตุอยู่ก่อนปี พ.ศ. ๒๕๐๐ โปรดตรวจสอบ หากถูกต้องแล้วให้กดยื่นเรื่องอีกครั้ง (เรื่องอายุความเป็นดุลพินิจของเจ้าหน้าที่)"
            )
        for field, question in questions.items():
            if field not in asked and field not in self.errors:
                self.add_error(field, question)
        if questions:
            self.data = self.data.copy()
            self.data["asked"] = ",".join(sorted(asked | set(questions)))

    def chosen_agency(self) -> tuple[int | None, str]:
        """Id and Thai name of the chosen agency; None and what was written for one that is not in the list."""
        chosen = self.cleaned_data["accused_agency"]
        if chosen == OTHER_AGENCY:
            return None, self.cleaned_data["accused_other"]
        return int(chosen), self.fields["accused_agency"].names[chosen]  # type: ignore[attr-defined]

    def items_missing(self) -> list[str]:
        """Which of the seven items were left empty. Evidence is "if any" (M5.2.2.7): its absence is listed, no more."""
        data = self.cleaned_data
        missing = []
        if not data["request_choice"] and not data["request_text"]:
            missing.append(Item.REQUEST.value)
        if not (data["documents"] or data["witnesses"] or data["files"]):
            missing.append(Item.EVIDENCE.value)
        return missing

    @property
    def today(self) -> dt.date:
        return timezone.localdate()
