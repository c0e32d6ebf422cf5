"""``{% load office %}``: the facts of a record as text."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.template.loader import render_to_string

from prongsai.ui.templatetags.prongsai import thdate, thdatetime

register = template.Library()


@register.filter
def shown(value: Any) -> str:
    """Dates in B.E., yes and no in words, everything else as it is."""
    if isinstance(value, dt.datetime):
        return thdatetime(value)
    if isinstance(value, dt.date):
        return thdate(value)
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่ใช่"
    return str(value)


@register.simple_tag(takes_context=True)
def section(context: template.Context, name: str, extra: dict[str, Any]) -> str:
    """A part of the record page that the measure gives: its template with its own context."""
    around: dict[str, Any] = context.flatten()  # type: ignore[assignment]
    return render_to_string(name, {**around, **extra}, request=context.get("request"))
