"""The page on which a sender confirms the signature: choose where the code goes, then type it."""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from prongsai.acts import Refused, perform
from prongsai.complaints import signature as confirming
from prongsai.complaints.models import Receipt
from prongsai.complaints.sender import ConfirmSignature
from prongsai.complaints.views_tracking import tracked_receipt
from prongsai.organisation.actors import Actor
from prongsai.thai.digits import to_arabic
from prongsai.ui.forms import RadioGroup, ThaiTextField

WAYS = {"phone": _("ข้อความสั้นถึงโทรศัพท์"), "email": _("อีเมล")}


class WayForm(forms.Form):
    way = forms.ChoiceField(
        label=_("ส่งรหัสไปที่ใด"), widget=RadioGroup, error_messages={"required": _("โปรดเลือกช่องทางรับรหัส")}
    )

    def __init__(self, *args, ways: dict[str, str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [(w, f"{WAYS[w]} {masked}") for w, masked in ways.items()]  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    code = ThaiTextField(label=_("รหัสหกหลัก"), max_length=20)
    way = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)

    def clean_code(self) -> str:
        return "".join(c for c in to_arabic(self.cleaned_data["code"]) if c.isdigit())


@never_cache
@require_http_methods(["GET", "POST"])
def signature(request: HttpRequest) -> HttpResponse:
    tracked = tracked_receipt(request)
    if tracked is None:
        return HttpResponseRedirect(reverse("complaints:track"), status=303)
    receipt, key = tracked
    if receipt.case.signed:
        return HttpResponseRedirect(reverse("complaints:matter"), status=303)
    ways = confirming.ways(receipt, key)
    way_form, code_form = WayForm(ways=ways), None
    status = 200
    if request.method == "POST" and "code" in request.POST:
        code_form = CodeForm(request.POST)
        if code_form.is_valid() and _confirmed(request, receipt, code_form):
            return HttpResponseRedirect(reverse("complaints:matter") + "?signed=1", status=303)
        status = 422
    elif request.method == "POST":
        way_form = WayForm(request.POST, ways=ways)
        status = 422
        if way_form.is_valid():
            try:
                confirming.send(receipt, key, way_form.cleaned_data["way"])
            except confirming.NotSent as error:
                way_form.add_error("way", str(error))
            else:
                code_form, status = CodeForm(initial={"way": way_form.cleaned_data["way"]}), 200
    context = {"ways": ways, "way_form": way_form, "code_form": code_form, "form": code_form or way_form}
    return render(request, "complaints/public/signature.html", context, status=status)


def _confirmed(request: HttpRequest, receipt: Receipt, form: CodeForm) -> bool:
    try:
        confirming.check(receipt, form.cleaned_data["code"])
        way = form.cleaned_data["way"] if form.cleaned_data["way"] in WAYS else "email"
        actor = Actor.tracker(request.actor.province, str(receipt.case_id))
        with transaction.atomic():
            # Of a merged case it counts for the matter too, unless that is signed already.
            for case in {receipt.case, receipt.case.matter}:
                if case == receipt.case or not case.signed:
                    data = {"receipt": receipt, "way": way}
                    perform(ConfirmSignature, case, actor=actor, data=data, request=request)
    except (confirming.WrongCode, Refused) as error:
        form.add_error("code", str(error))
        return False
    return True
