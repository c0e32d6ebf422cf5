"""Carries the cookies of ``unlocking``. Stands after the session and the actor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from prongsai.sealed.unlocking import DRAWERS


class UnlockMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for drawer in DRAWERS:
            drawer.carry(request, response)
        return response
