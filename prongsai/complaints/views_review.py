"""The sender's request for a review: a page of its own behind number and code."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from prongsai.complaints import tokens
from prongsai.complaints.models import Case
from prongsai.complaints.review_request import AskReview, ReviewForm, last_day, needs_evidence
from prongsai.complaints.views_tracking import code_again, take, to_the_matter, tracked_receipt
from prongsai.files.resend import keeps_typed


@keeps_typed
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def ask_review(request: HttpRequest) -> HttpResponse:
    tracked = tracked_receipt(request)
    if tracked is None and request.method == "POST":
        return code_again(request)
    if tracked is None:
        return HttpResponseRedirect(reverse("complaints:track"), status=303)
    receipt, _key = tracked
    case = receipt.case.matter
    if request.method == "POST":
        form = ReviewForm(request.POST, request.FILES, case=case)
        return take(request, AskReview, receipt, form, partial(_page, request, case))
    if case.state != Case.State.REFUSED:
        return to_the_matter()
    return _page(request, case, ReviewForm(case=case, initial={"token": tokens.new_token()}))


def _page(request: HttpRequest, case: Case, form: ReviewForm, status: int = 200) -> HttpResponse:
    context = {"case": case, "form": form, "until": last_day(case), "needs_evidence": needs_evidence(case)}
    return render(request, "complaints/public/review.html", context, status=status)
