"""The zone is a fact of the law: every day that is counted, shown or exported is a day in Thailand (G46)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connection

BANGKOK = "Asia/Bangkok"
TAG = "time_zone"


@checks.register(TAG)
def fixed(app_configs: Any, **more: Any) -> list[checks.CheckMessage]:
    """Refuses to start under another zone: dates that were stored would all be read as other days."""
    if settings.USE_TZ and settings.TIME_ZONE == BANGKOK and connection.timezone_name == "UTC":
        return []
    said = "TIME_ZONE must be Asia/Bangkok, USE_TZ must be on, and DATABASES must name no zone of its own."
    return [checks.Error(said, hint="Take out what was changed.", id="prongsai.E001")]


def of_session() -> str:
    """What the database's session says; Django sets UTC, and a pooler in between may lose it."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW timezone")
        return str(cursor.fetchone()[0])
