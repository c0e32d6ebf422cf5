"""Pages that are shown when something else could not be: ``config.urls`` names them as handlers."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache


def plain_error(status: int, **context: Any) -> HttpResponse:
    """The page of ``status`` without session, user or language: for requests that cannot be trusted that far."""
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)


@never_cache
def error_page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """The page of ``status`` (410: taken down, 429: ``minutes``) in the frame of the site."""
    return render(request, f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """``handler400``: what is too big is said to be too big (413); the rest cannot be understood (400)."""
    too_big = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    if too_big:
        return plain_error(413, limit_mb=settings.UPLOAD_FILE_LIMIT // 1024**2)
    return plain_error(400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """``handler403``. The text of ``PermissionDenied("…")`` is the sentence that says why not."""
    return error_page(request, 403, exception=str(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """``handler404``. The exception names addresses and models: never shown."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """``handler500``: a page that needs nothing of the house."""
    return plain_error(500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or another site sent it. ``reason`` is for the log only."""
    return plain_error(403, csrf=True)
