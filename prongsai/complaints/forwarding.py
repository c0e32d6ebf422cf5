"""A complaint about the governor, as its sender has chosen: sealed to the custodians, and on to who may decide (AT-M5-07).

The web form asks when it finds the governor named; what was typed stays in it, and nothing is kept before the choice. Of the
case nobody in the province sees anything but the custodians: no row, no count of its agency, no notice, no alarm.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.acts import Step
from prongsai.complaints import duties, governor, team
from prongsai.complaints.governor import authorities
from prongsai.complaints.intake import FileComplaint, Message
from prongsai.complaints.models import Authority, Case
from prongsai.registers.language import in_english
from prongsai.ui.forms import RadioGroup

MENTIONED = "mentioned"  # the governor is not who is accused
FIELDS = ("forward_to", "forward_name")
WITH_NAME = [("no", _("ไม่ให้แจ้งชื่อของข้าพเจ้า")), ("yes", _("ให้แจ้งชื่อและที่อยู่ของข้าพเจ้าแก่หน่วยงานนั้น"))]


class FileForForwarding(FileComplaint):
    """ยื่นเรื่องเพื่อส่งต่อโดยปิดผนึก: a complaint about the governor; sealed to the custodians alone (M5.2.2.2)."""

    title = "ยื่นเรื่องเพื่อส่งต่อโดยปิดผนึก"
    title_en = "File a complaint to be sent on, sealed"
    moves = {None: Case.State.FORWARDING}
    opens = [duties.ForwardMatter]
    tells_text = "มีเรื่องปิดผนึกรอส่งต่อ"

    def choose(self, step: Step, message: Message) -> team.Team:
        return team.custodians_alone(step.actor.province, message.accused)

    def create(self, step: Step) -> Case:
        message: Message = step.data["message"]
        named = bool(step.data["with_name"])
        # Neither figures by agency nor a list lead to whom it names: outside the province, named in the sealed file.
        step.data["message"] = replace(
            message, accused_agency_id=None, story={**message.story, **(_sender(message) if named else {})}
        )
        case = super().create(step)
        case.custodians_only = True
        case.forward_to, case.forward_with_name = step.data["forward_to"], named
        return case


def _sender(message: Message) -> dict[str, str]:
    """Who sent it, into the file that the custodians send on: only at the sender's own wish."""
    known = (message.sender.get(key, "") for key in ("name", "address", "phone", "email"))
    return {"consented_sender": "\n".join(filter(None, known))}


def ask(form: forms.Form, province: Any) -> None:
    """Put the question into the complaint form: where to, and whether with the sender's name."""
    offered = {one["key"]: one["name_en" if in_english() else "name_th"] for one in authorities(province)}
    choices = [(a.value, offered[a.value]) for a in Authority if a.value in offered]
    form.fields["forward_to"] = forms.ChoiceField(
        label=_("ท่านประสงค์ให้ส่งเรื่องนี้ต่อไปที่ใด"),
        choices=[*choices, (MENTIONED, _("ข้าพเจ้ามิได้ร้องเรียนผู้ว่าราชการจังหวัด เพียงกล่าวถึง ให้ยื่นต่อศูนย์ตามปกติ"))],
        widget=RadioGroup,
        error_messages={"required": _("โปรดเลือก หรือออกจากหน้านี้หากไม่ประสงค์ส่งต่อ ระบบยังมิได้บันทึกสิ่งใด")},
    )
    form.fields["forward_name"] = forms.ChoiceField(
        label=_("ให้แจ้งชื่อของท่านแก่หน่วยงานนั้นหรือไม่"),
        choices=WITH_NAME,
        widget=RadioGroup,
        initial="no",
        required=False,
    )


def road(message: Message, form: forms.Form, province: Any) -> tuple[bool, Message, dict[str, Any]]:
    """Whether the matter is to be sent on, the message, and what the act is told; as the form's question was answered."""
    to = form.cleaned_data.get("forward_to", "")
    written = team.accused_text(message.accused, message.accused_agency_id)
    if not to or not governor.is_named(province, written):  # or the name was changed since the question
        return False, message, {}
    if to == MENTIONED:
        return False, replace(message, about_governor=False), {}
    return True, message, {"forward_to": to, "with_name": form.cleaned_data["forward_name"] == "yes"}


def is_asked(data: Any) -> bool:
    """Whether the form that came back holds the question."""
    return any(name in data for name in FIELDS) or data.get("forward_asked") == "1"
