"""The form of "verify a document"."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.portal.uploads import LARGEST


class ProofForm(forms.Form):
    """A proof, as a file or as text, and the document that it speaks of. ``cleaned_data``: ``bundle``, ``document`` (bytes)."""

    hide_optional = True  # one of the first two is needed; "optional" on both would mislead

    file = forms.FileField(
        label=_("ไฟล์ proof"),
        help_text=_("ไฟล์ proof ที่ดาวน์โหลดจากหน้าหลักฐาน หรือจากใบรับเรื่อง"),
        required=False,
    )
    # Not the house's text field: a proof must be read exactly as it came.
    text = forms.CharField(
        label=_("หรือวางข้อความของหลักฐาน"),
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
        required=False,
    )
    document = forms.FileField(
        label=_("เอกสารที่ต้องการเทียบ (ถ้ามี)"),
        help_text=_("เมื่อแนบเอกสาร ระบบจะตรวจว่าตรงกับเอกสารที่บันทึกไว้หรือไม่"),
        required=False,
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, too_large: Callable[[], bool] = lambda: False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._too_large = too_large

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self._too_large():
            raise forms.ValidationError(
                _("ไฟล์รวมกันต้องไม่เกิน %(n)d เมกะไบต์"), params={"n": LARGEST // 1024 // 1024}
            )
        file, text, document = data.get("file"), data.get("text") or "", data.get("document")
        if not file and not text and not self.errors:
            raise forms.ValidationError(_("โปรดแนบไฟล์หลักฐาน หรือวางข้อความของหลักฐาน"))
        data["bundle"] = file.read() if file else text
        data["document"] = document.read() if document is not None else None
        return data
