"""Fields that understand Thai input. Whatever is wrong is said in Thai beside the field; what was typed stays."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from prongsai.thai.dates import DateError, format_date, parse_date
from prongsai.thai.digits import parse_money
from prongsai.thai.ids import parse_phone
from prongsai.thai.text import clean
from prongsai.ui.forms.widgets import (
    UNREADABLE,
    CountedTextarea,
    EmailInput,
    MoneyInput,
    PhoneInput,
    TextInput,
    ThaiDateInput,
    controls,
    typed_date,
)

REQUIRED = _("โปรดระบุข้อมูลในช่องนี้")


def said(error: ValueError, in_english: Any) -> str:
    """The tool's own Thai sentence; on English pages the general one (the tools speak Thai only)."""
    return gettext(str(in_english)) if (get_language() or "th").startswith("en") else str(error)


class ThaiTextField(forms.CharField):
    """One line of text: trimmed, NFC, marks in order; no control characters. ``max_length`` counts characters."""

    widget = TextInput
    multiline = False
    default_error_messages = {
        "required": REQUIRED,
        "forbidden": _("พบอักขระควบคุมหรืออักขระที่อ่านไม่ได้ในข้อความ โปรดลบออกแล้วลองใหม่"),
        "max_length": _("ข้อความยาว %(show_value)d ตัวอักษร เกินกว่าที่กำหนดไว้ไม่เกิน %(limit_value)d ตัวอักษร"),
        "min_length": _("ข้อความสั้นเกินไป โปรดระบุอย่างน้อย %(limit_value)d ตัวอักษร"),
    }

    def to_python(self, value: Any) -> str | None:
        if value in self.empty_values:
            return self.empty_value
        text = str(value)
        if controls(text) or UNREADABLE in text:
            raise ValidationError(self.error_messages["forbidden"], code="forbidden")
        text = clean(text)
        return super().to_python(text if self.multiline else text.replace("\n", " "))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # No ``maxlength``: browsers cut pasted text in silence. The server says how much too long it is.
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        attrs.pop("minlength", None)
        return attrs


class ThaiTextarea(ThaiTextField):
    """Several lines of text; shows how many characters are left when ``max_length`` is set."""

    widget = CountedTextarea
    multiline = True

    def __init__(self, *, rows: int = 6, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["rows"] = rows
        if isinstance(self.widget, CountedTextarea):
            self.widget.limit = self.max_length or 0


class ThaiDateField(forms.Field):
    """A date in B.E. or C.E., in any spelling that ``parse_date`` reads; cleans to ``datetime.date``.

    ``widget=ThaiDateParts`` asks for day, month and year apart. ``earliest`` and ``latest`` are dates, or functions
    that give one when the form is checked. ``future=False`` refuses days after today. ``long_ago=True`` takes days
    before B.E. 2500 too, which registers do not know.
    """

    widget = ThaiDateInput
    default_error_messages = {
        "required": REQUIRED,
        "invalid": _("รูปแบบวันที่ไม่ถูกต้อง โปรดระบุ วัน เดือน ปี พ.ศ."),
        "day": _("โปรดระบุวันที่"),
        "month": _("โปรดระบุเดือน"),
        "year": _("โปรดระบุปี พ.ศ."),
        "future": _("วันที่ต้องไม่อยู่หลังวันปัจจุบัน"),
        "earliest": _("วันที่ต้องไม่อยู่ก่อนวันที่ %(limit)s"),
        "latest": _("วันที่ต้องไม่อยู่หลังวันที่ %(limit)s"),
    }

    def __init__(
        self,
        *,
        earliest: date | Callable[[], date] | None = None,
        latest: date | Callable[[], date] | None = None,
        future: bool = True,
        long_ago: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if not self.help_text and isinstance(self.widget, ThaiDateInput):
            self.help_text = _("เช่น 15/05/2563 หรือ 15 พ.ค. 2563")
        self.earliest, self.latest, self.future, self.long_ago = earliest, latest, future, long_ago

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        parts = dict(zip(("day", "month", "year"), text.split("/"), strict=False))
        if len(parts) == 3 and (missing := [name for name, part in parts.items() if not part.strip()]):
            raise ValidationError([ValidationError(self.error_messages[name], code=name) for name in missing])
        try:
            return parse_date(text, today=None if self.long_ago else timezone.localdate())
        except DateError as error:
            raise ValidationError(said(error, self.error_messages["invalid"]), code="invalid") from error

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if not self.future and value > timezone.localdate():
            raise ValidationError(self.error_messages["future"], code="future")
        for name, limit in (("earliest", self.earliest), ("latest", self.latest)):
            day = limit() if callable(limit) else limit
            if day and (value < day if name == "earliest" else value > day):
                lang = "en" if (get_language() or "th").startswith("en") else "th"
                params = {"limit": format_date(day, "long", "arabic", lang=lang)}
                raise ValidationError(self.error_messages[name], code=name, params=params)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != (self.to_python(initial) if initial else None)
        except ValidationError:
            return typed_date(initial) != typed_date(data)


class MoneyField(forms.Field):
    """Baht and satang as people type them (``๓,๐๐๐``, ``3,000.50 บาท``); cleans to ``Decimal`` with two places."""

    widget = MoneyInput
    default_error_messages = {
        "required": REQUIRED,
        "invalid": _("จำนวนเงินต้องมากกว่าศูนย์ และมีทศนิยมไม่เกินสองตำแหน่ง"),
        "max_value": _("จำนวนเงินต้องไม่เกิน %(limit)s บาท"),
    }

    def __init__(self, *, allow_zero: bool = False, max_value: Decimal | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.allow_zero, self.max_value = allow_zero, max_value

    def to_python(self, value: Any) -> Decimal | None:
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        try:
            amount = parse_money(text, allow_zero=self.allow_zero)
        except ValueError as error:
            raise ValidationError(said(error, self.error_messages["invalid"]), code="invalid") from error
        if self.max_value is not None and amount > self.max_value:
            params = {"limit": f"{self.max_value:,.2f}"}
            raise ValidationError(self.error_messages["max_value"], code="max_value", params=params)
        return amount

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


class PhoneField(forms.CharField):
    """A telephone number as people write it, Thai digits too; cleans to the form of ``thai.ids.parse_phone``."""

    widget = PhoneInput
    default_error_messages = {
        "required": REQUIRED,
        "invalid": _("หมายเลขโทรศัพท์ไม่ถูกต้อง โปรดตรวจสอบจำนวนหลัก"),
    }

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return parse_phone(text)
        except ValueError as error:
            raise ValidationError(said(error, self.error_messages["invalid"]), code="invalid") from error


class EmailField(forms.EmailField):
    """An e-mail address; whatever is wrong with it is one sentence."""

    widget = EmailInput
    default_error_messages = {"required": REQUIRED, "invalid": _("รูปแบบอีเมลไม่ถูกต้อง")}

    def run_validators(self, value: str) -> None:
        try:
            super().run_validators(value)
        except ValidationError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
