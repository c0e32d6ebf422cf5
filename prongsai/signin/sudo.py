"""A fresh proof of who is there, before an act that is grave.

Signing in or confirming counts for ``ACCOUNT_REAUTHENTICATION_TIMEOUT`` seconds. Afterwards the form of the act itself asks for
the code of the authenticator app, or else the password, in one more field: there is no detour on which what was typed, or
the files that were chosen, could be lost, and no secret text waits in a session. Whoever uses a passkey confirms in another tab.
"""

from __future__ import annotations

import time
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from prongsai.organisation.models import User

FIELD = "confirm_identity"
WRONG_PASSWORD = "รหัสผ่านไม่ถูกต้อง"  # noqa: S105 - a sentence
SIGN_IN_AGAIN = "โปรดออกจากระบบแล้วเข้าสู่ระบบใหม่ก่อนดำเนินการนี้"
WITH_PASSKEY = "โปรดยืนยันด้วยพาสคีย์ตามลิงก์ข้างต้น แล้วกดปุ่มนี้อีกครั้ง"


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person has signed in, or confirmed who is there, within the time limit and in this session."""
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(record["at"] > since for record in get_authentication_records(request, request.user))  # type: ignore[arg-type]


def demand(form: forms.BaseForm, request: HttpRequest) -> None:
    """Make ``form`` ask who is there unless that is fresh. Call it before the form is checked, and before it is shown."""
    if not is_fresh(request):
        form.fields.setdefault(FIELD, ProofField(request))
    elif not form.errors.get(FIELD):
        form.fields.pop(FIELD, None)


def without_proof(data: dict[str, Any]) -> dict[str, Any]:
    """Cleaned data for the act itself: the proof goes no further."""
    return {name: value for name, value in data.items() if name != FIELD}


class ProofField(forms.CharField):
    """One field for whichever proof the account has: a code, or the password."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user = cast(User, request.user)  # the act has asked who may
        self.by_code = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP).exists()
        can_type = self.by_code or self.user.has_usable_password()
        super().__init__(
            label="ยืนยันว่าเป็นท่าน: รหัสจากแอปยืนยันตัวตน" if self.by_code else "ยืนยันว่าเป็นท่าน: รหัสผ่านของท่าน",
            help_text=self._hint(),
            strip=self.by_code,
            required=can_type,
            max_length=4096,
            error_messages={"required": "โปรดยืนยันตัวตนก่อนดำเนินการนี้"},
            widget=self._widget(),
        )

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if self.by_code:
            self._check_code(text)
        elif self.user.has_usable_password():
            if not get_adapter(self.request).reauthenticate(self.user, text):
                raise ValidationError(WRONG_PASSWORD)
            reauthenticate_by_password(self.request)
        else:
            raise ValidationError(WITH_PASSKEY if self._has_passkey() else SIGN_IN_AGAIN)
        return ""

    def _check_code(self, text: str) -> None:
        from prongsai.signin.forms import ReauthenticateForm

        proof = ReauthenticateForm({"code": text}, user=self.user)
        if not proof.is_valid():
            raise ValidationError(proof.errors["code"].as_data())
        proof.save()

    def _widget(self) -> forms.Widget:
        if self.by_code:
            attrs = {
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "govuk-input--width-10",
            }
            return forms.TextInput(attrs)
        return forms.PasswordInput({"autocomplete": "current-password"})

    def _hint(self) -> Any:
        minutes = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60
        hint = f"การดำเนินการนี้มีผลสำคัญ ระบบจึงขอให้ยืนยันตัวตนอีกครั้งเมื่อพ้น {minutes} นาที"
        if not self._has_passkey():
            return hint
        url = f"{reverse('mfa_reauthenticate_webauthn')}?next={reverse('mfa_index')}"
        link = '{} หรือ<a class="govuk-link" href="{}" target="_blank">ยืนยันด้วยพาสคีย์ (เปิดแท็บใหม่)</a> แล้วกลับมากดปุ่มในหน้านี้'
        return format_html(link, hint, url)

    def _has_passkey(self) -> bool:
        return Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN).exists()
