"""The sender's request for a review: a page of its own behind number and code."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from prongsai.acts import Refused, perform
from prongsai.complaints import tokens
from prongsai.complaints.models import Case
from prongsai.complaints.review_request import AskReview, ReviewForm, last_day, needs_evidence
from prongsai.complaints.views_public import renew
from prongsai.complaints.views_tracking import TrackForm, tracked_receipt
from prongsai.files.resend import keeps_typed
from prongsai.organisation.actors import Actor


@keeps_typed
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def ask_review(request: HttpRequest) -> HttpResponse:
    tracked = tracked_receipt(request)
    if tracked is None and request.method == "POST":
        # The quarter of an hour is over: keep what was typed in the page, ask for the code again.
        context = {"form": TrackForm(), "unsent": request.POST.get("text", "")}
        return render(request, "complaints/public/track.html", context, status=403)
    if tracked is None:
        return HttpResponseRedirect(reverse("complaints:track"), status=303)
    receipt, _key = tracked
    case = receipt.case.matter
    if request.method == "GET":
        if case.state != Case.State.REFUSED:
            return _to_the_matter()
        return _page(request, case, ReviewForm(case=case, initial={"token": tokens.new_token()}))
    form = ReviewForm(request.POST, request.FILES, case=case)
    try:
        token = tokens.read_token(request.POST.get("token", ""))
    except tokens.BadToken:
        renew(form)
        return _page(request, case, form, status=422)
    if AskReview.already_sent(token):
        return _to_the_matter()
    if not form.is_valid():
        return _page(request, case, form, status=422)
    data: dict[str, Any] = {**form.cleaned_data, "token": token, "receipt": receipt}
    actor = Actor.tracker(request.actor.province, str(case.pk))  # type: ignore[attr-defined]
    try:
        perform(AskReview, case, actor=actor, data=data, request=request)
    except Refused as error:
        form.add_error(None, str(error))
        return _page(request, case, form, status=409)
    return _to_the_matter()


def _page(request: HttpRequest, case: Case, form: ReviewForm, status: int = 200) -> HttpResponse:
    context = {"case": case, "form": form, "until": last_day(case), "needs_evidence": needs_evidence(case)}
    return render(request, "complaints/public/review.html", context, status=status)


def _to_the_matter() -> HttpResponse:
    return HttpResponseRedirect(reverse("complaints:matter") + "?sent=1", status=303)
