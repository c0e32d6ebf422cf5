"""What everybody at work here must know at once: the worker is silent, or (for administrators) no mail goes out."""

from __future__ import annotations

import datetime as dt
import time

from django.conf import settings
from django.db import Error
from django.utils import timezone

from prongsai.config.health import worker_heartbeat
from prongsai.organisation.actors import Actor

SILENT = dt.timedelta(minutes=2)
KEEP_SECONDS = 10.0
WORKER_SILENT = (
    "งานเบื้องหลังของระบบหยุดทำงาน การนับเวลาอัตโนมัติ อีเมลแจ้งเตือน และหลักฐานในสมุดบันทึกจึงรออยู่ "
    "ข้อมูลที่บันทึกแล้วไม่สูญหาย โปรดแจ้งผู้ดูแลระบบ"
)
NO_MAIL = "ยังมิได้ตั้งเครื่องแม่ข่ายอีเมล การแจ้งเตือนแสดงในระบบเท่านั้น ไม่มีการส่งอีเมล"


class Watch:
    """When a worker last said that it lives, asked once in some seconds: every page of everybody shows it."""

    def __init__(self) -> None:
        self._beat: dt.datetime | None = None
        self._until = 0.0

    def is_silent(self) -> bool:
        if time.monotonic() >= self._until:
            try:
                self._beat = worker_heartbeat()
            except Error:
                self._beat = None
            self._until = time.monotonic() + KEEP_SECONDS
        return self._beat is None or timezone.now() - self._beat > SILENT

    def forget(self) -> None:
        self._until = 0.0


watch = Watch()


def warnings_for(actor: Actor) -> list[str]:
    """Sentences for the top of every page of the staff site; usually none."""
    found = [WORKER_SILENT] if watch.is_silent() else []
    if not settings.SMTP_URL and actor.has("system_admin"):
        found.append(NO_MAIL)
    return found
