"""The outermost layer: every request gets an id, is counted and, with ``PRONGSAI_LOG=json``, gets a line in the log."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from prongsai.config import metrics
from prongsai.config.logs import current_request

HEADER = "X-Request-ID"
FROM_PROXY = re.compile(r"[0-9a-fA-F-]{16,64}")
# What a machine asks every few seconds.
PROBES = ("/healthz", "/metrics")

log = logging.getLogger("prongsai.requests")


class WatchMiddleware:
    """``/metrics`` is answered here, before hosts, sessions and languages are looked at: a scraper has none of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        number = given if FROM_PROXY.fullmatch(given) else uuid.uuid4().hex
        # Stays until the next request of this thread: Django writes its own lines after this layer has answered.
        current_request.set(number)
        begun = time.perf_counter()
        answer = metrics.metrics if request.path_info == "/metrics" else self.get_response
        response = answer(request)
        response[HEADER] = number
        # How often a page of the confidential channel is used is itself a secret.
        if getattr(response, "unwatched", False):
            return response
        seconds = time.perf_counter() - begun
        metrics.count(request, response, seconds)
        if request.path_info not in PROBES:
            self._note(request, response, seconds)
        return response

    @staticmethod
    def _note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        fields = {
            "method": request.method,
            "view": metrics.view_name(request),
            "status": response.status_code,
            "milliseconds": round(seconds * 1000, 1),
        }
        log.info("request", extra={"fields": fields})
