"""Looking at the machine: settings, database, worker, clock, disk, mail, backups."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from prongsai.cli import backing_up
from prongsai.cli.findings import Finding, Look, advice, fine, wrong
from prongsai.config.health import SILENT, worker_heartbeat
from prongsai.files import scanning
from prongsai.organisation.models import Province
from prongsai.thai.dates import format_datetime
from prongsai.workdays import zone

GIB = 1024**3
LEAST_FREE, LITTLE_FREE = 1 * GIB, 5 * GIB
OLD_SIGNATURES = dt.timedelta(days=7)
MOST_SKEW = dt.timedelta(seconds=30)
AT_HOME = {"localhost", "127.0.0.1", "::1"}
START_WORKER = "prongsai up (ทั้งระบบ) หรือ systemctl restart prongsai-worker"


def in_production() -> bool:
    """A province that is not the sample, under an address that others can reach."""
    real = Province.objects.exclude(settings={}).filter(is_sample=False).exists()
    return real and urlsplit(settings.SITE_URL).hostname not in AT_HOME


def _settings() -> Iterator[Finding]:
    what = "การตั้งค่า"
    if problems := [m for m in checks.run_checks() if m.level >= checks.WARNING]:
        yield wrong(
            what,
            "; ".join(m.msg for m in problems),
            why="การตั้งค่าที่ไม่ถูกต้องทำให้บางส่วนของระบบไม่ทำงาน",
            mend="prongsai django check (แสดงรายละเอียด)",
        )
    else:
        yield fine(what, "เรียบร้อย")
    if settings.DEBUG and in_production():
        yield wrong(
            "โหมดพัฒนา",
            "PRONGSAI_DEBUG เปิดอยู่",
            why="หน้าแสดงข้อผิดพลาดจะเปิดเผยข้อมูลภายในแก่ผู้เข้าชม",
            mend="นำ PRONGSAI_DEBUG ออกแล้วเริ่มระบบใหม่",
        )


def _zone() -> Iterator[Finding]:
    what, why = "เขตเวลา", "วันครบกำหนดทุกเรื่องนับตามวันในประเทศไทย"
    session = zone.of_session()
    if zone.fixed(None):
        found = f"{settings.TIME_ZONE} ต้องเป็น {zone.BANGKOK}"
        yield wrong(what, found, why=why, mend="นำ TIME_ZONE และ USE_TZ ที่แก้ไขไว้ออก แล้วเริ่มระบบใหม่")
    elif session != connection.timezone_name:
        found = f"ฐานข้อมูลใช้ {session} ต้องเป็น {connection.timezone_name}"
        mend = "ต่อฐานข้อมูลโดยตรง หรือตั้งโปรแกรมที่อยู่ระหว่างกลาง (เช่น PgBouncer) ให้คงค่าของ session ไว้"
        yield wrong(what, found, why=why, mend=mend)
    else:
        yield fine(what, settings.TIME_ZONE)


def _secrets() -> Iterator[Finding]:
    folder = Path(settings.DATA) / "secrets"
    exposed = [path.name for path in folder.glob("*") if path.stat().st_mode & 0o077]
    if exposed:
        yield wrong(
            "กุญแจของระบบ",
            f"ผู้ใช้อื่นในเครื่องอ่านได้: {', '.join(exposed)}",
            why="ผู้ที่ได้กุญแจลงนามปลอมสมุดบันทึกได้",
            mend=f"chmod 600 {folder}/*",
        )
    else:
        yield fine("กุญแจของระบบ", "อ่านได้เฉพาะระบบ")


def _https() -> Iterator[Finding]:
    what = "HTTPS"
    if settings.HTTPS:
        yield fine(what, settings.SITE_URL)
    elif in_production():
        yield wrong(
            what,
            f"ปิดอยู่ที่ {settings.SITE_URL}",
            why="รหัสผ่านและคำร้องเรียนเดินทางผ่านเครือข่ายโดยไม่เข้ารหัส",
            mend="ตั้ง nginx ตาม deploy/nginx/prongsai.conf แล้วตั้ง PRONGSAI_HTTPS=1 และ PRONGSAI_URL=https://…",
        )
    else:
        yield fine(what, "ปิดอยู่ (ใช้ภายในเครื่องนี้หรือเป็นข้อมูลตัวอย่าง)")


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), datcollate FROM pg_database WHERE datname = current_database()"
        )
        version, collation = cursor.fetchone()
        cursor.execute("SELECT cardinality(show_trgm('ที่ปรึกษา')) > 0")
        thai = cursor.fetchone()[0]
    yield fine("PostgreSQL", version)
    if thai:
        yield fine("ภาษาของฐานข้อมูล", collation)
    else:
        yield wrong(
            "ภาษาของฐานข้อมูล",
            f"{collation} ค้นหาภาษาไทยไม่ได้",
            why="การค้นหาภาษาไทยจะไม่พบสิ่งใดเลย",
            mend="prongsai backup FILE แล้วสร้างฐานข้อมูลใหม่ด้วย LOCALE 'C.UTF-8' TEMPLATE template0\n"
            "prongsai restore FILE",
        )


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield wrong(
            "โครงสร้างฐานข้อมูล",
            f"รอปรับปรุง {len(waiting)} รายการ",
            why="โปรแกรมรุ่นนี้ต้องการโครงสร้างใหม่ บางหน้าจะเปิดไม่ได้",
            mend="prongsai prepare",
        )
    else:
        yield fine("โครงสร้างฐานข้อมูล", "เป็นปัจจุบัน")


def _worker() -> Iterator[Finding]:
    what = "ตัวทำงานเบื้องหลัง"
    beat = worker_heartbeat()
    if beat is not None and timezone.now() - beat < SILENT:
        yield fine(what, f"ตอบล่าสุด {timezone.localtime(beat):%H:%M:%S}")
    else:
        yield wrong(
            what,
            f"ตอบล่าสุด {timezone.localtime(beat):%H:%M:%S}" if beat else "ไม่ได้ทำงาน",
            why="สมุดบันทึกไม่ถูกลงนาม การแจ้งเตือนไม่ถูกส่ง และข้อมูลสำรองไม่ถูกทำ",
            mend=START_WORKER,
        )


def _clock() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        skew = abs(cursor.fetchone()[0] - timezone.now())
    found = f"ต่างจากฐานข้อมูล {skew.total_seconds():.1f} วินาที"
    if skew < MOST_SKEW:
        yield fine("นาฬิกา", found)
    else:
        yield wrong(
            "นาฬิกา",
            found,
            why="เวลาในหลักฐานจะไม่ตรงกับความจริง",
            mend="timedatectl set-ntp true (ทั้งสองเครื่อง)",
        )


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA).free
    found = f"ว่าง {free / GIB:.1f} GiB"
    why = "เมื่อพื้นที่เต็ม ระบบจะรับคำร้องเรียนและบันทึกสิ่งใดไม่ได้"
    mend = f"เพิ่มพื้นที่ของ {settings.DATA} หรือย้ายข้อมูลสำรองไปที่อื่น (du -xh {settings.DATA} | sort -h | tail)"
    if free > LITTLE_FREE:
        yield fine("พื้นที่ดิสก์", found)
    elif free > LEAST_FREE:
        yield advice("พื้นที่ดิสก์", found, why=why, mend=mend)
    else:
        yield wrong("พื้นที่ดิสก์", found, why=why, mend=mend)


def _mail() -> Iterator[Finding]:
    if settings.SMTP_URL:
        yield fine("อีเมล", "ตั้งค่าแล้ว")
    else:
        yield advice(
            "อีเมล",
            "ยังมิได้ตั้งเครื่องแม่ข่าย",
            why="การแจ้งเตือนแสดงในระบบเท่านั้น และยืนยันลายมือชื่อผู้ร้องทางอีเมลไม่ได้",
            mend="ตั้ง PRONGSAI_SMTP_URL=smtp://user:password@host:587/?tls=1 และ PRONGSAI_MAIL_FROM",
        )


def _scanner() -> Iterator[Finding]:
    what, why = "เครื่องตรวจไวรัส", "ไฟล์ที่ประชาชนแนบจะแสดงว่า ยังไม่ได้ตรวจ และเจ้าหน้าที่อาจเปิดไฟล์ที่เป็นอันตราย"
    if not scanning.is_set_up():
        yield advice(
            what,
            "ยังมิได้ตั้ง",
            why=why,
            mend="apt install clamav-daemon clamav-freshclam\nตั้ง PRONGSAI_CLAMD=/run/clamav/clamd.ctl แล้วเริ่มระบบใหม่",
        )
        return
    try:
        version = scanning.version()
    except scanning.ScannerFailed as error:
        yield wrong(
            what,
            f"ไม่ตอบ: {error}",
            why=why,
            mend="systemctl restart clamav-daemon\njournalctl -u clamav-daemon",
        )
        return
    if version.signatures is None:
        yield advice(
            what,
            f"{version.program} ไม่บอกวันที่ของฐานข้อมูลไวรัส",
            why="ไม่ทราบว่ารู้จักไวรัสใหม่เพียงใด",
            mend="systemctl enable --now clamav-freshclam",
        )
        return
    age = timezone.now() - version.signatures
    found = f"{version.program} ฐานข้อมูลไวรัส {format_datetime(version.signatures)}"
    if age < OLD_SIGNATURES:
        yield fine(what, found)
    else:
        yield advice(
            what,
            f"{found} เก่า {age.days} วัน",
            why="ไวรัสที่ใหม่กว่านั้นจะตรวจไม่พบ",
            mend="systemctl restart clamav-freshclam\njournalctl -u clamav-freshclam",
        )


def _backup() -> Iterator[Finding]:
    what, why = "ข้อมูลสำรอง", "หากเครื่องเสีย เรื่องทุกเรื่องและหลักฐานทั้งหมดจะสูญหาย"
    if not backing_up.is_set_up():
        yield advice(
            what,
            "ยังมิได้ตั้งให้ทำทุกคืน",
            why=why,
            mend="prongsai backup --make-key กุญแจ (เก็บไฟล์กุญแจไว้คนละแห่งกับเครื่องนี้)\n"
            "ตั้ง PRONGSAI_BACKUP_DIR (ควรเป็นดิสก์อื่น) และ PRONGSAI_BACKUP_RECIPIENTS=age1… แล้วเริ่มระบบใหม่\n"
            "prongsai backup FILE --with-secrets FILE2 (กุญแจของระบบ เก็บไว้อีกแห่งหนึ่ง)",
        )
        return
    newest = backing_up.newest()
    found = f"ล่าสุด {format_datetime(newest)}" if newest else "ยังไม่มีฉบับใดสมบูรณ์"
    if backing_up.is_late(timezone.now()):
        yield wrong(
            what,
            f"{found} เกิน 26 ชั่วโมงแล้ว",
            why=why,
            mend=f"prongsai backup (ทำทันทีและแสดงสาเหตุหากไม่สำเร็จ)\ndf -h {settings.BACKUP_DIR}\n"
            f"จากนั้นตรวจว่าตัวทำงานเบื้องหลังทำงานอยู่: {START_WORKER}",
        )
    else:
        yield fine(what, found)


LOOKS: tuple[tuple[str, Look], ...] = (
    ("การตั้งค่า", _settings),
    ("เขตเวลา", _zone),
    ("กุญแจของระบบ", _secrets),
    ("HTTPS", _https),
    ("ฐานข้อมูล", _database),
    ("โครงสร้างฐานข้อมูล", _migrations),
    ("ตัวทำงานเบื้องหลัง", _worker),
    ("นาฬิกา", _clock),
    ("พื้นที่ดิสก์", _disk),
    ("อีเมล", _mail),
    ("เครื่องตรวจไวรัส", _scanner),
    ("ข้อมูลสำรอง", _backup),
)
