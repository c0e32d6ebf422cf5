"""When a session was last used, to the nearest few minutes, for the list of sessions.

Only sessions that began by signing in are followed, and written at most once in ``EVERY`` seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

KEY = "signin_seen"
EVERY = 5 * 60


def begin(request: HttpRequest) -> None:
    request.session[KEY] = int(time.time())


class SeenMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Only where the page itself has looked at the session: public pages stay free of it.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.accessed:
            _renew(request)
        return response


def _renew(request: HttpRequest) -> None:
    seen = request.session.get(KEY)
    if seen is None or time.time() - seen < EVERY:
        return
    begin(request)
    key = request.session.session_key
    UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now())
