"""A widget that is drawn without its template looks as its template makes it, to the byte."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from prongsai.ui.forms import CheckboxGroup, RadioGroup, renderer
from prongsai.ui.forms.drawing import INPUTS
from prongsai.ui.tests.test_forms import Report

EVIL = '<b title="x">&\''
CHOICES = [
    ("", "โปรดเลือก"),
    ("1", EVIL),
    (2, 12345),
    ("กลุ่ม <i>", [(EVIL, mark_safe("<i>ก</i>")), ("4", _("ร่าง"))]),
]
ATTRS = {
    "data-a": EVIL,
    "data-b": True,
    "data-c": False,
    "data-d": None,
    "data-e": 12345,
    "data-f": mark_safe("&amp;"),
}


class Everything(forms.Form):
    select = forms.ChoiceField(choices=CHOICES, widget=forms.Select(attrs=ATTRS))
    several = forms.MultipleChoiceField(choices=CHOICES, widget=forms.SelectMultiple)
    perhaps = forms.NullBooleanField()
    radio = forms.ChoiceField(choices=CHOICES, widget=RadioGroup(hints={"1": EVIL, "4": _("ร่าง")}))
    boxes = forms.MultipleChoiceField(choices=CHOICES, widget=CheckboxGroup(attrs={**ATTRS, "class": EVIL}))
    story = forms.CharField(label=EVIL, help_text="ก", widget=forms.Textarea(attrs=ATTRS))
    number = forms.IntegerField(min_value=1, max_value=99999)
    hidden = forms.CharField(widget=forms.HiddenInput, initial=EVIL)
    truth = forms.BooleanField(widget=forms.CheckboxInput(attrs=ATTRS))
    many = forms.MultipleChoiceField(choices=CHOICES, widget=forms.MultipleHiddenInput, required=False)
    file = forms.FileField()
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    disabled = forms.CharField(disabled=True, initial=mark_safe("<i>"))


def by_templates(monkeypatch: pytest.MonkeyPatch, form: forms.Form) -> str:
    with monkeypatch.context() as patched:
        patched.setattr(renderer, "draw", lambda *_: None)
        return str(form)


TYPED = QueryDict(
    "select=2&several=1&several=4&radio=4&boxes=1&boxes=2&story=%3C%2Ftextarea%3E%0Aก&number=7&hidden=%22&truth=on"
    "&many=1&many=2&day=2026-11-26&perhaps=true&who=%3Cb%3E&proof=d&amphoe=1&ground=b"
)
INITIAL: dict[str, Any] = {
    "select": 2,
    "several": ["1"],
    "story": EVIL,
    "number": 12345,
    "radio": "1",
    "many": [1, 2],
}


@pytest.mark.parametrize("declared", [Everything, Report])
@pytest.mark.parametrize(
    "more", [{}, {"initial": INITIAL}, {"data": TYPED}, {"data": {}}, {"auto_id": False}]
)
def test_forms_look_as_their_templates_make_them(
    monkeypatch: pytest.MonkeyPatch, declared: type[forms.Form], more: dict[str, Any]
) -> None:
    assert str(declared(**more)) == by_templates(monkeypatch, declared(**more))


@pytest.mark.parametrize("kind", INPUTS)
@pytest.mark.parametrize("value", [None, "", 0, 12345, EVIL, mark_safe("<i>"), _("ร่าง")])
def test_inputs_look_as_their_templates_make_them(kind: str, value: Any) -> None:
    def context() -> dict[str, Any]:
        return {
            "widget": {"template_name": "x", "type": kind, "name": EVIL, "value": value, "attrs": dict(ATTRS)}
        }

    name, own = f"django/forms/widgets/{kind}.html", renderer.Renderer()
    drawn = own.render(name, context())
    assert drawn == super(renderer.Renderer, own).render(name, context())
