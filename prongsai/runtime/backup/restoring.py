"""Restoring a copy into an empty place: all of it, or nothing.

The files are put beside their place, the database is loaded in one transaction, and the last part of its dump is held
back until the manifest has been compared; only then is the transaction completed and the files get their name.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from . import programs
from .archive import DATABASE, FILES, FORMAT, HEADER, Member, Unpacker
from .errors import BackupError, Damaged, NotEmpty, Refused
from .making import TABLES, count
from .sealing import Key, Reader

BLOB = re.compile(r"[0-9a-f]{2}/[0-9a-f]{4,120}")  # files/storing.py
UNFINISHED = ".restoring"

Progress = Callable[[int], None]
"""Plain bytes done."""


@dataclass(frozen=True)
class Target:
    """An empty database (as its owner, who may create tables) and an empty or absent directory for the files."""

    dsn: str
    files: Path
    # Looks at the header before anything is done; raises ``Refused``.
    accept: Callable[[Mapping[str, Any]], None] = lambda header: None


def restore(
    path: Path, key: Key, target: Target, progress: Progress = lambda done: None
) -> Mapping[str, Any]:
    """Restore and return the manifest, with the header under ``header``.

    Raises ``NotEmpty`` or ``Refused`` before anything is done, ``Damaged`` after everything was taken back.
    """
    server, database = _empty_database(target.dsn)
    _empty_files(target.files)
    with key.open(path) as plain:
        run = _Restore(target, server, database, progress)
        try:
            return run.run(plain)
        except BaseException:
            run.take_back()
            raise


def differences(dsn: str, manifest: Mapping[str, Any]) -> list[str]:
    """Tables whose rows are not as many as the manifest says, each as a line; before anything else is done to them."""
    with psycopg.connect(dsn) as connection:
        found = {table: count(connection, table) for (table,) in connection.execute(TABLES).fetchall()}
    told: Mapping[str, int] = manifest["counts"]
    return [
        f"{table}: {found.get(table)} ≠ {told.get(table)}"
        for table in sorted(found.keys() | told.keys())
        if found.get(table) != told.get(table)
    ]


def _empty_database(dsn: str) -> tuple[int, str]:
    """The server's major version and the database's name; ``NotEmpty`` if there is any table."""
    with psycopg.connect(dsn) as connection:
        tables = [name for (name,) in connection.execute(TABLES).fetchall()]
        if tables:
            raise NotEmpty(
                f"ฐานข้อมูลนี้มีข้อมูลอยู่แล้ว ({len(tables)} ตาราง) ระบบกู้คืนลงได้เฉพาะฐานข้อมูลที่ว่าง เพื่อมิให้เขียนทับ "
                "โปรดใช้ PRONGSAI_DATA ใหม่ หรือสร้างฐานข้อมูลใหม่",
                f"This database is not empty ({len(tables)} tables). A backup is restored into an empty place only: use "
                "a new PRONGSAI_DATA, or a newly created database.",
            )
        return connection.info.server_version // 10000, connection.info.dbname


def _empty_files(directory: Path) -> None:
    if directory.is_dir() and any(path.is_file() for path in directory.rglob("*")):
        raise NotEmpty(
            f"{directory} มีไฟล์อยู่แล้ว ระบบกู้คืนลงได้เฉพาะที่ว่าง โปรดย้ายไฟล์เดิมออกหรือใช้ PRONGSAI_DATA ใหม่",
            f"{directory} is not empty. Move the files away, or use a new PRONGSAI_DATA.",
        )


class _Restore:
    def __init__(self, target: Target, server: int, database: str, progress: Progress) -> None:
        self.target, self.server, self.database = target, server, database
        self._progress = progress
        self._staging = target.files.with_name(target.files.name + UNFINISHED)
        self._header: dict[str, Any] | None = None
        self._loader: programs.Program | None = None
        self._held = b""  # the last part of the dump that was read
        self._done = 0
        self._committed = False

    def run(self, plain: Reader) -> Mapping[str, Any]:
        shutil.rmtree(self._staging, ignore_errors=True)
        unpacker = Unpacker(plain)
        for member in unpacker.members():
            self._take(member)
            self._done += member.size
            self._progress(self._done)
        if self._loader is None:
            raise Damaged("ข้อมูลสำรองไม่มีฐานข้อมูล", "The backup holds no database.")
        self._feed(self._held)  # everything agrees: the dump may end
        self._finish_database(self._loader)
        self._committed = True
        self._place_files()
        return {**(unpacker.manifest or {}), "header": self._header}

    def take_back(self) -> None:
        """pg_restore's transaction ends with it; the files never had their name."""
        if self._committed:
            return
        if self._loader is not None:
            self._loader.__exit__(None, None, None)
        shutil.rmtree(self._staging, ignore_errors=True)

    def _take(self, member: Member) -> None:
        if self._header is None:
            if member.name != HEADER:
                raise Refused("ไม่ใช่ไฟล์สำรองข้อมูลของระบบนี้", "This is not a backup of Prongsai.")
            self._header = self._checked(member.json())
        elif member.name.startswith(FILES):
            self._file(member)
        elif member.name.startswith(DATABASE):
            self._database(member, self._header)
        else:
            raise Damaged(f"ไม่รู้จักส่วน {member.name}", f"Unknown member {member.name}.")

    def _checked(self, header: dict[str, Any]) -> dict[str, Any]:
        if header.get("format") != FORMAT:
            raise Refused(
                f"รูปแบบข้อมูลสำรอง {header.get('format')} ใหม่กว่าที่โปรแกรมนี้รู้จัก โปรดใช้โปรแกรมรุ่นใหม่",
                f"Format {header.get('format')} is not known to this version; use a newer one.",
            )
        programs.for_restore(int(header["pg_dump"]), self.server)
        self.target.accept(header)
        with psycopg.connect(self.target.dsn) as connection:
            for name in header["extensions"]:
                connection.execute(
                    sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(sql.Identifier(name))
                )
        return header

    def _file(self, member: Member) -> None:
        path = member.name.removeprefix(FILES)
        if not BLOB.fullmatch(path):
            raise Damaged(f"ชื่อไฟล์ {path} ไม่ถูกต้อง", f"{path} is no place of a sealed file.")
        place = self._staging / path
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for chunk in member.chunks():
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())

    def _database(self, member: Member, header: dict[str, Any]) -> None:
        if self._loader is None:
            tools = programs.for_restore(int(header["pg_dump"]), self.server)
            # Of the schema, and not the schema itself or extensions: these are there and belong to the server's administrator.
            arguments = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
            arguments += ["--schema=public"]
            self._loader = programs.Program(
                tools, "pg_restore", [*arguments, f"--dbname={self.database}"], self.target.dsn, feeds=True
            )
        else:
            self._feed(self._held)
        self._held = b"".join(member.chunks())

    def _feed(self, part: bytes) -> None:
        assert self._loader is not None
        try:
            self._loader.data.write(part)
            self._loader.data.flush()
        except BrokenPipeError:
            self._finish_database(self._loader)  # says why it does not read any more

    @staticmethod
    def _finish_database(loader: programs.Program) -> None:
        status, said = loader.finish()
        if status != 0:
            raise Damaged(
                f"pg_restore ไม่สำเร็จ ฐานข้อมูลยังว่างเหมือนเดิม: {said}",
                f"pg_restore failed (status {status}); the database is as empty as before.",
            )

    def _place_files(self) -> None:
        files = self.target.files
        if files.is_dir():
            shutil.rmtree(files)  # it holds no file
        self._staging.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self._staging.rename(files)
        except OSError as error:
            raise BackupError(
                f"ฐานข้อมูลกู้คืนแล้ว แต่ย้ายไฟล์จาก {self._staging} ไป {files} ไม่ได้: {error.strerror}",
                f"The database is restored, but {self._staging} could not be renamed to {files}: {error.strerror}.",
            ) from error
