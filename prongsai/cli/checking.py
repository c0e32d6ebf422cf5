"""``prongsai check`` and ``prongsai verify``: is this installation in order, and does the ledger hold?"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from prongsai import ledger, sealed
from prongsai.config.health import SILENT, worker_heartbeat
from prongsai.organisation.models import Province

LEAST_FREE = 1024**3  # bytes
MOST_SKEW = dt.timedelta(seconds=30)

Finding = tuple[bool, str, str]  # in order?, what was looked at, what was found and what to do


def check() -> int:
    """Print one line per finding. Returns 0 when all is in order, else 1."""
    fine = True
    for name, look in CHECKS:
        for ok, what, found in _look(name, look):
            fine &= ok
            print(f"{'✓' if ok else '✗'} {what}: {found}")
    return 0 if fine else 1


def _look(name: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except Exception as error:
        yield False, name, f"ตรวจไม่ได้: {error}"


def _settings() -> Iterator[Finding]:
    problems = [m for m in checks.run_checks() if m.level >= checks.WARNING]
    yield not problems, "การตั้งค่า", "; ".join(m.msg for m in problems) or "เรียบร้อย"
    zone = settings.TIME_ZONE
    yield (
        zone == "Asia/Bangkok",
        "เขตเวลา",
        f"{zone}" + ("" if zone == "Asia/Bangkok" else " ต้องเป็น Asia/Bangkok"),
    )
    provinces = [p.name_th for p in Province.objects.exclude(settings={})]
    yield bool(provinces), "จังหวัด", ", ".join(provinces) or "ยังมิได้ตั้ง ใช้ `prongsai province CODE`"


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), datcollate FROM pg_database WHERE datname = current_database()"
        )
        version, collation = cursor.fetchone()
        cursor.execute("SELECT cardinality(show_trgm('ที่ปรึกษา')) > 0")
        thai = cursor.fetchone()[0]
    yield True, "PostgreSQL", version
    advice = "" if thai else " ค้นหาภาษาไทยไม่ได้ โปรดสร้างฐานข้อมูลใหม่ด้วย C.UTF-8"
    yield thai, "ภาษาของฐานข้อมูล", f"{collation}{advice}"


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield not waiting, "โครงสร้างฐานข้อมูล", f"รอปรับปรุง {len(waiting)} รายการ" if waiting else "เป็นปัจจุบัน"


def _worker() -> Iterator[Finding]:
    beat = worker_heartbeat()
    alive = beat is not None and timezone.now() - beat < SILENT
    yield alive, "ตัวทำงานเบื้องหลัง", f"ตอบล่าสุด {timezone.localtime(beat):%H:%M:%S}" if beat else "ไม่ได้ทำงาน"


def _clock() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        skew = abs(cursor.fetchone()[0] - timezone.now())
    yield skew < MOST_SKEW, "นาฬิกา", f"ต่างจากฐานข้อมูล {skew.total_seconds():.1f} วินาที"


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA).free
    yield free > LEAST_FREE, "พื้นที่ดิสก์", f"ว่าง {free / 1024**3:.1f} GiB"


def _keys() -> Iterator[Finding]:
    for province in Province.objects.exclude(settings={}):
        missing = sealed.missing_recovery(province.pk)
        # A complaint is received without them, so this is advice; a lost passphrase is what they are for.
        yield (
            True,
            "กุญแจกู้คืน",
            f"ยังไม่มี: {', '.join(map(str, missing))} ใช้ `prongsai user recovery`" if missing else "มีครบ",
        )


def _ledger() -> Iterator[Finding]:
    verification = ledger.verify()
    yield verification.ok, "สมุดบันทึก", verification.message_th


CHECKS: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
    ("การตั้งค่า", _settings),
    ("ฐานข้อมูล", _database),
    ("โครงสร้างฐานข้อมูล", _migrations),
    ("ตัวทำงานเบื้องหลัง", _worker),
    ("นาฬิกา", _clock),
    ("พื้นที่ดิสก์", _disk),
    ("กุญแจกู้คืน", _keys),
    ("สมุดบันทึก", _ledger),
)


def verify_ledger() -> int:
    """Recompute the whole ledger, with progress. Returns 0 when it holds, 1 with the first broken row when not."""

    def progress(done: int, total: int) -> None:
        print(f"\r{done:,} / {total:,}", end="", file=sys.stderr, flush=True)

    verification = ledger.verify(progress)
    print(file=sys.stderr)
    print(verification.message_th)
    return 0 if verification.ok else 1
