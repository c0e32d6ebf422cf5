"""One throw-away server for a test session, also with pytest-xdist.

In the root `conftest.py`:

    def pytest_configure(config):
        os.environ.setdefault("DATABASE_URL", start_for_session())

The first process (xdist's controller) starts the server and names it in its environment, which the workers inherit.
A developer may set `PRONGSAI_TEST_DATABASE_URL` to a server of their own. The server is fast, not safe: its disk
writes are not flushed.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from .postgres import PostgresServer

ENVIRONMENT = "PRONGSAI_TEST_DATABASE_URL"
DIRECTORY = "PRONGSAI_TEST_DIRECTORY"

_PREFIX = "prongsai-test-pg-"
_SETTINGS = {"max_connections": "300", "max_wal_size": "2GB", "autovacuum_naptime": "10min"}


def start_for_session() -> str:
    """The URL of database `prongsai` as superuser (may CREATE DATABASE); starts the server if none is named yet."""
    if ENVIRONMENT not in os.environ:
        os.environ[ENVIRONMENT] = shared_server().dsn("superuser")
    return os.environ[ENVIRONMENT]


@cache
def shared_server() -> PostgresServer:
    """The one server of this process, in a temporary directory that goes at exit."""
    _sweep()
    directory = Path(tempfile.mkdtemp(prefix=_PREFIX))
    directory.chmod(0o711)  # as root, the server's own OS user must pass
    server = PostgresServer(directory, durable=False, settings=_SETTINGS)
    server.start()
    owner = os.getpid()

    def clean_up() -> None:
        if os.getpid() == owner:  # not in a forked child
            server.stop()
            shutil.rmtree(directory, ignore_errors=True)

    atexit.register(clean_up)
    return server


def session_directory() -> Path:
    """One directory for all processes of the session; its first process makes it and takes it away at exit."""
    if DIRECTORY not in os.environ:
        os.environ[DIRECTORY] = made = tempfile.mkdtemp(prefix="prongsai-test-")
        Path(made).chmod(0o711)  # as root, a database server's own OS user must pass
        atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(os.environ[DIRECTORY])


def make_once(name: str, make: Callable[[], None]) -> None:
    """Call `make` in the process of the session that is first to want `name`; the others wait until it is there."""
    made = session_directory() / f"{name}.made"
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            make()
            made.touch()


def _sweep() -> None:
    """Remove what killed sessions of this user left: directories whose lock nobody holds."""
    for directory in Path(tempfile.gettempdir()).glob(_PREFIX + "*"):
        try:
            if directory.stat().st_uid != os.geteuid():
                continue
            with (directory / "pg" / "lock").open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(directory, ignore_errors=True)
        except OSError:  # in use, or not ours
            continue
