"""Everything under ``/api/v1/``: the operations, their description, and a 404 of the same kind for the rest."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from prongsai.api.doors import open_to_all
from prongsai.api.problems import problem
from prongsai.api.v1 import api

app_name = "api"


def nothing(request: HttpRequest) -> HttpResponse:
    return problem(request, 404)


def _opened(pattern: URLPattern) -> URLPattern:
    """Ninja makes the views; the door is put around each of them, so that 405 and CORS are the same everywhere."""
    return path(str(pattern.pattern), open_to_all(pattern.callback), name=pattern.name)


urlpatterns = [
    *(_opened(pattern) for pattern in api.urls[0] if isinstance(pattern, URLPattern)),
    re_path(r"^.*$", open_to_all(nothing), name="nothing"),
]
