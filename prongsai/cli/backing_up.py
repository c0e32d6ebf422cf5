"""``prongsai backup``: one encrypted file; and the nightly copy that the worker makes."""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import sys
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from prongsai.cli import copies, secret_part
from prongsai.cli.asking import ask_passphrase
from prongsai.runtime.backup import BackupError, Lock, Refused, Shelf, make

log = logging.getLogger(__name__)

LATE = dt.timedelta(hours=26)
FRESH = dt.timedelta(hours=6)


def backup(args: argparse.Namespace) -> int:
    """0: complete. 1: complete, but files are missing on the disk. 2: nothing was made."""
    try:
        if args.nightly:
            return _nightly()
        lock, secrets_lock = _locks(args)
        path = args.file or _shelf_here().new(timezone.now())
        if path.exists():
            raise Refused(f"มีไฟล์ {path} อยู่แล้ว", f"{path} exists already.")
        made = make(copies.source(), lock, path, _show)
        print(file=sys.stderr)
        if secrets_lock is not None:
            secret_part.lock_away(Path(settings.DATA), secrets_lock, args.with_secrets)
    except BackupError as error:
        print(f"\nprongsai: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"\nprongsai: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    print(f"{made.path}: {made.size / 1024**2:,.1f} MiB, {made.members:,} รายการ")
    if secrets_lock is not None:
        print(f"{args.with_secrets}: กุญแจของระบบ โปรดเก็บคนละแห่งกับข้อมูลสำรอง")
    if made.needs > made.server:
        print(
            f"หมายเหตุ: pg_dump ที่มีเป็นรุ่น {made.needs} ข้อมูลนี้จึงกู้คืนลง PostgreSQL {made.needs} ขึ้นไปเท่านั้น "
            f"ติดตั้ง postgresql-client-{made.server} แล้วทำใหม่ หากต้องการกู้คืนลงรุ่น {made.server}"
        )
    lost = copies.lost_files(list(made.missing))
    for place in lost:
        print(f"prongsai: ไฟล์ที่ฐานข้อมูลอ้างถึงไม่มีอยู่ในดิสก์: {place}", file=sys.stderr)
    return 1 if lost else 0


def _locks(args: argparse.Namespace) -> tuple[Lock, Lock | None]:
    recipients = [] if args.passphrase else args.recipient or list(settings.BACKUP_RECIPIENTS)
    passphrase = "" if recipients else ask_passphrase("รหัสผ่านของข้อมูลสำรอง", twice=True)
    lock = Lock(recipients, passphrase)
    if args.with_secrets is None:
        return lock, None
    if args.with_secrets.exists():
        raise Refused(f"มีไฟล์ {args.with_secrets} อยู่แล้ว", f"{args.with_secrets} exists already.")
    other = "" if args.secrets_recipient else ask_passphrase("รหัสผ่านอีกชุดสำหรับกุญแจของระบบ", twice=True)
    if set(args.secrets_recipient) & set(recipients) or (other and other == passphrase):
        raise Refused(
            "กุญแจของระบบต้องเปิดด้วยกุญแจหรือรหัสผ่านคนละชุดกับข้อมูลสำรอง",
            "The secrets must be for another key or passphrase than the backup.",
        )
    return lock, Lock(args.secrets_recipient, other)


def _shelf_here() -> Shelf:
    return Shelf(settings.BACKUP_DIR or Path.cwd())


def _show(done: int, total: int) -> None:
    print(f"\r{done / 1024**2:,.0f} / ~{total / 1024**2:,.0f} MiB", end="", file=sys.stderr, flush=True)


def is_set_up() -> bool:
    """Whether copies are made by the clock."""
    return settings.BACKUP_DIR is not None and bool(settings.BACKUP_RECIPIENTS)


def newest() -> dt.datetime | None:
    """When the last complete copy was made."""
    return _shelf_here().newest()


def is_late(now: dt.datetime) -> bool:
    """Copies are made by the clock, but the last good one is older than a day and two hours (or there is none)."""
    last = newest()
    return is_set_up() and (last is None or now - last > LATE)


def _nightly() -> int:
    if not is_set_up():
        raise Refused(
            "ยังมิได้ตั้ง PRONGSAI_BACKUP_DIR และ PRONGSAI_BACKUP_RECIPIENTS",
            "Set PRONGSAI_BACKUP_DIR and PRONGSAI_BACKUP_RECIPIENTS.",
        )
    made = nightly()
    print(made or "ข้อมูลสำรองของคืนนี้มีอยู่แล้ว")
    return 0


def nightly() -> Path | None:
    """Make the copy of this night and tidy up; None where it is not set up, or made already (worker, timer).

    Failures are the caller's to see.
    """
    if not is_set_up():
        return None
    shelf, last = _shelf_here(), newest()
    if last is not None and timezone.now() - last < FRESH:
        return None
    shelf.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = make(copies.source(), Lock(settings.BACKUP_RECIPIENTS), shelf.new(timezone.now()))
    if lost := copies.lost_files(list(made.missing)):
        log.error("%d sealed files are missing on the disk", len(lost))
    shelf.tidy(timezone.now())
    return made.path


def watch() -> int:
    """Tell the system administrators, once a day, that the last good copy is too old. Returns how many were told."""
    from prongsai import notices
    from prongsai.notices.models import Notice
    from prongsai.organisation.holders import holders
    from prongsai.organisation.models import Province
    from prongsai.organisation.roles import Role

    now, kind = timezone.now(), "care.backup_late"
    if (
        not is_late(now)
        or Notice.objects.filter(kind=kind, created_at__gt=now - dt.timedelta(days=1)).exists()
    ):
        return 0
    people = {
        pk
        for province in Province.objects.exclude(settings={})
        for pk in holders(Role.SYSTEM_ADMIN, province).values_list("pk", flat=True)
    }
    text = "ไม่มีข้อมูลสำรองที่สมบูรณ์ภายใน 26 ชั่วโมงที่ผ่านมา โปรดใช้คำสั่ง prongsai doctor เพื่อดูวิธีแก้ไข"
    return notices.tell(person_ids=people, text=text, kind=kind)
