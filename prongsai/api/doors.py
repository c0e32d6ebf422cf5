"""What every address of the API has in common.

Whoever asks is nobody in particular: a session that happens to come along is not read, so that staff are shown what
everybody is shown, and answers can be kept and given to the next. Only reading is answered, to scripts of any site (CORS).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from prongsai.api.problems import problem
from prongsai.organisation.actors import Actor
from prongsai.organisation.provinces import current_province
from prongsai.registers.licence import licence_of

SECONDS = 60
LARGEST = 128 * 1024  # bytes of an answer that is kept
READING = ("GET", "HEAD", "OPTIONS")
KEPT_HEADERS = ("Content-Type", "Link", "X-Total-Count")

View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in READING:
            response = problem(request, 405)
            response.headers["Allow"] = ", ".join(READING)
        elif request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Allow": ", ".join(READING)})
        else:
            response = _kept(request, lambda: _asked(view, request, args, kwargs))
        return _dressed(response)

    return answer


def _asked(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
    """The answer in Thai order and Thai addresses, whatever language the visitor has chosen for the pages."""
    request.actor = Actor.anonymous(current_province())  # type: ignore[attr-defined]
    method, request.method = request.method, "GET"  # the body of HEAD is dropped by the server
    try:
        with translation.override("th"):
            response = view(request, *args, **kwargs)
    finally:
        request.method = method
    licence = f'<{licence_of(request.actor.province).url}>; rel="license"'  # type: ignore[attr-defined]
    response.headers["Link"] = ", ".join(filter(None, [response.headers.get("Link"), licence]))
    return response


def _kept(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The key is the whole address: nothing else in a request changes an answer."""
    key = f"api:{sha256(request.build_absolute_uri().encode()).hexdigest()}"
    if found := cache.get(key):
        body, headers = found
        return HttpResponse(body, headers=headers)
    response = make()
    if response.status_code == 200 and not response.streaming and len(response.content) <= LARGEST:
        headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        cache.set(key, (response.content, headers), SECONDS)
    return response


def _dressed(response: HttpResponse) -> HttpResponse:
    response.headers.setdefault("Cache-Control", f"public, max-age={SECONDS}")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = ", ".join(READING)
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link, X-Total-Count"
    response.headers["Content-Language"] = "th"
    return response
