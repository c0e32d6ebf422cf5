"""Forms of second factors, in formal Thai. Every code and every passkey is an attempt that is counted."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal import auth as totp_auth
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.signin import limits, records
from prongsai.signin.guarding import guarded
from prongsai.thai.digits import to_arabic

# A code is right for the steps before and after its own; it is taken once within all of them (RFC 6238, 5.2).
CODE_LIVES = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
REQUIRED = _("โปรดระบุข้อมูลในช่องนี้")
CODE_LABEL = _("รหัสยืนยันตัวตน")
CODE_HINT = _("รหัส 6 หลักจากแอปยืนยันตัวตน หรือรหัสกู้คืน 8 หลักหนึ่งรหัส")


def code_field(label: Any = CODE_LABEL, help_text: Any = CODE_HINT) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=40,
        error_messages={"required": REQUIRED},
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}
        ),
    )


class CodeChecked:
    """A form of allauth with a field ``code``: Thai digits are read, attempts counted, and no code taken twice."""

    user: Any
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        self.cleaned_data["code"] = to_arabic(self.cleaned_data["code"])
        with guarded(context.request, "second_factor", account=self.user.email, user=self.user) as attempt:
            code: str = super().clean_code()  # type: ignore[misc]
            if not limits.once(f"code:{self.user.pk}:{code}", CODE_LIVES):
                records.refused(context.request, "second_factor", user=self.user, reason="used_before")
                raise get_adapter().validation_error("incorrect_code")
            attempt.succeeded()
        return code


class AuthenticateForm(CodeChecked, base.AuthenticateForm):
    code = code_field()


class ReauthenticateForm(CodeChecked, base.ReauthenticateForm):
    code = code_field()


class ActivateTOTPForm(CodeChecked, totp.ActivateTOTPForm):
    code = code_field("รหัส 6 หลักที่แอปแสดง", "")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Not allauth's: it keeps the new secret in the session as it is, and sessions are rows of the database.
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        session, key = context.request.session, totp_auth.SECRET_SESSION_KEY
        if self.is_bound and key in session:
            self.secret = get_adapter().decrypt(session[key])
        else:
            self.secret = totp_auth.generate_totp_secret()
            session[key] = get_adapter().encrypt(self.secret)

    @property
    def spelled_secret(self) -> str:
        """In groups of four, as people type it."""
        return " ".join(self.secret[i : i + 4] for i in range(0, len(self.secret), 4))


class PasskeyChecked:
    """A form of allauth with a field ``credential``, for somebody who is known or (``user`` None) not yet."""

    user: Any

    def clean_credential(self) -> Any:
        request = context.request
        account = self.user.email if self.user else ""
        with guarded(request, "passkey", account=account, user=self.user) as attempt:
            try:
                found = super().clean_credential()  # type: ignore[misc]
            except ValidationError:
                records.refused(request, "passkey", user=self.user)
                raise
            attempt.succeeded()
        return found


class AuthenticateWebAuthnForm(PasskeyChecked, webauthn.AuthenticateWebAuthnForm):
    pass


class ReauthenticateWebAuthnForm(PasskeyChecked, webauthn.ReauthenticateWebAuthnForm):
    pass


class LoginWebAuthnForm(PasskeyChecked, webauthn.LoginWebAuthnForm):
    pass


def name_field() -> forms.CharField:
    return forms.CharField(
        label="ชื่อที่ท่านจำได้",
        help_text="เช่น โทรศัพท์ของฉัน หรือ กุญแจ USB",
        max_length=60,
        error_messages={"required": REQUIRED},
    )


class AddWebAuthnForm(webauthn.AddWebAuthnForm):
    name = name_field()
    passwordless = forms.BooleanField(
        label="ใช้เข้าสู่ระบบแทนรหัสผ่านได้ด้วย",
        help_text="อุปกรณ์จะขอลายนิ้วมือ ใบหน้า หรือรหัสของอุปกรณ์ทุกครั้ง",
        required=False,
        initial=True,
    )


class EditWebAuthnForm(webauthn.EditWebAuthnForm):
    name = name_field()


class PasswordAgainForm(account_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        field.label, field.error_messages["required"] = "รหัสผ่าน", REQUIRED
        field.widget.attrs.pop("placeholder", None)
