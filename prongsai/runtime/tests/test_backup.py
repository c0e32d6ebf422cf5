"""Backups of a small installation on a real server: round trip, refusals, damage, memory, which copies are kept."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pyrage
import pytest

from prongsai.runtime.backup import (
    Content,
    Damaged,
    Key,
    Lock,
    NotEmpty,
    Refused,
    Shelf,
    Source,
    Target,
    differences,
    make,
    make_identity,
    needs_passphrase,
    restore,
)
from prongsai.runtime.backup.shelf import to_keep
from prongsai.runtime.postgres import PostgresServer, binaries

from .conftest import open_directory

SECRET, RECIPIENT = make_identity()
PLAIN = "ที่ปรึกษาได้รับเงินสามพันบาท"
numbers = count()


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with open_directory() as directory, PostgresServer(directory / "data", durable=False) as running:
        yield running


def new_database(server: PostgresServer) -> str:
    """The owner's connection string of a new empty database, with the extensions as in ours."""
    name = f"place_{next(numbers)}"
    with psycopg.connect(server.dsn("superuser"), autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} OWNER prongsai_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        )
    return server.dsn("owner", name)


@dataclass
class Small:
    """An installation: one table of text with a trigger, a session, and files that the table names."""

    source: Source

    def add(self, path: str, content: bytes) -> None:
        place = self.source.files / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        self.execute("INSERT INTO matter (narrative, path) VALUES (%s, %s)", PLAIN, path)

    def execute(self, query: str, *parameters: Any) -> None:
        with psycopg.connect(self.source.dsn) as connection:
            connection.execute(query, parameters)


SCHEMA = """
CREATE EXTENSION pg_trgm;
CREATE TABLE matter (id bigserial PRIMARY KEY, narrative text, path text UNIQUE);
CREATE INDEX ON matter USING gin (narrative gin_trgm_ops);
CREATE TABLE django_session (key text);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'only added to'; END $$;
CREATE TRIGGER append_only BEFORE DELETE ON matter FOR EACH ROW EXECUTE FUNCTION refuse();
COMMENT ON TRIGGER append_only ON matter IS 'its hash';
INSERT INTO django_session VALUES ('signed in');
"""


def content(snapshot: psycopg.Connection[Any]) -> Content:
    rows = snapshot.execute("SELECT path FROM matter ORDER BY path").fetchall()
    return Content([path for (path,) in rows], {"checkpoint": "as it was"})


@pytest.fixture
def small(server: PostgresServer, tmp_path: Path) -> Small:
    source = Source(new_database(server), tmp_path / "files", content, {"site": "here"}, ("django_session",))
    source.files.mkdir()
    place = Small(source)
    place.execute(SCHEMA)
    place.add("ab/cdef01", b"sealed one" * 1000)
    place.add("ab/cdef02", b"")
    place.add("cd/ef0123", bytes(range(256)) * 3000)
    return place


@pytest.fixture
def target(server: PostgresServer, tmp_path: Path) -> Target:
    return Target(new_database(server), tmp_path / "elsewhere" / "files")


@pytest.fixture
def copy(small: Small, tmp_path: Path) -> Path:
    path = tmp_path / "copy.age"
    make(small.source, Lock([RECIPIENT]), path)
    return path


def rows(dsn: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(dsn) as connection:
        return connection.execute("SELECT id, narrative, path FROM matter ORDER BY id").fetchall()


def tree(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()
    }


def is_untouched(target: Target) -> bool:
    with psycopg.connect(target.dsn) as connection:
        (tables,) = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone()
    return tables == 0 and not target.files.exists() and not list(target.files.parent.glob("*"))


def test_everything_comes_back_and_works_as_before(small: Small, copy: Path, target: Target):
    manifest = restore(copy, Key(SECRET), target)
    assert rows(target.dsn) == rows(small.source.dsn) and len(rows(target.dsn)) == 3
    assert tree(target.files) == tree(small.source.files)
    assert manifest["checkpoint"] == "as it was" and manifest["header"]["site"] == "here"
    assert differences(target.dsn, manifest) == []
    with psycopg.connect(target.dsn, autocommit=True) as connection:
        with pytest.raises(psycopg.errors.RaiseException, match="only added to"):
            connection.execute("DELETE FROM matter")
        assert connection.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
        comment = "SELECT obj_description(oid, 'pg_trigger') FROM pg_trigger WHERE tgname = 'append_only'"
        assert connection.execute(comment).fetchone() == ("its hash",)
        connection.execute("INSERT INTO matter (narrative) VALUES ('next')")  # the sequence goes on
        assert differences(target.dsn, manifest) == ["matter: 4 ≠ 3"]
    assert {path.stat().st_mode & 0o777 for path in target.files.rglob("*") if path.is_file()} == {0o600}


def test_what_is_written_is_an_ordinary_age_file_with_a_tar_inside(small: Small, copy: Path, tmp_path: Path):
    sealed = copy.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert PLAIN.encode() not in sealed and b"PGDMP" not in sealed and b"cdef01" not in sealed
    (tmp_path / "plain.tar").write_bytes(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(SECRET)]))
    with tarfile.open(tmp_path / "plain.tar") as tar:
        names = tar.getnames()
        held = {name: tar.extractfile(name).read() for name in names}
    assert names[0] == "header.json" and names[-1] == "manifest.json"
    assert held["files/ab/cdef01"] == b"sealed one" * 1000
    assert held["database/00000000"].startswith(b"PGDMP")
    index = json.loads(held["index/00000001.json"])["entries"]
    assert {entry["name"]: entry["sha256"] for entry in index} == {
        name: hashlib.sha256(data).hexdigest()
        for name, data in held.items()
        if not name.startswith(("index/", "manifest"))
    }
    assert json.loads(held["manifest.json"])["indexes"] == [
        hashlib.sha256(held["index/00000001.json"]).hexdigest()
    ]


def test_a_passphrase_works_as_well_and_only_the_right_one(small: Small, target: Target, tmp_path: Path):
    path = tmp_path / "copy.age"
    make(small.source, Lock(passphrase="a rather long passphrase"), path)
    assert needs_passphrase(path)
    with pytest.raises(Refused, match="รหัสผ่านไม่ถูกต้อง"):
        restore(path, Key(passphrase="another one"), target)
    assert is_untouched(target)
    restore(path, Key(passphrase="a rather long passphrase"), target)
    assert rows(target.dsn) == rows(small.source.dsn)


def test_another_key_opens_nothing(copy: Path, target: Target):
    with pytest.raises(Refused, match="กุญแจไม่ตรง"):
        restore(copy, Key(make_identity()[0]), target)
    with pytest.raises(Refused, match="--identity"):
        restore(copy, Key(), target)
    assert is_untouched(target)


def test_locks_and_keys_that_are_none_are_refused():
    for wrong in (lambda: Lock(), lambda: Lock([RECIPIENT], "and a passphrase too"), lambda: Lock(["age1x"])):
        with pytest.raises(Refused):
            wrong()
    with pytest.raises(Refused, match="16"):
        Lock(passphrase="short")
    with pytest.raises(Refused):
        Key("AGE-SECRET-KEY-1NONSENSE")


def test_nothing_is_restored_over_anything(small: Small, copy: Path, target: Target, server: PostgresServer):
    before = rows(small.source.dsn)
    with pytest.raises(NotEmpty, match="not empty"):
        restore(copy, Key(SECRET), Target(small.source.dsn, target.files))
    assert rows(small.source.dsn) == before
    target.files.mkdir(parents=True)
    (target.files / "stranger").write_text("mine")
    with pytest.raises(NotEmpty, match="Move the files away"):
        restore(copy, Key(SECRET), target)
    assert tree(target.files) == {"stranger": b"mine"}


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data[:-2000],
        lambda data: data[:50_000] + bytes([data[50_000] ^ 1]) + data[50_001:],
        lambda data: data[:-500] + bytes([data[-500] ^ 1]) + data[-499:],
    ],
    ids=["half", "without its last byte", "without its manifest", "a bit in a file", "a bit at the end"],
)
def test_a_damaged_copy_leaves_nothing_behind(copy: Path, target: Target, harm: Callable[[bytes], bytes]):
    copy.write_bytes(harm(copy.read_bytes()))
    with pytest.raises(Damaged):
        restore(copy, Key(SECRET), target)
    assert is_untouched(target)


def test_a_copy_put_together_by_somebody_else_is_found_out(copy: Path, target: Target, tmp_path: Path):
    """Anyone can encrypt to a recipient: hashes, names and the format are looked at too, and all before the commit."""
    identity = pyrage.x25519.Identity.from_str(SECRET)

    def forge(change: Callable[[str, bytes], tuple[str, bytes]]) -> Path:
        plain, forged = tmp_path / "plain.tar", tmp_path / "forged.tar"
        plain.write_bytes(pyrage.decrypt(copy.read_bytes(), [identity]))
        with tarfile.open(plain) as old, tarfile.open(forged, "w", format=tarfile.PAX_FORMAT) as new:
            for member in old:
                member.name, data = change(member.name, old.extractfile(member).read())
                member.size = len(data)
                new.addfile(member, _Bytes(data))
        path = tmp_path / "forged.age"
        path.write_bytes(pyrage.encrypt(forged.read_bytes(), [identity.to_public()]))
        return path

    changes: list[tuple[type[Exception], str, Callable[[str, bytes], tuple[str, bytes]]]] = [
        (Damaged, "SHA-256", lambda n, d: (n, d.replace(b"sealed one", b"sealed two"))),
        (Damaged, "no place", lambda n, d: (n.replace("files/ab/cdef01", "files/../../out"), d)),
        (Damaged, "manifest", lambda n, d: (n, d.replace(b'"members":5', b'"members":6'))),
        (Refused, "newer one", lambda n, d: (n, d.replace(b"backup/v1", b"backup/v9"))),
    ]
    for kind, words, change in changes:
        with pytest.raises(kind, match=words):
            restore(forge(change), Key(SECRET), target)
        assert is_untouched(target)


class _Bytes:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, size: int) -> bytes:
        taken, self.data = self.data[:size], self.data[size:]
        return taken


def test_the_copy_is_of_one_moment(small: Small, target: Target, tmp_path: Path):
    """What happens while the copy is made belongs to the next one; a file lost meanwhile is told, not fatal."""

    def meanwhile(snapshot: psycopg.Connection[Any]) -> Content:
        told = content(snapshot)
        small.add("ee/ee0000", b"came later")
        (small.source.files / "ab/cdef02").unlink()
        return told

    made = make(replace(small.source, content=meanwhile), Lock([RECIPIENT]), tmp_path / "copy.age")
    assert made.missing == ["ab/cdef02"]
    manifest = restore(made.path, Key(SECRET), target)
    assert len(rows(target.dsn)) == 3 and manifest["missing"] == ["ab/cdef02"]
    assert sorted(tree(target.files)) == ["ab/cdef01", "cd/ef0123"]


def test_a_copy_that_fails_leaves_no_file(small: Small, tmp_path: Path):
    small.execute("ALTER TABLE matter RENAME TO other")
    with pytest.raises(psycopg.errors.UndefinedTable):
        make(small.source, Lock([RECIPIENT]), tmp_path / "shelf.age")
    assert not list(tmp_path.glob("*.age*")) and not list(tmp_path.glob(".*"))


def test_debians_dump_goes_into_the_newer_server_and_not_back(
    small: Small, copy: Path, target: Target, tmp_path: Path, debian_binaries, monkeypatch
):
    with (
        open_directory() as directory,
        PostgresServer(directory / "data", binaries=debian_binaries, durable=False) as older,
    ):
        place = Small(replace(small.source, dsn=new_database(older)))
        place.execute(SCHEMA)
        place.add("ab/cdef01", b"sealed one" * 1000)
        older_copy = make(place.source, Lock([RECIPIENT]), tmp_path / "older.age").path
        with pytest.raises(Refused, match="that version or newer"):
            restore(copy, Key(SECRET), Target(new_database(older), target.files))
    restore(older_copy, Key(SECRET), target)
    assert [narrative for _, narrative, _ in rows(target.dsn)] == [PLAIN]
    assert binaries.embedded() is not None and debian_binaries.major < binaries.embedded().major


MEASURED = """
import json, resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from prongsai.runtime.backup import Content, Key, Lock, Source, Target, make, restore
dsn, new, files, recipient, secret = sys.argv[2:7]
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
names = sorted(str(p.relative_to(files)) for p in Path(files).rglob("*") if p.is_file())
source = Source(dsn, Path(files), lambda snapshot: Content(names[:1], {}), {})
path = Path(files).with_name("measured.age")
make(source, Lock([recipient]), path.with_name("little.age"))
before = peak()
make(Source(dsn, Path(files), lambda snapshot: Content(names, {}), {}), Lock([recipient]), path)
made = peak()
restore(path, Key(secret), Target(new, Path(files).with_name("measured") / "files"))
print(json.dumps([before, made, peak()]))
"""


def test_memory_does_not_grow_with_what_is_copied(small: Small, target: Target, server: PostgresServer):
    """120 MB of files and 20 MB of rows in a process of its own; its peak grows by a few buffers only (kilobytes)."""
    for number in range(3):
        small.add(f"ff/{number:08}", bytes(40 * 1024 * 1024))
    small.execute(
        "INSERT INTO matter (narrative) SELECT repeat(md5(n::text), 40) FROM generate_series(1, 15000) n"
    )
    code = Path(__file__).parents[3]
    arguments = [str(code), small.source.dsn, target.dsn, str(small.source.files), RECIPIENT, SECRET]
    answer = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    before, made, restored = json.loads(answer.stdout)
    assert made - before < 30 * 1024 and restored - made < 30 * 1024, (before, made, restored)
    shutil.rmtree(small.source.files)


def test_a_year_of_nightly_copies_keeps_days_weeks_and_months(tmp_path: Path):
    shelf, night = Shelf(tmp_path), datetime(2026, 1, 1, 19, 10, tzinfo=UTC)
    (tmp_path / "notes.txt").write_text("not ours")
    for _ in range(500):
        shelf.new(night).write_bytes(b"x")
        shelf.tidy(night)
        night += timedelta(days=1)
    last = night - timedelta(days=1)
    kept = sorted(shelf.copies(), reverse=True)
    assert shelf.newest() == last == kept[0]
    assert [(last - made).days for made in kept[:7]] == list(range(7))
    assert len({made.isocalendar()[:2] for made in kept}) >= 4
    months = {(made.year, made.month) for made in kept}
    assert len(months) == 12 and len(kept) <= 7 + 4 + 12
    assert (tmp_path / "notes.txt").exists()
    assert to_keep([]) == set()


def test_only_complete_copies_count_and_abandoned_ones_go(tmp_path: Path):
    shelf, now = Shelf(tmp_path), datetime.now(UTC)
    assert Shelf(tmp_path / "nowhere").newest() is None
    unfinished = tmp_path / ".prongsai-20260101T191000Z.age.77.part"
    unfinished.write_bytes(b"half")
    assert shelf.newest() is None
    assert shelf.tidy(now) == [] and unfinished.exists()
    assert shelf.tidy(now + timedelta(days=2)) == [unfinished] and not unfinished.exists()
