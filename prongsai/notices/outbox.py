"""The outbox as the worker and the administrators meet it: send what waits, and say how it stands."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from prongsai.notices.models import Notice, Outgoing
from prongsai.notices.planning import plan
from prongsai.notices.sending import connection_to_server, send_one

LONGEST_RUN = 45.0  # seconds; what is left goes out in the next minute
STUCK = dt.timedelta(hours=1)  # beyond the longest pause nothing may wait for its turn
RECENT = dt.timedelta(days=7)


def deliver(now: dt.datetime | None = None) -> int:
    """Plan and send what is due; returns how many mails were tried. May run twice at once and be killed at any moment."""
    if not settings.SMTP_URL:
        return 0
    fixed, end = now, time.monotonic() + LONGEST_RUN
    plan(fixed or timezone.now())
    server, tried = connection_to_server(), 0
    try:
        while time.monotonic() < end:
            went = send_one(fixed or timezone.now(), server)
            if went is None:
                break
            tried += 1
            if not went:
                break
    finally:
        server.close()
    return tried


@dataclass(frozen=True)
class MailHealth:
    """How mail stands, in Thai words. ``ok``: what is set up works; no mail server at all is a choice, and said."""

    ok: bool
    words: str
    configured: bool
    queued: int = 0
    undelivered: int = 0  # in the last seven days
    late_since: dt.datetime | None = None  # the oldest mail that is past its turn


def mail_health(now: dt.datetime | None = None) -> MailHealth:
    now = now or timezone.now()
    if not settings.SMTP_URL:
        return MailHealth(
            True,
            "ยังมิได้ตั้งเครื่องแม่ข่ายอีเมล (PRONGSAI_SMTP_URL) การแจ้งเตือนจึงแสดงในระบบเท่านั้น ไม่ส่งทางอีเมล",
            configured=False,
        )
    queued = Outgoing.objects.filter(state__in=(Outgoing.State.QUEUED, Outgoing.State.SENDING))
    waiting = queued.count() + Notice.objects.waiting().count()
    late = Outgoing.objects.due(now - STUCK).aggregate(since=Min("next_attempt_at"))["since"]
    failing = queued.filter(attempts__gte=3).count()
    lost = Outgoing.objects.filter(state=Outgoing.State.UNDELIVERED, created_at__gte=now - RECENT).count()
    words = f"รอส่ง {waiting} รายการ ส่งไม่ถึงใน 7 วัน {lost} ฉบับ"
    if late:
        words = f"มีอีเมลค้างส่งเกินหนึ่งชั่วโมง โปรดตรวจตัวทำงานเบื้องหลัง ({words})"
    elif failing:
        words = f"เครื่องแม่ข่ายอีเมลยังไม่รับ {failing} ฉบับ ระบบจะส่งซ้ำเอง ({words})"
    elif lost:
        words = f"{words} ดูทะเบียนอีเมลแจ้งเตือน"
    return MailHealth(
        ok=not (late or failing),
        words=words,
        configured=True,
        queued=waiting,
        undelivered=lost,
        late_since=late,
    )
