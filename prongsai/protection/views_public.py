"""The public page on protection, and the reporter's own: asked for, seen and withdrawn with the tracking code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from prongsai import sealed
from prongsai.acts import Refused, perform
from prongsai.acts.rules import rule
from prongsai.complaints.models import Receipt
from prongsai.complaints.views_tracking import tracked_receipt
from prongsai.compliance.finished_years import by_year
from prongsai.compliance.standing import SMALLEST_CELL
from prongsai.organisation.actors import Actor
from prongsai.protection import reading
from prongsai.protection.acts import RequestProtection, TakeUpProposal, Withdraw
from prongsai.protection.forms import RequestForm, WithdrawForm
from prongsai.protection.matching import receipt_link
from prongsai.protection.models import Measure, ProtectionCase

S = ProtectionCase.State
SAID = ("name", "post", "contact", "feared", "danger", "wish")


@require_GET
def policy(request: HttpRequest) -> HttpResponse:
    """Who is protected, how one asks, what may be ordered, who knows of it."""
    province = request.actor.province  # type: ignore[attr-defined]
    context = {
        "kinds": list(Measure.Kind),
        "lasting": Measure.PUBLIC_INTEREST,
        "assessment": rule(province.code, "protection_assessment", timezone.localdate()),
        "years": by_year(ProtectionCase.objects.filter(province=province), timezone.localdate()),
        "smallest": SMALLEST_CELL,
        "page_audience": _("ทุกคน"),
    }
    return render(request, "protection/public/policy.html", context)


def sender_link(receipt: Receipt) -> Iterable[tuple[str, str]]:
    yield _("ขอรับการคุ้มครอง หรือดูคำขอของท่าน"), reverse("protection:mine")


def file_of(receipt: Receipt) -> ProtectionCase | None:
    found = ProtectionCase.objects.select_related("province", "envelope")
    return found.filter(link=receipt_link(receipt.pk)).first()


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """The form while nothing was asked; afterwards what was asked and ordered, and the way to withdraw."""
    tracked = tracked_receipt(request)
    if tracked is None:
        # The quarter of an hour is over: what was typed stays in the page, and the code is asked for again.
        form = RequestForm(request.POST) if request.method == "POST" else None
        if form is None:
            return HttpResponseRedirect(reverse("complaints:track"), status=303)
        return render(request, "protection/public/mine.html", {"form": form, "expired": True}, status=403)
    receipt, key = tracked
    file = file_of(receipt)
    if file is None or file.state == S.PROPOSED:
        return _asking(request, receipt, file)
    return _asked(request, receipt, file, key)


def _asking(request: HttpRequest, receipt: Receipt, file: ProtectionCase | None) -> HttpResponse:
    form, status = RequestForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = {"receipt": receipt, "said": {name: form.cleaned_data[name] for name in SAID}}
            declared = TakeUpProposal if file else RequestProtection
            try:
                perform(declared, file, actor=_sender(request, receipt), data=data, request=request)
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 409
            except IntegrityError:  # the same form twice in the same moment: it is there
                return HttpResponseRedirect(reverse("protection:mine"), status=303)
            else:
                return HttpResponseRedirect(reverse("protection:mine") + "?sent=1", status=303)
    context = {"form": form, "receipt": receipt, "offered": file is not None}
    return render(request, "protection/public/mine.html", context, status=status)


def _asked(request: HttpRequest, receipt: Receipt, file: ProtectionCase, key: sealed.Tracker) -> HttpResponse:
    form, status = WithdrawForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            perform(Withdraw, file, actor=_sender(request, receipt), data=form.cleaned_data, request=request)
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            return HttpResponseRedirect(reverse("protection:mine") + "?withdrawn=1", status=303)
    elif request.method == "POST":
        status = 422
    context: dict[str, Any] = {
        "file": file,
        "said": reading.read(file, key).facts,
        "measures": file.measures.all(),
        "lasting": Measure.PUBLIC_INTEREST,
        "form": None if file.withdrawn_on or file.state == S.ENDED else form,
        "receipt": receipt,
    }
    return render(request, "protection/public/mine.html", context, status=status)


def _sender(request: HttpRequest, receipt: Receipt) -> Actor:
    return Actor.tracker(request.actor.province, str(receipt.case_id))  # type: ignore[attr-defined]
