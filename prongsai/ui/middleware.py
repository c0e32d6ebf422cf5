"""Requests whose address or cookies carry bytes that no text can hold are answered 400 before anything reads them."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponseBase

from prongsai.ui.views import plain_error


class BadBytesMiddleware:
    """NUL or broken UTF-8 in path, query or cookies: PostgreSQL refuses such text, and Django would answer 500.

    Form bodies are left to the form fields, which say beside the field what is wrong.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if has_bad_bytes(request):
            return plain_error(400)
        return self.get_response(request)


def has_bad_bytes(request: HttpRequest) -> bool:
    # WSGI hands the path over as latin-1, percent signs already resolved; the query is still percent-encoded.
    path = request.META.get("PATH_INFO", "").encode("latin-1", "replace")
    query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
    try:
        text = path.decode() + query.decode()
    except UnicodeDecodeError:
        return True
    # A quoted cookie can carry "\000".
    return "\x00" in text or any("\x00" in value for value in request.COOKIES.values())
