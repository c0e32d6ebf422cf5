"""Pages for the browser that has just filed: after half an hour, or from another browser, there is nothing (410)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from prongsai.complaints import tokens
from prongsai.complaints.intake import already_filed


def for_who_filed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """``view(request, token, receipt, …)``: the form's token from the cookie, and the receipt that it made."""

    @wraps(view)
    def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        token = tokens.recall(request)
        receipt = already_filed(token) if token else None
        if token is None or receipt is None:
            return render(request, "complaints/public/receipt_gone.html", status=410)
        return view(request, token, receipt, **kwargs)

    return checked
