"""A running installation as its operator starts it: ``prongsai demo`` with its own database, web server and worker.

Tests that use the fixture ``house`` carry ``@pytest.mark.xdist_group("house")``: one installation serves all of them.
Tests that stop, kill or look into an installation start a :class:`House` of their own.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from prongsai.runtime.deathsig import die_with_parent
from prongsai.runtime.postgres import PostgresServer, attach
from prongsai.runtime.testing import make_once, session_directory

ROOT = Path(__file__).parent.parent
PATIENCE = 120  # seconds, so that a hang becomes a failure with a name
# What the tests' own surroundings say must not reach the house.
OURS = ("DATABASE_", "PRONGSAI_", "DJANGO_", "PYTEST_", "PORT", "HOST", "WEB_")


class House:
    """One installation. ``environment`` is added to a clean one; ``uid`` runs it as another user (root only)."""

    def __init__(
        self,
        data: Path,
        *,
        verb: str = "demo",
        environment: Mapping[str, str] | None = None,
        python: Sequence[str] = (sys.executable,),
        uid: int | None = None,
        cwd: Path = ROOT,
    ) -> None:
        self.data, self.verb, self.python, self.uid, self.cwd = data, verb, list(python), uid, cwd
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **clean_environment(),
            "PRONGSAI_DATA": str(data),
            "PORT": str(self.port),
            **(environment or {}),
        }
        self.log = data.with_name(f"{data.name}.log")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *, healthy: bool = True) -> House:
        """No-op while it runs."""
        if self.process is not None and self.process.poll() is None:
            return self
        self.log.unlink(missing_ok=True)
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self._command(self.verb),
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),  # also when a test run is killed
                **self._options(),
            )
        if healthy:
            wait_until(self.is_healthy, f"a healthy house; it said:\n{self.said}", self._still_runs)
            # The welcome comes after the answer: whoever reads the output waits for it.
            wait_until(lambda: "Ctrl-C" in self.said, "the welcome", self._still_runs)
        return self

    def stop(self, sig: signal.Signals = signal.SIGINT) -> int:
        """As Ctrl-C does. Returns the exit status."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(sig)
        return self.process.wait(PATIENCE)

    def remove(self) -> None:
        if self.process is not None:
            self.stop()
        shutil.rmtree(self.data.parent, ignore_errors=True)

    def run(self, *arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """A command of the operator, in another window: ``prongsai check`` and its like."""
        options = self._options()
        options["env"] = {**options["env"], **more}
        return subprocess.run(
            self._command(*arguments),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            **options,
        )

    def health(self) -> int:
        """The status of ``/healthz``; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=10) as response:
                return response.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def is_healthy(self) -> bool:
        return self.health() == 200

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    @property
    def dsn(self) -> str:
        """The database as its owner."""
        return self.environment.get("DATABASE_URL") or attach(self.data).dsn("owner")

    def query(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.dsn) as connection:
            return connection.execute(sql, parameters).fetchall()

    def processes(self) -> dict[int, str]:
        """Pid and command line of everything that descends from the house, itself included."""
        assert self.process is not None
        return {pid: command_line(pid) for pid in descendants(self.process.pid)}

    def find(self, *words: str) -> list[int]:
        """Processes of the house whose command line has all the words, oldest first."""
        return sorted(pid for pid, line in self.processes().items() if all(word in line for word in words))

    def _command(self, *arguments: str) -> list[str]:
        return [*self.python, "-m", "prongsai", *arguments]

    def _options(self) -> dict[str, Any]:
        options: dict[str, Any] = {"env": self.environment, "cwd": self.cwd}
        if self.uid is not None:
            options |= {"user": self.uid, "group": self.uid, "extra_groups": []}
        return options

    def _still_runs(self) -> None:
        assert self.process is not None
        if self.process.poll() is not None:
            pytest.fail(f"the house ended with status {self.process.returncode}; it said:\n{self.said}")


def wait_until(
    condition: Callable[[], object],
    what: str,
    check: Callable[[], object] = lambda: None,
    seconds: float = PATIENCE,
) -> None:
    end = time.monotonic() + seconds
    while not condition():
        check()
        if time.monotonic() > end:
            pytest.fail(f"waited {seconds} s in vain for {what}")
        time.sleep(0.1)


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def place(prefix: str = "prongsai-house-") -> Path:
    """A data directory that PostgreSQL's own user can reach, also where the tests run as root."""
    directory = Path(tempfile.mkdtemp(prefix=prefix))
    directory.chmod(0o711)
    return directory / "data"


def furnished(prefix: str = "prongsai-house-") -> Path:
    """A data directory as ``prongsai demo`` has it just before it serves: made once a session, because that takes half a
    minute of processor time, and copied. What is about the making begins with an empty :func:`place`."""
    made = session_directory() / "house"
    make_once("house", lambda: _furnish(made))
    data = place(prefix)
    subprocess.run(["cp", "-a", made, data], check=True)  # with the owner of the server's files
    return data


def _furnish(data: Path) -> None:
    with PostgresServer(data, durable=False):
        prepared = House(data).run("prepare", "--sample")
    assert prepared.returncode == 0, prepared.stdout + prepared.stderr


def descendants(pid: int) -> set[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = int((entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
            except OSError:  # gone meanwhile
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, waiting = {pid}, [pid]
    while waiting:
        fresh = children.get(waiting.pop(), [])
        found.update(fresh)
        waiting.extend(fresh)
    return found


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """The sample province, served. Tests add to it and never count on being alone in it."""
    yield from _while_needed(House(furnished()))


@pytest.fixture(scope="session")
def spare_house() -> Iterator[House]:
    """Another one, for tests that stop it: each begins with ``start``. It makes everything itself, as an operator's does."""
    yield from _while_needed(House(place()))


def _while_needed(installation: House) -> Iterator[House]:
    try:
        yield installation.start()
    finally:
        installation.remove()
