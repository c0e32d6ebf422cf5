"""Renders plain Django forms in the GOV.UK pattern: label, hint, error beside the field, summary on top.

Django already wires ``aria-describedby`` and ``aria-invalid`` (ids ``…_helptext`` and ``…_error``); this renderer
adds the classes to the widgets and puts the house's templates in the place of Django's.
"""

from pathlib import PurePosixPath
from typing import Any

from django.forms.renderers import DjangoTemplates

# Django's template → ours. Everything else (text, select, textarea, …) is Django's own markup with classes added.
TEMPLATES = {
    "django/forms/errors/list/default.html": "ui/forms/errors.html",
    "django/forms/errors/list/ul.html": "ui/forms/errors.html",
    "django/forms/widgets/radio.html": "ui/forms/widgets/choices.html",
    "django/forms/widgets/checkbox_select.html": "ui/forms/widgets/choices.html",
    "django/forms/widgets/password.html": "ui/forms/widgets/password.html",
    "django/forms/widgets/clearable_file_input.html": "ui/forms/widgets/clearable_file.html",
}

INPUT = "govuk-input"
CLASSES = {
    "text": INPUT,
    "number": INPUT,
    "email": INPUT,
    "url": INPUT,
    "tel": INPUT,
    "search": INPUT,
    "password": f"{INPUT} govuk-password-input__input govuk-js-password-input-input",
    "date": INPUT,
    "datetime": INPUT,
    "time": INPUT,
    "money": INPUT,
    "thai_date_parts": INPUT,
    "textarea": "govuk-textarea",
    "counted_textarea": "govuk-textarea govuk-js-character-count",
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "clearable_file_input": "govuk-file-upload",
    "checkbox": "govuk-checkboxes__input",
    "checkbox_option": "govuk-checkboxes__input",
    "radio_option": "govuk-radios__input",
}
GROUPS = {"radio": "govuk-radios", "checkbox_select": "govuk-checkboxes"}


class Renderer(DjangoTemplates):
    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        return super().get_template(TEMPLATES.get(template_name, template_name))

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if "widget" in context:
            dress(context["widget"])
        return super().render(template_name, context, request)


def dress(widget: dict[str, Any]) -> None:
    """Add the house's classes to a widget's context (in place)."""
    kind = PurePosixPath(widget["template_name"]).stem
    attrs = widget["attrs"]
    # The server checks and says what is missing, in Thai; the browser's own bubble speaks its own language.
    attrs.pop("required", None)
    if kind in GROUPS:
        widget["group_class"] = GROUPS[kind]
        for _group, options, _index in widget["optgroups"]:
            for option in options:
                dress(option)
        return
    if not (own := CLASSES.get(kind)):
        return
    classes = [own, attrs.get("class", "")]
    if attrs.get("aria-invalid") and kind not in ("checkbox", "checkbox_option", "radio_option"):
        classes.append(f"{own.split()[0]}--error")
    if kind == "radio_option":
        # ARIA does not know an invalid radio button: the fieldset carries the error's description.
        attrs.pop("aria-invalid", None)
    attrs["class"] = " ".join(name for name in classes if name)
