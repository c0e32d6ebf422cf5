"""The life of a server, as root's system user and as an ordinary user: first start, deaths, recovery."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from pathlib import Path

import psycopg
import pytest

from prongsai.runtime.postgres import NotRunning, attach
from prongsai.runtime.postgres.postmaster import PidFile

from .conftest import Account, is_gone, kill_server, wait_until


def test_first_start_gives_a_thai_database_with_two_roles(supervise, home: Path, account: Account):
    first = supervise(home / "data")

    with first.connect("owner", autocommit=True) as owner:
        settings = "server_encoding", "data_checksums", "fsync", "listen_addresses", "TimeZone", "lc_messages"
        assert [owner.execute(f"SHOW {name}").fetchone()[0] for name in settings] == [
            *("UTF8", "on", "on", "", "Asia/Bangkok", "C")
        ]
        assert owner.execute("SELECT datcollate FROM pg_database WHERE datname = 'prongsai'").fetchone() == (
            "C.UTF-8",
        )
        assert owner.execute("SELECT cardinality(show_trgm('ที่ปรึกษา')) > 5").fetchone() == (True,)
        owner.execute(
            "CREATE TABLE room (id serial, span int4range, no int, EXCLUDE USING gist (no WITH =, span WITH &&))"
        )
    with first.connect("app", autocommit=True) as app:
        app.execute("INSERT INTO room (no) VALUES (1)")
        app.execute("UPDATE room SET no = 2")
        for forbidden in ("CREATE TABLE mine ()", "DROP TABLE room", "TRUNCATE room", "CREATE DATABASE mine"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden)
    assert first.told["uid"] != 0
    assert (home / "data/pg/secrets.json").stat().st_mode & 0o777 == 0o600

    # Another process of the same user finds it, until it stops.
    assert attach(home / "data").dsn("app") == first.told["dsn"]["app"]
    first.close()
    with pytest.raises(NotRunning, match="prongsai up"):
        attach(home / "data")


def test_the_server_dies_with_its_supervisor(supervise, data_dir: Path):
    supervisor = supervise(data_dir)
    supervisor.kill()
    wait_until(lambda: is_gone(supervisor.server_pid), "the server outlived its supervisor")
    assert not Path(supervisor.told["pgdata"], "postmaster.pid").exists()  # a clean shutdown, not a crash


def test_no_committed_row_is_lost_when_everything_is_killed(supervise, data_dir: Path):
    supervisor = supervise(data_dir)
    committed = 0
    enough = threading.Event()
    with supervisor.connect(autocommit=True) as connection:
        connection.execute("CREATE TABLE entry (no int)")

    def write() -> None:
        nonlocal committed
        try:
            with supervisor.connect(autocommit=True) as connection:
                while True:
                    connection.execute("INSERT INTO entry VALUES (%s)", [committed])
                    committed += 1
                    if committed == 200:
                        enough.set()
        except psycopg.OperationalError:
            pass

    writer = threading.Thread(target=write)
    writer.start()
    assert enough.wait(60)
    idle = supervisor.connect()
    orphan = idle.info.backend_pid
    os.kill(orphan, signal.SIGSTOP)  # an orphan that holds the shared memory for longer than usual
    os.kill(supervisor.process.pid, signal.SIGSTOP)  # so that it cannot tidy up between the two kills
    kill_server(supervisor.server_pid)
    supervisor.kill()
    writer.join()

    log = Path(supervisor.told["pgdata"] + ".log")
    offset = log.stat().st_size

    def let_the_orphan_end() -> None:
        wait_until(
            lambda: b"pre-existing shared memory block" in log.read_bytes()[offset:], "no start was refused"
        )
        os.kill(orphan, signal.SIGCONT)

    release = threading.Thread(target=let_the_orphan_end)
    release.start()
    with supervise(data_dir).connect() as connection:
        # The row in flight may have been committed without an answer.
        assert connection.execute(
            "SELECT count(*) - %s BETWEEN 0 AND 1 FROM entry", [committed]
        ).fetchone() == (True,)
    release.join()
    idle.close()


def test_keep_alive_starts_a_killed_server_again(supervise, data_dir: Path):
    supervisor = supervise(data_dir)
    assert supervisor.keep_alive()["restarted"] is False
    old = supervisor.server_pid
    kill_server(old)
    wait_until(lambda: is_gone(old), "the server survived SIGKILL")
    assert supervisor.keep_alive()["restarted"] is True
    with supervisor.connect("app") as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_stale_pid_that_now_means_something_else_is_no_obstacle(
    supervise, data_dir: Path, account: Account
):
    supervisor = supervise(data_dir)
    uid, pid_file = supervisor.told["uid"], Path(supervisor.told["pgdata"], "postmaster.pid")
    remains = pid_file.read_text().splitlines()[1:]
    supervisor.close()
    # As the server's own user: the processes of others are no obstacle to PostgreSQL itself.
    as_server = {"user": uid} if os.geteuid() == 0 else {}
    stranger, zombie = (subprocess.Popen(["sleep", seconds], **as_server) for seconds in ("1000", "0"))
    try:
        wait_until(lambda: is_gone(zombie.pid), "sleep 0 goes on")
        for other in (stranger, zombie):
            pid_file.write_text("\n".join([str(other.pid), *remains]) + "\n")
            os.chown(pid_file, uid, -1)
            assert PidFile.read(pid_file.parent).process_exists()
            supervisor = supervise(data_dir)
            with supervisor.connect() as connection:
                assert connection.execute("SELECT 1").fetchone() == (1,)
            supervisor.close()
        assert stranger.poll() is None, "the stranger was killed"
    finally:
        for other in (stranger, zombie):
            other.kill()
            other.wait()


def test_one_data_directory_has_one_supervisor(supervise, data_dir: Path):
    first = supervise(data_dir)
    second = supervise(data_dir)
    assert second.told["error"] == "AlreadyRunning"
    assert str(first.process.pid) in second.told["message"]
    with first.connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_lost_passwords_are_renewed(supervise, data_dir: Path):
    before = supervise(data_dir)
    before.close()
    (data_dir / "pg/secrets.json").unlink()
    after = supervise(data_dir)
    assert before.told["dsn"]["app"] != after.told["dsn"]["app"]
    for role in ("app", "owner", "superuser"):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(before.told["dsn"][role])
        after.connect(role).close()
