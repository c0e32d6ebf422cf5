"""Forms for the passphrase ("รหัสเปิดผนึก"). What was typed is never shown again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.sealed import passphrases
from prongsai.sealed.errors import WeakPassphrase

REQUIRED = {"required": _("โปรดระบุข้อมูลในช่องนี้")}


class PassphraseField(forms.CharField):
    def __init__(self, *, label: Any, autocomplete: str = "off", help_text: Any = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            strip=False,
            error_messages=REQUIRED,
            widget=forms.PasswordInput({"autocomplete": autocomplete}),
        )


class UnlockForm(forms.Form):
    passphrase = PassphraseField(label=_("รหัสเปิดผนึก"))


class NewPassphraseForm(forms.Form):
    """A passphrase typed twice. ``account`` (the user) gives the sign-in password, which must be another one."""

    passphrase = PassphraseField(
        label=_("รหัสเปิดผนึกใหม่"),
        autocomplete="new-password",
        help_text=_("อย่างน้อย 12 ตัวอักษร ใช้ข้อความหลายคำที่ท่านจำได้ และต้องไม่ซ้ำกับรหัสผ่านเข้าสู่ระบบ"),
    )
    again = PassphraseField(label=_("ยืนยันรหัสเปิดผนึกใหม่"), autocomplete="new-password")

    def __init__(self, *args: Any, account: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_passphrase(self) -> str:
        passphrase = self.cleaned_data["passphrase"]
        try:
            passphrases.check_strength(passphrase)
        except WeakPassphrase as error:
            raise forms.ValidationError(str(error)) from error
        if self.account.check_password(passphrase):
            raise forms.ValidationError(_("รหัสเปิดผนึกต้องไม่ซ้ำกับรหัสผ่านเข้าสู่ระบบ"))
        return passphrase

    def clean_again(self) -> str:
        again, first = self.cleaned_data["again"], self.cleaned_data.get("passphrase")
        if first is not None and passphrases.normalise(again) != passphrases.normalise(first):
            raise forms.ValidationError(_("รหัสเปิดผนึกทั้งสองช่องไม่ตรงกัน"))
        return again


class CreateKeysForm(NewPassphraseForm):
    understood = forms.BooleanField(
        label=_("ข้าพเจ้าเข้าใจว่าหากลืมรหัสเปิดผนึก ผู้ดูแลระบบไม่สามารถตั้งให้ใหม่ได้ และต้องใช้กุญแจกู้คืนของหน่วยงาน"),
        error_messages={"required": _("โปรดยืนยันว่าท่านเข้าใจข้อความนี้")},
    )


class ChangePassphraseForm(NewPassphraseForm):
    old = PassphraseField(label=_("รหัสเปิดผนึกปัจจุบัน"))
    field_order = ["old", "passphrase", "again"]
