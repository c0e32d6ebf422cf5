"""Backup and restore: half of the data in sealed files, half in the database, both as incompressible as they are in a house.

    python -m bench.care [--quick]

A server of its own that flushes its writes, so that a restore is as slow as it would be. Copy and restore run in processes of
their own, whose peak of memory is told too.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from prongsai.runtime.backup import (
    Content,
    Key,
    Lock,
    Source,
    Target,
    differences,
    make,
    make_identity,
    restore,
)
from prongsai.runtime.postgres import PostgresServer

QUICK_MB, FULL_MB = 32, 1024
FILE = 4 * 1024**2  # bytes
ROW = 16 * 1024  # bytes


def run(size_mb: int = FULL_MB) -> dict[str, float]:
    """``backup_seconds``, ``restore_seconds``, their MB a second and peaks (MB), the ``sealed_mb`` of the file.

    ``AssertionError`` if what came back is not what was copied.
    """
    place = Path(tempfile.mkdtemp(prefix="prongsai-bench-care-"))
    place.chmod(0o711)
    secret, recipient = make_identity()
    try:
        with PostgresServer(place / "data") as server:
            with psycopg.connect(server.dsn("superuser"), autocommit=True) as connection:
                connection.execute(
                    "CREATE DATABASE restored OWNER prongsai_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
                )
            _fill(server.dsn("owner"), place / "files", size_mb * 1024**2)
            made = _measured("copy", server.dsn("owner"), str(place), recipient)
            back = _measured("bring_back", server.dsn("owner", "restored"), str(place), secret)
        files = {path.name: path.stat().st_size for path in (place / "files").rglob("*") if path.is_file()}
        restored = {
            path.name: path.stat().st_size for path in (place / "new" / "files").rglob("*") if path.is_file()
        }
        assert files == restored and back["differences"] == 0
        return {
            "size_mb": size_mb,
            "sealed_mb": round((place / "copy.age").stat().st_size / 1024**2),
            **_told("backup", made, size_mb),
            **_told("restore", back, size_mb),
        }
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _told(name: str, measured: dict[str, float], size_mb: int) -> dict[str, float]:
    seconds = measured["seconds"]
    return {
        f"{name}_seconds": round(seconds, 1),
        f"{name}_mb_a_second": round(size_mb / seconds, 1),
        f"{name}_peak_mb": round(measured["peak_kb"] / 1024),
    }


def _fill(dsn: str, files: Path, size: int) -> None:
    for number in range(max(1, size // 2 // FILE)):
        path = files / f"{number % 256:02x}" / f"{number:08x}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(FILE))
    with psycopg.connect(dsn) as connection:
        connection.execute("CREATE TABLE matter (id bigserial PRIMARY KEY, sealed bytea NOT NULL)")
        with (
            connection.cursor() as cursor,
            cursor.copy("COPY matter (sealed) FROM STDIN (FORMAT binary)") as copy,
        ):
            copy.set_types(["bytea"])
            for _ in range(max(1, size // 2 // ROW)):
                copy.write_row([os.urandom(ROW)])


def _measured(what: str, *arguments: str) -> dict[str, float]:
    code = f"import json, sys; from bench import care; print(json.dumps(care.{what}(*sys.argv[1:])))"
    answer = subprocess.run([sys.executable, "-c", code, *arguments], check=True, stdout=subprocess.PIPE)
    return json.loads(answer.stdout)


def copy(dsn: str, place: str, recipient: str) -> dict[str, float]:
    files = Path(place) / "files"
    names = sorted(str(path.relative_to(files)) for path in files.rglob("*") if path.is_file())

    def content(snapshot: psycopg.Connection[Any]) -> Content:
        return Content(names, {})

    start = time.perf_counter()
    make(Source(dsn, files, content, {}), Lock([recipient]), Path(place) / "copy.age")
    return {"seconds": time.perf_counter() - start, "peak_kb": _peak()}


def bring_back(dsn: str, place: str, secret: str) -> dict[str, float]:
    start = time.perf_counter()
    manifest = restore(Path(place) / "copy.age", Key(secret), Target(dsn, Path(place) / "new" / "files"))
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "peak_kb": _peak(), "differences": len(differences(dsn, manifest))}


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    print(json.dumps(run(QUICK_MB if "--quick" in sys.argv else FULL_MB), indent=1))
