"""``prongsai up`` and ``prongsai demo``: one command that starts everything, watches it, and stops it cleanly."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping

from prongsai.cli.surroundings import data_directory
from prongsai.runtime.postgres import PostgresServer
from prongsai.runtime.processes import Supervisor

PYTHON = sys.executable
APP_ROLE = "prongsai_app"


def serve(*, sample: bool) -> int:
    """Serve until Ctrl-C. ``PRONGSAI_DATA``, ``PORT`` and ``DATABASE_URL`` are honoured."""
    port = os.environ.get("PORT", "8000")
    if not port_is_free(port):
        say(f"prongsai: พอร์ต {port} มีโปรแกรมอื่นใช้อยู่ โปรดเลือกพอร์ตอื่น เช่น PORT=8080")
        return 2
    data = data_directory()
    data.mkdir(parents=True, exist_ok=True)
    os.environ["PRONGSAI_DATA"] = str(data)
    if url := os.environ.get("DATABASE_URL"):
        owner = os.environ.get("DATABASE_OWNER_URL") or url
        step_down = {"PRONGSAI_DATABASE_ROLE": APP_ROLE} if owner == url else {}
        return _serve(Supervisor(), owner, {"DATABASE_URL": url, **step_down}, sample=sample)
    say("เริ่มฐานข้อมูล")
    with PostgresServer(data) as server:
        supervisor = Supervisor()
        supervisor.check(server.keep_alive)
        return _serve(supervisor, server.dsn("owner"), {"DATABASE_URL": server.dsn("app")}, sample=sample)


def _serve(supervisor: Supervisor, owner: str, environment: Mapping[str, str], *, sample: bool) -> int:
    prepare = [PYTHON, "-m", "prongsai", "prepare", *(["--sample"] if sample else [])]
    finished = subprocess.run(prepare, env={**os.environ, "DATABASE_OWNER_URL": owner}, check=False)
    if finished.returncode:
        return finished.returncode
    port = os.environ.get("PORT", "8000")
    environment = {
        "PRONGSAI_URL": f"http://localhost:{port}",
        **environment,
        "DJANGO_SETTINGS_MODULE": "prongsai.config.settings",
    }
    host = os.environ.get("HOST", "127.0.0.1")
    supervisor.add(
        "web", web_command(host, port), environment, ready=lambda: answers(f"http://127.0.0.1:{port}/healthz")
    )
    supervisor.add(
        "worker", [PYTHON, "-m", "django", "procrastinate", "worker", "--concurrency", "2"], environment
    )
    return supervisor.run(lambda: welcome(port, sample))


def web_command(host: str, port: str) -> list[str]:
    threads = os.environ.get("WEB_THREADS", "8")
    workers = os.environ.get("WEB_WORKERS", "2")
    return [
        PYTHON, "-m", "granian", "--interface", "wsgi", "prongsai.config.wsgi:application",
        "--host", host, "--port", port, "--workers", workers, "--blocking-threads", threads,
        "--no-ws", "--log-level", "warning",
    ]  # fmt: skip


def port_is_free(port: str) -> bool:
    """Whether the web server will be able to listen: said before a minute of preparation, not after it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((os.environ.get("HOST", "127.0.0.1"), int(port)))
        except (OSError, ValueError, OverflowError):
            return False
    return True


def answers(url: str) -> bool:
    """Whether the web server, the database and the worker answer."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 - our own address
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
