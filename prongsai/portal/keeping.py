"""Public pages are kept for a minute, for readers who are nobody in particular; everybody else gets a fresh page.

The key is the whole address, which carries the language (``/en/``) and what was asked for. Pages that set a cookie or
carry a form's token belong to one reader and are not kept.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

SECONDS = 60
READING = ["GET", "HEAD"]
LARGEST = 2 * 1024 * 1024  # bytes

View = Callable[..., HttpResponseBase]


def kept(view: View) -> View:
    """Answer anonymous GETs from memory for ``SECONDS``; others always from the view, never stored on the way."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in READING:
            return HttpResponseNotAllowed(READING)
        if not is_anybody(request):
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response
        key = f"portal:{sha256(request.build_absolute_uri().encode()).hexdigest()}"
        if request.method == "GET" and (found := cache.get(key)):
            body, content_type = found
            return _revalidated(HttpResponse(body, content_type=content_type))
        response = view(request, *args, **kwargs)
        if request.method == "GET" and _may_keep(request, response):
            cache.set(key, (response.content, response.headers["Content-Type"]), SECONDS)  # type: ignore[attr-defined]
        return _revalidated(response)

    return answer


def is_anybody(request: HttpRequest) -> bool:
    """Nothing in the request says who is asking: no session (signed in, or tracking a matter), no waiting message."""
    return not {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name} & request.COOKIES.keys()


def _may_keep(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        response.status_code == 200
        and isinstance(response, HttpResponse)
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and "Cache-Control" not in response.headers
        and len(response.content) <= LARGEST
    )


def _revalidated(response: HttpResponseBase) -> HttpResponseBase:
    """Browsers may store the page but ask each time; the ETag makes the answer short."""
    response.headers.setdefault("Cache-Control", "no-cache")
    return response
