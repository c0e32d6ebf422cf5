"""Form fields of meetings: a time of day as Thai offices write it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.core.exceptions import ValidationError

from prongsai.thai.digits import to_arabic, to_thai
from prongsai.ui.forms import ThaiTextField
from prongsai.ui.forms.widgets import TextInput

_TIME = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)(?: ?น\.?)?")


def thai_time(time: dt.time | None) -> str:
    """``๐๙.๓๐ น.`` for papers."""
    return f"{to_thai(f'{time:%H.%M}')} น." if time else ""


def shown_time(time: dt.time | None) -> str:
    """``09.30 น.`` for pages."""
    return f"{time:%H.%M} น." if time else ""


class TimeInput(TextInput):
    template_name = "django/forms/widgets/text.html"

    def __init__(self) -> None:
        super().__init__({"inputmode": "text", "autocomplete": "off", "class": "govuk-input--width-5"})

    def format_value(self, value: Any) -> Any:
        return super().format_value(f"{value:%H.%M}" if isinstance(value, dt.time) else value)


class ThaiTimeField(ThaiTextField):
    """``09.30``, ``9:30``, ``๐๙.๓๐ น.``; cleans to ``datetime.time``."""

    widget = TimeInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "เช่น 09.30")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, dt.time):
            return value
        text = super().to_python(value)
        if not text:
            return None
        found = _TIME.fullmatch(to_arabic(text).strip())
        if not found:
            raise ValidationError("รูปแบบเวลาไม่ถูกต้อง โปรดระบุชั่วโมงและนาที เช่น 09.30", code="invalid")
        return dt.time(int(found[1]), int(found[2]))

    def run_validators(self, value: Any) -> None:
        """A time has no length to check."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True
