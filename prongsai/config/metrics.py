"""Figures for Prometheus at ``/metrics``: how the web server answers, and how the house stands. Nothing identifies anybody.

Several web processes share their counters through files in ``PROMETHEUS_MULTIPROC_DIR``, which `prongsai up` and
`prongsai web` set; figures of the house are asked from the database when they are scraped.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from ipaddress import ip_address

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils import timezone
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.metrics_core import GaugeMetricFamily, Metric

# Whoever comes through a proxy is not on this machine, although the proxy is.
PROXIED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 15)

_OURS = CollectorRegistry()
REQUESTS = Counter(
    "prongsai_requests", "Answers by view, method and status", ["view", "method", "status"], registry=_OURS
)
DURATION = Histogram(
    "prongsai_request_seconds",
    "Seconds until the answer began, by view",
    ["view"],
    buckets=SECONDS,
    registry=_OURS,
)


def count(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    view = view_name(request)
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(view, method, str(response.status_code)).inc()
    DURATION.labels(view).observe(seconds)


def view_name(request: HttpRequest) -> str:
    """The name in the list of addresses: never the address itself, which may hold a number or a token."""
    if match := request.resolver_match:
        return match.view_name or "unnamed"
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


def metrics(request: HttpRequest) -> HttpResponse:
    """404 for whoever may not see them: from another machine, without the token."""
    if not _may_see(request):
        return HttpResponseNotFound()
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def exposition() -> bytes:
    web = _OURS
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        web = CollectorRegistry()
        multiprocess.MultiProcessCollector(web)  # type: ignore[no-untyped-call]
    house = CollectorRegistry()
    house.register(_House())  # type: ignore[arg-type]
    return generate_latest(web) + generate_latest(house)


def _may_see(request: HttpRequest) -> bool:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if settings.METRICS_TOKEN and scheme.lower() == "bearer":
        return hmac.compare_digest(token.encode(), settings.METRICS_TOKEN.encode())
    if any(name in request.META for name in PROXIED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


class _House:
    def collect(self) -> Iterator[Metric]:
        try:
            figures = dict(_figures())
        except Error:
            figures = {"database_up": ("Whether the database answers", 0.0)}
        for name, (text, value) in figures.items():
            yield GaugeMetricFamily(f"prongsai_{name}", text, value=value)


def _figures() -> Iterator[tuple[str, tuple[str, float]]]:
    from prongsai import ledger
    from prongsai.acts.models import Due
    from prongsai.complaints.models import Case
    from prongsai.config.health import worker_heartbeat
    from prongsai.ledger.models import Pending
    from prongsai.runtime.backup import Shelf

    now, infinite = timezone.now(), float("inf")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    yield "database_up", ("Whether the database answers", 1.0)
    yield "complaints_stored", ("Complaints received and stored", Case.objects.count())
    duties = Due.objects.counted().open()
    yield "duties_open", ("Duties that nobody has met yet", duties.count())
    overdue = Due.objects.counted().overdue(timezone.localdate(now))
    yield "duties_overdue", ("Open duties whose day is past", overdue.count())
    beat = worker_heartbeat()
    age = (now - beat).total_seconds() if beat else infinite
    yield "worker_heartbeat_age_seconds", ("Since a worker last said that it lives", age)
    head = ledger.Checkpoint.objects.order_by("-tree_size").first()
    yield "ledger_entries", ("Entries in the ledger's tree", head.tree_size if head else 0)
    yield "ledger_pending", ("Entries that wait for the tree", Pending.objects.count())
    if settings.BACKUP_DIR:
        newest = Shelf(settings.BACKUP_DIR).newest()
        age = (now - newest).total_seconds() if newest else infinite
        yield "backup_age_seconds", ("Since the last complete backup", age)
