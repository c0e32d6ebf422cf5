"""The house that is measured: what ``prongsai demo`` starts, on a directory of its own, with its writes flushed."""

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
from pathlib import Path
from types import TracebackType

import psycopg

from prongsai.runtime.postgres import Access, attach

START = "import sys; from prongsai.cli.serving import serve; sys.exit(serve(sample=True))"
LONGEST_START = 180.0  # seconds, with the sample province
# What would turn it into another house than that of the defaults.
_OURS = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "PRONGSAI_PROVINCE",
    "PRONGSAI_HTTPS",
    "PRONGSAI_DEBUG",
    "HOST",
)


class HouseFailed(RuntimeError):
    """It did not start; the message holds the end of its log."""


class House:
    """Embedded PostgreSQL, web server and worker under their supervisor. Use as a context manager."""

    def __init__(self) -> None:
        self.data = Path(tempfile.mkdtemp(prefix="prongsai-bench-"))
        self.data.chmod(0o711)  # as root, the database's own user must pass
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._log = self.data / "house.log"

    def __enter__(self) -> House:
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in _OURS}
        return {**kept, "PRONGSAI_DATA": str(self.data), "PORT": str(self.port)}

    @property
    def access(self) -> Access:
        return attach(self.data)

    def connect(self, database: str = "prongsai") -> psycopg.Connection:
        return psycopg.connect(self.access.dsn("superuser", database), autocommit=True)

    def scratch_database(self, name: str) -> None:
        """A new empty database on the same server, for what must not touch the house's own."""
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")

    def drop_database(self, name: str) -> None:
        with self.connect() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def web_seconds(self) -> float | None:
        """Processor seconds, user and system, that the web server's processes have used; None where /proc is not."""
        if self._process is None or not Path("/proc/self/stat").exists():
            return None
        children, web = _children(), self._web_servers()
        family: list[int] = []
        while web:
            family += web
            web = [child for pid in web for child in children.get(pid, [])]
        return sum(map(_seconds, family))

    def a_web_process(self) -> int:
        """The process id of one that answers requests (its parent only starts them)."""
        return next(child for pid in self._web_servers() for child in _children().get(pid, []))

    def the_web_server(self) -> int:
        return self._web_servers()[0]

    def the_worker(self) -> int:
        return next(pid for pid in self._parts() if b"procrastinate" in _command_line(pid))

    def the_postmaster(self) -> int:
        return int(next(self.data.rglob("postmaster.pid")).read_text().split()[0])

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)

    def _web_servers(self) -> list[int]:
        return [pid for pid in self._parts() if b"granian" in _command_line(pid)]

    def _parts(self) -> list[int]:
        return _children().get(self._process.pid, []) if self._process else []

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(60)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = None
        shutil.rmtree(self.data, ignore_errors=True)

    def _start(self) -> None:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", START],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + LONGEST_START
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise HouseFailed("\n".join(self._log.read_text(errors="replace").splitlines()[-30:]))
            time.sleep(0.3)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.HTTPError, OSError):
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the command's name (proc_pid_stat(5), from field 3)."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            found.setdefault(int(_stat(int(path.name))[1]), []).append(int(path.name))
        except OSError:  # it has just ended
            continue
    return found


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _seconds(pid: int) -> float:
    try:
        user, system = _stat(pid)[11:13]
    except OSError:
        return 0.0
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
