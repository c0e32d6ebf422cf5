"""A form that could not be taken is shown again with what was typed and attached: nobody types a page twice (C07).

A session ends, or somebody signs in anew in another tab, while a form lies open. Views that say so (``keeps_typed``) then
answer with a page that holds the same fields and sends them once more; files wait as in ``holding``. Nothing is stored in a
session. Only what our own page sent is shown again, so that no other site can put words into somebody's mouth.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from prongsai.files.errors import HandleExpired
from prongsai.files.holding import hold
from prongsai.ui import views
from prongsai.ui.parts import Link

# Never sent back to a browser: proofs of who is there, and the token that was refused.
SECRETS = (
    "csrfmiddlewaretoken",
    "confirm_identity",
    "password",
    "passphrase",
    "again",
    "old",
    "printed",
    "code",
)
LONGEST_WORD = 30  # characters; what is longer was written, not chosen

View = TypeVar("View", bound=Callable[..., Any])


def keeps_typed(view: View) -> View:
    """Marks a view whose form is shown again where it could not be taken."""
    view.keeps_typed = True  # type: ignore[attr-defined]
    return view


def can_keep(request: HttpRequest) -> bool:
    found = request.resolver_match
    return bool(
        request.method == "POST" and found and getattr(found.func, "keeps_typed", False) and _is_ours(request)
    )


@never_cache
def not_taken(request: HttpRequest, why_th: str, why_en: str, first: Link | None = None) -> HttpResponse:
    """The page (403). ``first``: where to go, in another tab, before the form is sent again."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in SECRETS
        for value in map(str, values)
    ]
    held, lost = [], []
    for name, uploads in request.FILES.lists():
        for upload in uploads:
            try:
                fields.append((f"{name}-held", hold(upload)))  # type: ignore[arg-type]
                held.append(upload.name)
            except HandleExpired:
                lost.append(upload.name)
    written = [v for name, v in fields if not name.endswith("-held") and name != "token" and _is_written(v)]
    context = {
        "why_th": why_th,
        "why_en": why_en,
        "first": first,
        "fields": fields,
        "written": "\n\n".join(written),
        "held": held,
        "lost": lost,
        "again": request.get_full_path(),
    }
    return render(request, "files/not_taken.html", context, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """``CSRF_FAILURE_VIEW``: the form lay open for long, or somebody has signed in anew since."""
    if not can_keep(request):
        return views.csrf_failure(request, reason)
    return not_taken(
        request,
        "แบบฟอร์มนี้เปิดค้างไว้นาน หรือมีการเข้าสู่ระบบใหม่ในแท็บอื่น ระบบจึงยังมิได้บันทึก โปรดกดส่งอีกครั้ง",
        "This form was open for long, or you have signed in again in another tab. Nothing was saved yet: please send it again.",
    )


def _is_ours(request: HttpRequest) -> bool:
    """Whether a page of this site sent it, as far as the browser says. Who says nothing is taken for a stranger."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    came_from = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "")
    return (came_from.scheme, came_from.netloc) == (request.scheme, request.get_host())


def _is_written(value: str) -> bool:
    return len(value) > LONGEST_WORD or any(sign.isspace() for sign in value)
