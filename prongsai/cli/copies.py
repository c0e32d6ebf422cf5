"""What a backup of this house holds, told to ``runtime.backup``; and what is checked after it has been restored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import pq
from psycopg.conninfo import make_conninfo

from prongsai import ledger
from prongsai.cli.secret_part import fingerprints
from prongsai.files.models import SealedFile
from prongsai.files.stream import sealed_size
from prongsai.runtime.backup import Content, Source

# Whoever is signed in signs in again after a restore; an unlocked key, one that waits for the scanner, and what was exported for
# a session are never in a copy.
PASSING = ("django_session", "files_waitingscan", "registers_export")
BLOBS = "SELECT path FROM files_sealedfile WHERE removed_at IS NULL ORDER BY path"
LAST_CHECKPOINT = "SELECT note FROM ledger_checkpoint ORDER BY tree_size DESC LIMIT 1"
AT_ONCE = 10_000  # paths in one question; a statement takes at most 65,535 parameters


def source() -> Source:
    return Source(
        dsn=dsn(),
        files=Path(settings.FILES_ROOT),
        content=_content,
        header={"site": settings.SITE_URL, "secrets": fingerprints(Path(settings.DATA))},
        passing=PASSING,
    )


def dsn() -> str:
    """The database of Django's settings (also where it steps down to a role) as a connection string of libpq."""
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    parameters = connection.get_connection_params()
    return make_conninfo(**{name: value for name, value in parameters.items() if name in known})


def _content(snapshot: psycopg.Connection[Any]) -> Content:
    checkpoint = snapshot.execute(LAST_CHECKPOINT).fetchone()
    return Content(
        files=_paths(snapshot),
        facts={"checkpoint": checkpoint[0] if checkpoint else None},
    )


def _paths(snapshot: psycopg.Connection[Any]) -> Iterator[str]:
    with snapshot.cursor(name="blobs") as cursor:
        cursor.itersize = 5000
        cursor.execute(BLOBS)
        for (path,) in cursor:
            yield path


def lost_files(missing: list[str]) -> list[str]:
    """Which of these paths belong to files that nobody has taken out: their blobs have been lost."""
    lost: list[str] = []
    for start in range(0, len(missing), AT_ONCE):
        some = SealedFile.objects.filter(path__in=missing[start : start + AT_ONCE], removed_at=None)
        lost += some.values_list("path", flat=True)
    return lost


def problems(manifest: Mapping[str, Any], progress: Callable[[int, int], None] | None = None) -> list[str]:
    """Everything about a restored installation that is not as the manifest promises; Thai sentences, empty when fine."""
    found: list[str] = []
    checkpoint = manifest["checkpoint"]
    try:
        verification = ledger.verify(progress, witnesses=[checkpoint] if checkpoint else [])
    except ValueError:
        found.append("สมุดบันทึก: กุญแจลงนามของที่นี่ไม่ใช่กุญแจเดิม จึงยืนยันลายมือชื่อเดิมไม่ได้ (secrets/ledger)")
    else:
        if not verification.ok:
            found.append(f"สมุดบันทึก: {verification.message_th}")
    return [*found, *file_problems(frozenset(manifest["missing"]))]


def file_problems(known: frozenset[str] = frozenset()) -> Iterator[str]:
    """Files of records whose blob is not there or has not its size. ``known``: missing since before the backup."""
    root = Path(settings.FILES_ROOT)
    for file in SealedFile.objects.filter(removed_at=None).only("path", "size").iterator(5000):
        try:
            whole = (root / file.path).stat().st_size == sealed_size(file.size)
        except FileNotFoundError:
            why = "ไม่มีอยู่แล้วเมื่อทำข้อมูลสำรอง" if file.path in known else f"ไม่พบไฟล์ {file.path}"
            yield f"ไฟล์แนบ {file.pk}: {why}"
            continue
        if not whole:
            yield f"ไฟล์แนบ {file.pk}: ขนาดไฟล์ {file.path} ไม่ถูกต้อง"
