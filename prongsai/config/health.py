"""``/healthz``: the web server, the database and the worker answer. A dead worker is visible to whoever watches."""

import datetime as dt

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

# A worker says that it lives every 10 seconds (procrastinate's heartbeat).
SILENT = dt.timedelta(seconds=45)


def worker_heartbeat() -> dt.datetime | None:
    """When a worker last said that it lives; None when none has registered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        return cursor.fetchone()[0]


def health() -> dict[str, bool]:
    parts = {"web": True, "database": False, "worker": False}
    try:
        beat = worker_heartbeat()
        parts["database"] = True
        parts["worker"] = beat is not None and timezone.now() - beat < SILENT
    except Error:
        pass
    return parts


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all three answer, else 503; the body names each."""
    parts = health()
    said = {name: "ok" if fine else "down" for name, fine in parts.items()}
    response = JsonResponse(said, status=200 if all(parts.values()) else 503)
    # Whoever watches asks every few seconds and reads the answer; Django would write each 503 to the log as an error.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
