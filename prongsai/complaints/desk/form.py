"""What an officer types of a message, by any channel. The same fields as the web's, asked as the channel needs them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from prongsai.complaints.complaint_form import LONG_AGO, NARRATIVE_LIMIT, OTHER_AGENCY, AgencyField
from prongsai.complaints.desk.profiles import Profile
from prongsai.complaints.models import Channel, Ground, Identity, Item
from prongsai.files.fields import SealedFilesField
from prongsai.ui.forms import (
    CheckboxGroup,
    EmailField,
    MoneyField,
    PhoneField,
    ThaiDateField,
    ThaiTextarea,
    ThaiTextField,
)

S = Identity.Signature


class IntakeForm(forms.Form):
    """``chosen_agency``, ``items_missing`` and ``signature`` say what the message needs beyond its words."""

    received_on = ThaiDateField(label="วันที่รับหนังสือ", future=False, initial=timezone.localdate)
    postmark_on = ThaiDateField(label="วันที่ตราประทับไปรษณีย์", required=False, future=False)
    receiving_no = ThaiTextField(label="เลขรับ", required=False, max_length=60)
    from_agency = ThaiTextField(label="หน่วยงานที่ส่งเรื่อง", required=False, max_length=200)
    letter_no = ThaiTextField(label="เลขที่หนังสือนำส่ง", required=False, max_length=80)
    accused_agency = AgencyField(
        label="หน่วยงานที่เกี่ยวข้อง",
        help_text="เว้นไว้หากเรื่องมิได้ระบุ",
        required=False,
        error_messages={"invalid_choice": "ไม่มีหน่วยงานนี้ในรายการ โปรดเลือกใหม่"},
    )
    accused_other = ThaiTextField(label="ชื่อหน่วยงาน (กรณีไม่อยู่ในรายการ)", required=False, max_length=200)
    accused_name = ThaiTextField(
        label="ชื่อหรือตำแหน่งของเจ้าหน้าที่ที่ถูกร้องเรียน",
        help_text="ผู้ที่ถูกระบุชื่อจะไม่มีสิทธิเห็นหรือพิจารณาเรื่องนี้",
        required=False,
        max_length=500,
    )
    narrative = ThaiTextarea(
        label="การกระทำที่เป็นเหตุแห่งการร้องเรียน",
        help_text="ตามถ้อยคำของผู้ร้องเรียนหรือใจความของหนังสือ",
        required=False,
        rows=8,
        max_length=NARRATIVE_LIMIT,
        error_messages={"required": "โปรดบันทึกเรื่องที่ร้องเรียน"},
    )
    grounds = forms.MultipleChoiceField(
        label="เหตุแห่งการร้องเรียน",
        help_text="เว้นไว้ได้ เจ้าหน้าที่ผู้กลั่นกรองจะพิจารณา",
        required=False,
        widget=CheckboxGroup,
        choices=Ground.choices,
        error_messages={"invalid_choice": "ไม่มีตัวเลือกนี้ โปรดเลือกจากรายการ"},
    )
    event_date = ThaiDateField(label="วันที่เกิดเหตุ", required=False, future=False, long_ago=True)
    event_time = ThaiTextField(label="ช่วงเวลาเพิ่มเติม", required=False, max_length=300)
    place = ThaiTextField(label="สถานที่เกิดเหตุ", required=False, max_length=500)
    amount = MoneyField(label="จำนวนเงินที่เกี่ยวข้อง (บาท)", required=False)
    harm = ThaiTextarea(label="ความเดือดร้อนหรือเสียหาย", required=False, max_length=20_000, rows=3)
    request_text = ThaiTextField(label="คำขอของผู้ร้องเรียน", required=False, max_length=5_000)
    documents = ThaiTextarea(label="พยานเอกสารหรือพยานวัตถุ", required=False, max_length=20_000, rows=3)
    witnesses = ThaiTextarea(
        label="พยานบุคคล",
        help_text="ชื่อและวิธีติดต่อพยานเก็บแยกไว้เช่นเดียวกับชื่อผู้ร้องเรียน",
        required=False,
        max_length=20_000,
        rows=3,
    )
    name = ThaiTextField(
        label="ชื่อและนามสกุลของผู้ร้องเรียน", help_text="เว้นไว้หากไม่ประสงค์บอกชื่อ", required=False, max_length=300
    )
    address = ThaiTextField(label="ที่อยู่ของผู้ร้องเรียน", required=False, max_length=1_000)
    phone = PhoneField(label="โทรศัพท์ของผู้ร้องเรียน", required=False)
    email = EmailField(label="อีเมลของผู้ร้องเรียน", required=False, max_length=254)
    keep_secret = forms.BooleanField(label="ขอให้ปกปิดชื่อและที่อยู่", required=False, initial=True)
    hand_signed = forms.BooleanField(label="มีลายมือชื่อของผู้ร้องเรียน", required=False)
    files = SealedFilesField(label="ไฟล์หลักฐาน", required=False, max_files=10)
    envelope_scan = SealedFilesField(
        label="ภาพสแกนซอง",
        help_text="อาจแสดงชื่อผู้ส่ง จึงปิดผนึกไว้กับข้อมูลผู้ร้องเรียน",
        required=False,
        max_files=3,
    )
    lies_at = ThaiTextField(
        label="ที่เก็บต้นฉบับ",
        help_text="เช่น ตู้นิรภัย ชั้น ๓ โปรดอย่าระบุชื่อหรือเนื้อหา",
        required=False,
        initial="ศูนย์ปฏิบัติการต่อต้านการทุจริต",
        max_length=200,
    )

    def __init__(self, profile: Profile, *args: Any, province: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profile = profile
        self.fields = {name: self.fields[name] for name in (*profile.first, *profile.folded)}
        for name in profile.required:
            self.fields[name].required = True
        self.fields["accused_agency"].offer(province)  # type: ignore[attr-defined]
        if profile.paper:
            self.fields["files"].label = "ภาพสแกนหนังสือและเอกสารที่แนบมา"
        if profile.channel == Channel.POST_SIGNED:
            self.fields["hand_signed"].initial = True

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in self.profile.first]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in self.profile.folded]

    @property
    def unfold(self) -> bool:
        """Whether something is wrong in the folded part."""
        return self.is_bound and any(name in self.errors for name in self.profile.folded)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unnamed = data.get("accused_agency") == OTHER_AGENCY and not data.get("accused_other")
        if unnamed and "accused_other" not in self.errors:
            self.add_error("accused_other", "โปรดระบุชื่อหน่วยงาน")
        posted, arrived = data.get("postmark_on"), data.get("received_on")
        if posted and arrived and posted > arrived:
            self.add_error("postmark_on", "วันที่ตราประทับต้องไม่อยู่หลังวันที่รับหนังสือ")
        return data

    def said(self) -> dict[str, Any]:
        """The cleaned data with every field of every channel; empty where this channel does not ask."""
        empty = {
            name: [] if name in ("grounds", "files", "envelope_scan") else "" for name in self.base_fields
        }
        return {**empty, "keep_secret": True, "request_choice": "", **self.cleaned_data}

    def chosen_agency(self) -> tuple[int | None, str]:
        """Id and Thai name; None and "" where the message names no agency."""
        chosen = self.cleaned_data["accused_agency"]
        if chosen == OTHER_AGENCY or not chosen:
            return None, self.cleaned_data["accused_other"] if chosen else ""
        return int(chosen), self.fields["accused_agency"].names[chosen]  # type: ignore[attr-defined]

    def items_missing(self) -> list[str]:
        """Which of the seven items the message lacks. The scan of a letter is the letter, not its evidence."""
        data = self.said()
        evidence = data["documents"] or data["witnesses"] or (data["files"] and not self.profile.paper)
        there = {
            Item.SENDER: data["name"] and data["address"],
            Item.ACCUSED: data["accused_agency"] or data["accused_name"],
            Item.REQUEST: data["request_text"],
            Item.EVIDENCE: evidence,
        }
        return [item.value for item, found in there.items() if not found]

    def signature(self) -> str:
        """By hand, or by confirming on the telephone what was read back (M5.2.2.5); nobody signs without a name there."""
        if self.profile.channel == Channel.PHONE:
            return S.PHONE if self.cleaned_data["name"] else S.NONE
        return S.HANDWRITTEN if self.cleaned_data.get("hand_signed") else S.NONE

    @property
    def event_long_ago(self) -> bool:
        event = self.cleaned_data.get("event_date")
        return bool(event and event < LONG_AGO)
