"""What every request passes: the language it is answered in, and a door against bytes that no text can hold."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.urls import is_valid_path
from django.utils import translation

from prongsai.ui.views import plain_error

TEXTS = ("text/", "application/json")


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
    # Django has made text of the path, with a percent sign before every byte that is none; the query is as it came.
    query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
    try:
        text = request.path_info + query.decode()
    except UnicodeDecodeError:
        return True
    # A quoted cookie can carry "\000".
    return "\x00" in text or any("\x00" in value for value in request.COOKIES.values())


class LanguageMiddleware(LocaleMiddleware):
    """Public addresses carry their language (``/en/…``); elsewhere the language that the person chose, else Thai.

    With unprefixed Thai addresses Django answers every other address in Thai too and forgets the choice that
    ``set_language`` keeps in a cookie. The browser's ``Accept-Language`` is not asked: official pages open in Thai.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if chosen == translation.get_language() or chosen not in dict(settings.LANGUAGES):
            return
        with translation.override(chosen):
            # A public Thai address does not exist in English: there the address decides, not the cookie.
            free = is_valid_path(request.path_info)
        if free:
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language()


class CompressMiddleware(GZipMiddleware):
    """Texts travel compressed, except pages that belong to one reader: their length must tell nothing (BREACH)."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        kind = response.headers.get("Content-Type", "")
        if not kind.startswith(TEXTS) or "private" in response.headers.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)
