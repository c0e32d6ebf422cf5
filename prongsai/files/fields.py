"""A form field for several files, which keeps them when the form has to be shown again (C06)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.files.checking import check, largest, too_large
from prongsai.files.errors import HandleExpired
from prongsai.files.examining import examine
from prongsai.files.holding import from_handle, hold
from prongsai.files.upload import EXPIRED, SealedUpload


class SealedFilesInput(forms.FileInput):
    """New files come in ``name``; files of the last attempt in hidden ``name-held``, struck off by ``name-drop``."""

    template_name = "files/sealed_files.html"
    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": True, "class": "govuk-file-upload", **(attrs or {})})

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> list[SealedUpload]:
        held = _all(data, f"{name}-held")
        dropped = set(_all(data, f"{name}-drop"))
        again = [_again(handle) for index, handle in enumerate(held) if str(index) not in dropped]
        return [*again, *_all(files, name)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and f"{name}-held" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        # For the script that says so before anything is sent.
        context["widget"]["attrs"] |= {"data-largest": str(largest()), "data-too-large": too_large()}
        context["widget"]["held"] = [
            {"handle": hold(upload), "name": upload.name, "size": upload.size}
            for upload in value or []
            if _usable(upload)
        ]
        return context


class SealedFilesField(forms.Field):
    """Cleans to a list of ``SealedUpload``, each of an allowed kind and whole. One sentence for each that is not."""

    widget = SealedFilesInput
    default_error_messages = {
        "required": gettext_lazy("โปรดแนบไฟล์อย่างน้อยหนึ่งไฟล์"),
        "max_files": gettext_lazy("แนบไฟล์ได้ไม่เกิน {n} ไฟล์"),
    }

    def __init__(self, *, max_files: int = 10, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_files = max_files

    def clean(self, value: Any) -> list[SealedUpload]:
        uploads: list[SealedUpload] = list(value or [])
        if not uploads and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        errors = []
        if len(uploads) > self.max_files:
            sentence = str(self.error_messages["max_files"]).format(n=self.max_files)
            errors.append(ValidationError(sentence, code="max_files"))
        # Too many are not taken anyway: they are looked at when there are few enough.
        look = check if errors else examine
        for upload in uploads:
            try:
                look(upload)
            except ValidationError as error:
                upload.refused = True
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return uploads

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)


def _again(handle: str) -> SealedUpload:
    try:
        return from_handle(handle)
    except HandleExpired:
        return SealedUpload(name=_("ไฟล์แนบ"), size=0, problem=EXPIRED)


def _usable(upload: SealedUpload) -> bool:
    if upload.refused:
        return False
    try:
        check(upload)
    except ValidationError:
        return False
    return True


def _all(data: Any, name: str) -> list[Any]:
    """Every value of ``name``; a plain dict, as a script may bring it, has one or a list."""
    if hasattr(data, "getlist"):
        return data.getlist(name)
    value = data.get(name) or []
    return list(value) if isinstance(value, list | tuple) else [value]
