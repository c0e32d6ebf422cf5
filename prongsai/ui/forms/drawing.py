"""The commonest widgets as HTML, to the byte what their templates make of them (a test compares).

The complaint form alone has 24 widgets of 68 templates; drawing those took half of the page's time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import localize
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeData

# Those of Django whose template adds nothing to ``input.html``.
INPUTS = [
    "checkbox",
    "color",
    "date",
    "datetime",
    "email",
    "file",
    "hidden",
    "number",
    "search",
    "tel",
    "text",
    "time",
    "url",
]


def draw(template_name: str, widget: Mapping[str, Any]) -> str | None:
    """The widget's HTML, or None where its template must draw it."""
    drawn = _DRAWN.get(template_name)
    return drawn(widget) if drawn else None


def _input(widget: Mapping[str, Any]) -> str:
    kind, name = _text(widget["type"]), _text(widget["name"])
    return f'<input type="{kind}" name="{name}"{_value(widget)}{_attributes(widget["attrs"])}>'


def _textarea(widget: Mapping[str, Any]) -> str:
    value = _text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>\n{value}</textarea>'


def _select(widget: Mapping[str, Any]) -> str:
    parts = [f'<select name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        parts.append(f'\n  <optgroup label="{_text(group)}">' if group else "")
        for option in options:
            value, attributes = _plain(option["value"]), _attributes(option["attrs"])
            parts.append(f'\n  <option value="{value}"{attributes}>{_text(option["label"])}</option>\n')
        parts.append("\n  </optgroup>" if group else "")
    return "".join([*parts, "\n</select>"])


def _choices(widget: Mapping[str, Any]) -> str:
    attrs, base = widget["attrs"], _text(widget["group_class"])
    own = f" {_text(attrs['class'])}" if attrs.get("class") else ""
    key = _text(attrs.get("id", ""))
    ident = f' id="{key}"' if attrs.get("id") else ""
    parts = [f'<div class="{base}{own}"{ident} data-module="{base}">\n']
    for group, options, index in widget["optgroups"]:
        if group:
            parts.append(f'<p class="ps-choices__group" id="{key}_group{_text(index)}">{_text(group)}</p>')
        parts.append("\n")
        parts += [_choice(base, option) for option in options]
    return "".join([*parts, "\n</div>"])


def _choice(base: str, option: Mapping[str, Any]) -> str:
    key = _text(option["attrs"].get("id", ""))
    named = bool(option["attrs"].get("id"))
    label_for, hint_id = (f' for="{key}"', f' id="{key}_hint"') if named else ("", "")
    hint = option.get("hint")
    told = f'<div class="govuk-hint {base}__hint"{hint_id}>{_text(hint)}</div>' if hint else ""
    return (
        f'<div class="{base}__item">\n'
        f"{_input(option)}\n"
        f'<label class="govuk-label {base}__label"{label_for}>{_text(option["label"])}</label>\n'
        f"{told}\n</div>"
    )


def _value(widget: Mapping[str, Any]) -> str:
    return "" if widget["value"] is None else f' value="{_plain(widget["value"])}"'


def _attributes(attrs: Mapping[str, Any]) -> str:
    shown = ((_text(name), value) for name, value in attrs.items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{_plain(value)}"' for name, value in shown)


def _text(value: Any) -> str:
    """As ``{{ value }}``."""
    return conditional_escape(value if isinstance(value, str) else localize(value))


def _plain(value: Any) -> str:
    """As ``{{ value|stringformat:'s' }}``."""
    return value if isinstance(value, SafeData) and isinstance(value, str) else escape(f"{value}")


_DRAWN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **{f"django/forms/widgets/{kind}.html": _input for kind in INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/radio.html": _choices,
    "django/forms/widgets/checkbox_select.html": _choices,
}
