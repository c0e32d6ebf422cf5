"""``prongsai up`` and ``prongsai demo``: one command that starts everything, watches it, and stops it cleanly."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from prongsai.cli.surroundings import NotSetUp, data_directory
from prongsai.config import environment as env
from prongsai.config.lines import processes, threads
from prongsai.runtime.deathsig import die_with_parent
from prongsai.runtime.postgres import PostgresServer
from prongsai.runtime.processes import Supervisor

PYTHON = sys.executable
APP_ROLE = "prongsai_app"
WORKER = [PYTHON, "-m", "django", "procrastinate", "worker", "--concurrency", "2"]
INTERRUPTED = 130  # Ctrl-C before there was anything to serve
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - compared, not bound


def serve(*, sample: bool, upgrade: bool = False) -> int:
    """Serve until Ctrl-C. ``PRONGSAI_DATA``, ``PORT``, ``HOST`` and ``DATABASE_URL`` are honoured."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    _make_sure_that_free(host, port)
    data = data_directory()
    os.environ["PRONGSAI_DATA"] = str(data)
    os.environ.setdefault("PRONGSAI_URL", f"http://localhost:{port}")
    # Until the supervisor takes it, a polite end is an interruption too: everything started so far is stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if url := env.text("DATABASE_URL"):
            data.mkdir(parents=True, exist_ok=True, mode=0o700)
            owner = env.text("DATABASE_OWNER_URL") or url
            step_down = {"PRONGSAI_DATABASE_ROLE": APP_ROLE} if owner == url else {}
            return _serve(Supervisor(), owner, {"DATABASE_URL": url, **step_down}, host, port, sample=sample)
        say("เริ่มฐานข้อมูล")
        with PostgresServer(data, log=say, upgrade=upgrade) as server:
            supervisor = Supervisor()
            supervisor.check(server.keep_alive)
            database = {"DATABASE_URL": server.dsn("app")}
            return _serve(supervisor, server.dsn("owner"), database, host, port, sample=sample)
    except KeyboardInterrupt:
        return INTERRUPTED


def _serve(
    supervisor: Supervisor, owner: str, database: Mapping[str, str], host: str, port: str, *, sample: bool
) -> int:
    if status := _prepare(owner, sample):
        return status
    environment = {
        **database,
        "DJANGO_SETTINGS_MODULE": "prongsai.config.settings",
    }
    web = {**environment, **shared_counters(data_directory())}
    supervisor.add("web", web_command(host, port), web, ready=lambda: answers(host, port))
    supervisor.add("worker", WORKER, environment)
    return supervisor.run(lambda: welcome(port, sample))


def _prepare(owner: str, sample: bool) -> int:
    """Migrate and load, as the owner, in a process of its own; its exit status. Ctrl-C reaches it through us."""
    command = [PYTHON, "-m", "prongsai", "prepare", *(["--sample"] if sample else [])]
    environment = {**os.environ, "DATABASE_OWNER_URL": owner}
    return subprocess.run(
        command,
        env=environment,
        check=False,
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGTERM),
    ).returncode


def _make_sure_that_free(host: str, port: str) -> None:
    """Before anything is started: otherwise another program's answers would be taken for ours."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[
            0
        ]
        with closing(socket.socket(family, kind, protocol)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (ValueError, OverflowError) as error:
        raise NotSetUp(f"PORT={port} is not a port number.") from error
    except OSError as error:
        raise NotSetUp(
            f"Port {port} of {host} cannot be used: {error.strerror}. Choose another, such as PORT=8080 prongsai up."
        ) from error


def web_command(host: str, port: str) -> list[str]:
    return [
        PYTHON, "-m", "granian", "--interface", "wsgi", "prongsai.config.wsgi:application",
        "--host", host, "--port", port, "--workers", str(processes()), "--blocking-threads", str(threads()),
        "--no-ws", "--log-level", "warning", "--respawn-failed-workers",
    ]  # fmt: skip


def shared_counters(data: Path) -> dict[str, str]:
    """A fresh directory where the web server's processes keep their counters together."""
    directory = Path(os.environ.get("PROMETHEUS_MULTIPROC_DIR") or data / "run" / "metrics")
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True, mode=0o700)
    return {"PROMETHEUS_MULTIPROC_DIR": str(directory)}


def become(part: str) -> int:
    """``prongsai web`` or ``prongsai worker``: this process becomes that one, for a supervisor such as systemd."""
    if not env.text("DATABASE_URL"):
        raise NotSetUp(
            "Set DATABASE_URL (the application's login). `prongsai up` runs a database of its own."
        )
    environment = {"PRONGSAI_DATABASE_ROLE": APP_ROLE, **os.environ}
    environment["DJANGO_SETTINGS_MODULE"] = "prongsai.config.settings"
    command = WORKER
    if part == "web":
        environment |= shared_counters(data_directory())
        command = web_command(os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000")
    os.execve(command[0], command, environment)  # noqa: S606


def answers(host: str, port: str) -> bool:
    """Whether the web server, the database and the worker answer; asked as a proxy in front would ask."""
    named = (os.environ.get("PRONGSAI_HOSTS") or "localhost").split(",")[0].lstrip(".")
    address = EVERYWHERE.get(host, host)
    request = urllib.request.Request(
        f"http://{f'[{address}]' if ':' in address else address}:{port}/healthz",
        headers={"Host": "localhost" if named == "*" else named, "X-Forwarded-Proto": "https"},
    )
    try:
        with urllib.request.urlopen(request, timeout=2) as response:  # noqa: S310
            return response.status == 200
    except urllib.error.HTTPError:
        return False
    except OSError:
        return False


def say(text: str) -> None:
    print(text, flush=True)


def welcome(port: str, sample: bool) -> None:
    say(f"\nโปร่งใส พร้อมใช้งานที่  http://localhost:{port}/   (สำหรับเจ้าหน้าที่: http://localhost:{port}/office/)")
    if sample:
        from prongsai.cli.sample_text import how_to_sign_in

        say(how_to_sign_in())
    say("หยุดด้วย Ctrl-C")
