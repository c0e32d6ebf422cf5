"""How a person wants to be told by mail."""

from __future__ import annotations

from typing import Any

from django import forms

from prongsai import notices
from prongsai.notices.models import MailSettings, Outgoing
from prongsai.notices.planning import address_of, settings_of
from prongsai.organisation.models import Person
from prongsai.ui.forms import RadioGroup

HOURS = [(hour, f"{hour:02d}.00 น.") for hour in range(24)]


class MailSettingsForm(forms.ModelForm):
    quiet_from = forms.TypedChoiceField(
        label="งดส่งตั้งแต่เวลา",
        choices=HOURS,
        coerce=int,
        help_text="เรื่องด่วนก็รอจนพ้นช่วงนี้ เลือกเวลาเดียวกันทั้งสองช่องหากไม่ต้องการงด",
    )
    quiet_to = forms.TypedChoiceField(label="จนถึงเวลา", choices=HOURS, coerce=int)

    class Meta:
        model = MailSettings
        fields = ("delivery", "quiet_from", "quiet_to")
        widgets = {"delivery": RadioGroup}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delivery"].help_text = "เรื่องที่ท่านมีหน้าที่หรือมีกำหนดเวลา ระบบแจ้งเสมอ"
        self.fields["delivery"].choices = MailSettings.Delivery.choices  # type: ignore[attr-defined]


def mail_context(person: Person, form: MailSettingsForm | None = None) -> dict[str, Any]:
    """What the inbox says about mail: whether any goes out, where to, and whether the last one arrived."""
    last = Outgoing.objects.filter(recipient=person).values_list("state", flat=True).first()
    return {
        "mail_form": form or MailSettingsForm(instance=settings_of(person)),
        "mail_address": address_of(person),
        "mail_is_set_up": notices.mail_health().configured,
        "mail_lost": last == Outgoing.State.UNDELIVERED,
    }
