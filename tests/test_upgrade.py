"""A database that an earlier release left behind becomes today's: nothing is lost, and the ledger still verifies."""

from __future__ import annotations

import gzip
import importlib.machinery
import importlib.util
import json
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import psycopg
import pytest

from prongsai.runtime.backup.programs import environment
from prongsai.runtime.postgres import attach, binaries
from prongsai.runtime.testing import start_for_session
from tests.house import ROOT, House, place

RELEASES = sorted((ROOT / "tests" / "data").glob("release-*.sql.gz"))


def release_dump() -> ModuleType:
    """The script that wrote the dumps; it knows what they must keep."""
    path = str(ROOT / "scripts" / "release-dump")
    loader = importlib.machinery.SourceFileLoader("release_dump", path)
    spec = importlib.util.spec_from_loader("release_dump", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture(params=RELEASES, ids=lambda path: path.name.removesuffix(".sql.gz"))
def release(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[House, dict]]:
    """The database of a release on the tests' server, with the program of today before it."""
    superuser, name = start_for_session(), f"release_{secrets.token_hex(4)}"
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
    url = urlsplit(superuser)._replace(path=f"/{name}").geturl()
    dump = gzip.decompress(request.param.read_bytes())
    mark = release_dump().MARK.encode()
    first = dump.split(b"\n", 1)[0]
    assert first.startswith(mark)
    loaded = subprocess.run(
        [binaries.available()[0].program("psql"), "-q", "-v", "ON_ERROR_STOP=1", "-X"],
        env=environment(url),
        input=dump,
        capture_output=True,
    )
    assert loaded.returncode == 0, loaded.stderr.decode()
    settings = {"DATABASE_URL": url, **release_dump().SECRETS}
    house = House(tmp_path / "data", environment=settings, python=(sys.executable,))
    yield house, json.loads(first.removeprefix(mark))
    shutil.rmtree(tmp_path / "data", ignore_errors=True)
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_an_earlier_release_becomes_this_one(release: tuple[House, dict]):
    house, facts = release
    assert facts["ledger_entry"]["rows"] > 20 and facts["complaints_case"]["rows"] > 5
    for _ in range(2):  # and a second time does nothing
        prepared = house.run("prepare")
        assert prepared.returncode == 0, prepared.stderr
    with psycopg.connect(house.environment["DATABASE_URL"]) as connection:
        now = {
            table: {"columns": told["columns"], **release_dump().digest(connection, table, told["columns"])}
            for table, told in facts.items()
        }
    assert now == facts
    verified = house.run("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert house.run("django", "migrate", "--check").returncode == 0
    clauses = [json.loads(line) for line in house.run("clauses", "--json").stdout.splitlines()]
    assert sum(entry["evidence"] for entry in clauses) > 0


def test_the_dump_of_this_release_is_there():
    """Whoever raises the version's first two numbers adds the dump of the one before."""
    assert RELEASES, "scripts/release-dump writes it"
    assert all(path.stat().st_size < 3 * 1024**2 for path in RELEASES)


class Moving(House):
    """``prongsai up --upgrade-database``."""

    def _command(self, *arguments: str) -> list[str]:
        return super()._command(*arguments, *(["--upgrade-database"] if arguments == ("up",) else []))


@pytest.mark.xdist_group("spare")
def test_a_whole_house_moves_to_a_newer_postgresql():
    """From Debian's PostgreSQL to the embedded one, with its ledger, its triggers and the rights of its roles."""
    older, newer = binaries.debian()[0], binaries.embedded()
    assert newer is not None and older.major < newer.major
    house = House(place(), environment={"PRONGSAI_PG_BIN": str(older.bin_dir)})
    moved = Moving(house.data, verb="up")
    counted = "SELECT (SELECT count(*) FROM ledger_entry), (SELECT count(*) FROM complaints_case)"
    try:
        house.start()
        assert house.query("SHOW server_version_num")[0][0].startswith(str(older.major))
        before = house.query(counted)
        assert house.stop() == 0
        moved.start()
        assert moved.query("SHOW server_version_num")[0][0].startswith(str(newer.major))
        assert moved.query(counted) == before and before[0][0] > 20
        assert moved.run("verify").returncode == 0
        for role, refusal in (
            ("app", psycopg.errors.InsufficientPrivilege),
            ("owner", psycopg.errors.RestrictViolation),
        ):
            dsn = attach(moved.data).dsn(role)
            with psycopg.connect(dsn) as connection, pytest.raises(refusal):
                connection.execute("DELETE FROM ledger_entry")
    finally:
        moved.remove()
