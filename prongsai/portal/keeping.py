"""Public pages are kept for a minute, for readers who are nobody in particular; everybody else gets a fresh page.

A view says that its page may be kept (``@kept``); ``KeptMiddleware`` keeps the answer as it leaves the house, headers and
compression included, and gives it out before sessions, languages and addresses are looked at: that is where the time of
a kept page would go. The key is the whole address, which carries the language (``/en/``) and what was asked for. Pages
that set a cookie or carry a form's token belong to one reader and are not kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response

SECONDS = 60
READING = ["GET", "HEAD"]
LARGEST = 2 * 1024 * 1024  # bytes

View = Callable[..., HttpResponseBase]


def kept(view: View) -> View:
    """The answers to anonymous GETs may be kept for ``SECONDS``; others come from the view and are stored nowhere."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in READING:
            return HttpResponseNotAllowed(READING)
        response = view(request, *args, **kwargs)
        if not is_anybody(request):
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response
        response.may_be_kept = "Cache-Control" not in response.headers  # type: ignore[attr-defined]
        # Browsers may store the page but ask each time; the ETag makes the answer short.
        response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return answer


@dataclass(frozen=True)
class _View:
    """What remains of a page's address for whoever counts requests."""

    view_name: str


@dataclass(frozen=True)
class _Page:
    """An answer as it left the house."""

    body: bytes
    headers: dict[str, str]
    view: _View

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or 304 for a reader who has it."""
        request.resolver_match = self.view  # type: ignore[assignment]
        response = HttpResponse(self.body, headers=self.headers)
        return get_conditional_response(request, etag=self.headers.get("ETag"), response=response)


class KeptMiddleware:
    """Stands outside of everything that looks at the reader, and inside of what counts requests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "GET" or not is_anybody(request):
            return self.get_response(request)
        key = _key(request)
        if page := cache.get(key):
            return page.answer(request)
        response = self.get_response(request)
        if _may_keep(request, response):
            match = request.resolver_match
            view = _View(match.view_name if match else "")
            cache.set(key, _Page(response.content, dict(response.items()), view), SECONDS)  # type: ignore[attr-defined]
        return response


def is_anybody(request: HttpRequest) -> bool:
    """Nothing in the request says who is asking: no session (signed in, or tracking a matter), no waiting message."""
    return not {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name} & request.COOKIES.keys()


def _key(request: HttpRequest) -> str:
    packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    address = request.build_absolute_uri()  # raises for a host that is not ours
    return f"portal:{packed}:{sha256(address.encode()).hexdigest()}"


def _may_keep(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        getattr(response, "may_be_kept", False)
        and response.status_code == 200
        and isinstance(response, HttpResponse)
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and len(response.content) <= LARGEST
    )
