"""Making a copy. The database is one snapshot; the files are those that this snapshot names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from . import programs
from .archive import BLOCK, DATABASE, FILES, FORMAT, HEADER, Packer
from .errors import Damaged
from .sealing import Lock

PART = 8 * 1024 * 1024  # bytes of the dump in one member
TABLES = """
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY 1
"""
EXTENSIONS = "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1"

Progress = Callable[[int, int], None]
"""Bytes done, bytes expected (an estimate)."""


@dataclass(frozen=True)
class Content:
    """What the snapshot says: told by whoever knows the tables, on a connection that sees the snapshot."""

    files: Iterable[str]  # paths below the files directory; may be an iterator over a cursor
    facts: Mapping[str, Any]  # kept in the manifest


@dataclass(frozen=True)
class Source:
    """Where the copy is taken from. ``header`` is told first to whoever restores; ``passing`` tables go without rows."""

    dsn: str
    files: Path
    content: Callable[[psycopg.Connection[Any]], Content]
    header: Mapping[str, Any]
    passing: Sequence[str] = ()


@dataclass(frozen=True)
class Made:
    path: Path
    size: int  # bytes, encrypted
    members: int
    server: int  # major version
    needs: int  # major version of the server that it can be restored into, at least
    missing: Sequence[str]  # files that the snapshot names and the disk does not have (any more)


def make(source: Source, lock: Lock, path: Path, progress: Progress = lambda done, total: None) -> Made:
    """Write ``path``; it has its name only once it is complete and on the disk. Raises ``BackupError``, ``OSError``."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    maker = _Maker(source, progress)
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            lock.encrypt(maker.chunks(), out)
            out.flush()
            os.fsync(out.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return Made(path, path.stat().st_size, maker.packer.members, maker.server, maker.needs, maker.missing)


class _Maker:
    def __init__(self, source: Source, progress: Progress) -> None:
        self.source, self.packer = source, Packer()
        self._progress = progress
        self._expected = 0
        self.missing: list[str] = []
        self.server = self.needs = 0

    def chunks(self) -> Iterator[bytes]:
        """The whole archive. The snapshot is held open until the dump has been read to its end."""
        with psycopg.connect(self.source.dsn) as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            name, server, size = _one(
                connection,
                "SELECT pg_export_snapshot(), current_setting('server_version'), pg_database_size(current_database())",
            )
            self._expected = size + _size_of(self.source.files)
            self.server = connection.info.server_version // 10000
            tools = programs.for_dump(self.server)
            self.needs = tools.major
            content = self.source.content(connection)
            header = {
                "format": FORMAT,
                "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "server": server,
                "pg_dump": tools.major,
                "extensions": [name for (name,) in connection.execute(EXTENSIONS).fetchall()],
                **self.source.header,
            }
            yield from self.packer.json(HEADER, header)
            for path in content.files:
                yield from self._file(path)
            tables = [table for (table,) in connection.execute(TABLES).fetchall()]
            passing = set(self.source.passing)
            counts = {table: 0 if table in passing else count(connection, table) for table in tables}
            yield from self._database(tools, name)
        yield from self.packer.finish({**content.facts, "counts": counts, "missing": self.missing})

    def _file(self, path: str) -> Iterator[bytes]:
        try:
            blob = (self.source.files / path).open("rb")
        except FileNotFoundError:
            # Taken out of its record since the snapshot, or lost: either way everything else is worth a copy.
            self.missing.append(path)
            return
        with closing(blob):
            size = os.fstat(blob.fileno()).st_size
            yield from self.packer.member(f"{FILES}{path}", size, iter(lambda: blob.read(BLOCK), b""))
        self._progress(self.packer.bytes, self._expected)

    def _database(self, tools: programs.Binaries, snapshot: str) -> Iterator[bytes]:
        arguments = [
            *("--format=custom", "--compress=1", "--no-owner", "--no-privileges"),
            f"--snapshot={snapshot}",
            *(f"--exclude-table-data=public.{table}" for table in self.source.passing),
        ]
        with programs.Program(tools, "pg_dump", arguments, self.source.dsn, feeds=False) as dump:
            number = 0
            while part := dump.data.read(PART):
                yield from self.packer.member(f"{DATABASE}{number:08}", len(part), [part])
                number += 1
                self._progress(self.packer.bytes, max(self._expected, self.packer.bytes))
            status, said = dump.finish()
        if status != 0:
            raise Damaged(f"pg_dump ไม่สำเร็จ: {said}", f"pg_dump failed (status {status}).")


def _one(connection: psycopg.Connection[Any], query: str) -> tuple[Any, ...]:
    row = connection.execute(query).fetchone()  # type: ignore[arg-type]
    assert row is not None
    return tuple(row)


def count(connection: psycopg.Connection[Any], table: str) -> int:
    row = connection.execute(
        sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", table))
    ).fetchone()
    assert row is not None
    return int(row[0])


def _size_of(directory: Path) -> int:
    """Bytes below a directory; only for the progress shown."""
    if not directory.is_dir():
        return 0
    total = 0
    for folder in os.scandir(directory):
        if folder.is_dir(follow_symlinks=False) and folder.name != "incoming":
            with os.scandir(folder) as blobs:
                total += sum(blob.stat().st_size for blob in blobs if blob.is_file())
    return total
