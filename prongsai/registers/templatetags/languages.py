"""``{% load languages %}``: Thai terms inside English text, declared as Thai for screen readers and hyphenation."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from prongsai.registers.language import in_english

register = template.Library()

_THAI_RUN = re.compile(r"[\u0e00-\u0e7f]+(?:[ .\d]*[\u0e00-\u0e7f.]+)*")


@register.filter
def thai_runs(text: str) -> SafeString:
    """On English pages, wraps every run of Thai in ``<span lang="th">``; on Thai pages the text is only escaped."""
    escaped = conditional_escape(text)
    if not in_english():
        return escaped
    return mark_safe(_THAI_RUN.sub(lambda run: f'<span lang="th">{run[0]}</span>', escaped))  # noqa: S308 - escaped above
