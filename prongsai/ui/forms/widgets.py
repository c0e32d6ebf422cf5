"""Widgets that keep exactly what a person typed, so that an error never costs them their words."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.thai.dates import BE_OFFSET
from prongsai.thai.text import find_forbidden

MONTHS = [
    ("", _("โปรดเลือก")),
    ("1", _("มกราคม")),
    ("2", _("กุมภาพันธ์")),
    ("3", _("มีนาคม")),
    ("4", _("เมษายน")),
    ("5", _("พฤษภาคม")),
    ("6", _("มิถุนายน")),
    ("7", _("กรกฎาคม")),
    ("8", _("สิงหาคม")),
    ("9", _("กันยายน")),
    ("10", _("ตุลาคม")),
    ("11", _("พฤศจิกายน")),
    ("12", _("ธันวาคม")),
]


UNREADABLE = "\ufffd"


def controls(text: str) -> list[int]:
    """Where characters stand that no text may hold. Zero-width ones (Cf) come with every paste and are just cleaned."""
    return [hit.position for hit in find_forbidden(text) if unicodedata.category(text[hit.position]) != "Cf"]


def echo(value: Any) -> Any:
    """What is shown again after an error: characters that HTML cannot carry appear as �, where they were typed."""
    if not isinstance(value, str) or not (found := controls(value)):
        return value
    shown = list(value)
    for index in found:
        shown[index] = UNREADABLE
    return "".join(shown)


class EchoMixin:
    def format_value(self, value: Any) -> Any:
        return super().format_value(echo(value))  # type: ignore[misc]


class TextInput(EchoMixin, forms.TextInput):
    pass


class CountedTextarea(EchoMixin, forms.Textarea):
    """A textarea that tells how many characters are left. ``limit`` is set by the field (0: no limit, no counter)."""

    template_name = "ui/forms/widgets/counted_textarea.html"
    limit = 0

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["limit"] = self.limit
        if self.limit and (id_ := widget["attrs"].get("id")):
            described = widget["attrs"].get("aria-describedby", "")
            widget["attrs"]["aria-describedby"] = f"{described} {id_}-info".strip()
        return context


class MoneyInput(TextInput):
    """An amount in baht; the unit stands behind the box."""

    template_name = "ui/forms/widgets/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-10", **(attrs or {})}
        )


class PhoneInput(EchoMixin, forms.TextInput):
    input_type = "tel"
    template_name = "django/forms/widgets/text.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "tel", "class": "govuk-input--width-20", **(attrs or {})})


class EmailInput(EchoMixin, forms.EmailInput):
    pass


def typed_date(value: Any) -> str:
    """A date as people type it here (day/month/B.E. year); text is given back as it is."""
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year + BE_OFFSET}"
    return "" if value is None else str(value)


class ThaiDateInput(TextInput):
    """One box that takes every way of writing a date that ``prongsai.thai.dates.parse_date`` knows."""

    template_name = "django/forms/widgets/text.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "class": "govuk-input--width-10", **(attrs or {})})

    def format_value(self, value: Any) -> Any:
        return super().format_value(typed_date(value))


class ThaiDateParts(forms.Widget):
    """Day, month by name, B.E. year. Posts ``name_day``, ``name_month``, ``name_year``; ``name`` alone is read too.

    The value is the text ``day/month/year`` as typed, so that the field checks one form of text whatever the widget.
    """

    template_name = "ui/forms/widgets/thai_date_parts.html"
    use_fieldset = True
    PARTS = ("day", "month", "year")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        parts = [str(data.get(f"{name}_{part}") or "").strip() for part in self.PARTS]
        if any(parts):
            return "/".join(parts)
        return data.get(name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}_{part}" in data for part in self.PARTS)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        # Text that is not in three parts (from a link or an import) goes whole into the day's box: nothing is lost.
        parts = echo(typed_date(value)).split("/")
        day, month, year = parts if len(parts) == 3 else ("/".join(parts), "", "")
        context["widget"].update(day=day, month=month.lstrip("0"), year=year, months=MONTHS)
        return context

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else ""


class HintedChoices:
    """Adds a sentence under single choices: ``hints`` maps a choice's value to its hint."""

    def __init__(self, *args: Any, hints: Mapping[Any, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)  # type: ignore[misc]
        if hint := self.hints.get(str(option["value"])):
            option["hint"] = hint
            if id_ := option["attrs"].get("id"):
                option["attrs"]["aria-describedby"] = f"{id_}_hint"
        return option


class RadioGroup(HintedChoices, forms.RadioSelect):
    pass


class CheckboxGroup(HintedChoices, forms.CheckboxSelectMultiple):
    pass
