"""Forms of the house: ``FORM_RENDERER = "prongsai.ui.forms.Renderer"``, and fields that understand Thai input."""

from prongsai.ui.forms.fields import (
    EmailField,
    MoneyField,
    PhoneField,
    ThaiDateField,
    ThaiTextarea,
    ThaiTextField,
)
from prongsai.ui.forms.renderer import Renderer
from prongsai.ui.forms.widgets import (
    CheckboxGroup,
    CountedTextarea,
    MoneyInput,
    RadioGroup,
    ThaiDateInput,
    ThaiDateParts,
)

__all__ = [
    "CheckboxGroup",
    "CountedTextarea",
    "EmailField",
    "MoneyField",
    "MoneyInput",
    "PhoneField",
    "RadioGroup",
    "Renderer",
    "ThaiDateField",
    "ThaiDateInput",
    "ThaiDateParts",
    "ThaiTextField",
    "ThaiTextarea",
]
