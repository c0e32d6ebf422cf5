"""The page on which the handler chooses what goes with a matter, and takes the package."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from prongsai import files, sealed
from prongsai.complaints import package
from prongsai.complaints.acts.redacting import NO_WORKING_TEXT
from prongsai.complaints.models import Case, Evidence
from prongsai.registers import register_of
from prongsai.registers.staff_pages import actor_of, staff_page
from prongsai.ui.forms import CheckboxGroup


class PackageForm(forms.Form):
    evidence = forms.MultipleChoiceField(
        label="พยานหลักฐานที่ส่งไปด้วย",
        help_text="ส่งฉบับใช้งานโดยไม่ใช้ชื่อไฟล์เดิม ไฟล์ที่ยังมิได้ลบข้อมูลแฝงอาจบอกว่าผู้ใดส่ง",
        widget=CheckboxGroup,
        required=False,
    )
    looked = forms.BooleanField(label="ตรวจแล้วว่าไฟล์ที่เลือกไม่มีสิ่งที่ระบุตัวผู้ร้องเรียนและพยาน", required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("evidence") and not data.get("looked"):
            self.add_error("looked", "โปรดตรวจไฟล์ที่เลือกและทำเครื่องหมาย")
        return data


@staff_page
@require_http_methods(["GET", "POST"])
def referral_package(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A case that the person does not see does not exist; without the key in hand, first to the passphrase."""
    actor = actor_of(request)
    register = register_of("complaints")
    case: Case | None = (
        register.rows(actor).select_related("agency").filter(pk=pk).first() if register else None
    )
    if case is None or package.why_not(actor, case):
        raise Http404
    unlocked = sealed.unlocked(request)
    if unlocked is None:
        return redirect(f"{reverse('sealed:unlock')}?{urlencode({'next': request.path})}")
    try:
        opened = unlocked.open(case.envelope)
    except sealed.SealError as error:
        return _page(request, case, None, str(error), 403)
    pieces = {str(e.pk): e for e in case.evidence.select_related("file__working_copy").order_by("pk")}
    sent = request.POST if request.method == "POST" else None
    form = PackageForm(sent, choices=_choices(pieces, opened))
    if package.text_paper(case, opened, unlocked) is None:
        return _page(request, case, None, NO_WORKING_TEXT, 409 if request.method == "POST" else 200)
    if request.method == "POST" and form.is_valid():
        chosen = [pieces[pk] for pk in form.cleaned_data["evidence"]]
        made = package.make(case, actor, request, unlocked, chosen)
        if made is not None:
            return made
    return _page(request, case, form, "", 422 if request.method == "POST" else 200)


def _choices(pieces: dict[str, Evidence], opened: sealed.OpenEnvelope) -> list[tuple[str, str]]:
    found = []
    for pk, piece in pieces.items():
        card = files.describe(piece.file, opened)
        if not card.harmful and not card.problem:
            found.append((pk, " – ".join(filter(None, (card.name, card.hidden_data)))))
    return found


def _page(
    request: HttpRequest, case: Case, form: PackageForm | None, why_not: str, status: int
) -> HttpResponse:
    context = {"case": case, "form": form, "why_not": why_not}
    return render(request, "complaints/office/package.html", context, status=status)
