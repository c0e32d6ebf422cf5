"""The supervisor of processes, with real children."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from prongsai.runtime import processes
from prongsai.runtime.processes import Supervisor

from .conftest import is_gone, wait_until

# Writes its name when it starts and when it is told to stop.
POLITE = """
import pathlib, signal, sys, time
book, name = pathlib.Path(sys.argv[1]), sys.argv[2]
def note(word):
    with book.open("a") as file:
        file.write(f"{word} {name}\\n")
def stop(*_):
    note("stop")
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
note("start")
print("สวัสดี from", name, flush=True)
time.sleep(1000)
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book"
    path.touch()
    return path


def polite(book: Path, name: str) -> list[str]:
    return [sys.executable, "-c", POLITE, str(book), name]


def test_children_start_in_order_and_a_signal_stops_them_in_reverse(book: Path):
    output = io.StringIO()
    supervisor = Supervisor(output=output)
    ready = []
    for name in ("web", "worker"):
        supervisor.add(name, polite(book, name), ready=lambda name=name: f"start {name}" in book.read_text())

    def on_ready() -> None:
        ready.append(book.read_text().split("\n")[:2])
        os.kill(os.getpid(), signal.SIGTERM)

    assert supervisor.run(on_ready) == 0
    assert len(ready) == 1 and sorted(ready[0]) == ["start web", "start worker"]
    assert book.read_text().split("\n")[2:] == ["stop worker", "stop web", ""]
    assert "web      | สวัสดี from web\n" in output.getvalue()


def test_a_child_that_dies_is_started_again_with_growing_pauses(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(processes, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(processes, "TICK", 0.02)
    lives = tmp_path / "lives"
    output = io.StringIO()
    supervisor = Supervisor(output=output)
    supervisor.add("worker", ["/bin/sh", "-c", f"echo life >> {lives}; echo 'last words'; exit 3"])
    supervisor.check(lambda: lives.read_text().count("life") >= 5 and supervisor.stop())
    assert supervisor.run() == 0
    said = output.getvalue()
    assert said.count("last words") == lives.read_text().count("life") >= 5
    assert "has ended (status 3); starting it again in 0.01 s" in said
    assert "has ended (status 3); starting it again in 0.08 s" in said


def test_a_child_that_never_gets_ready_ends_the_run(tmp_path: Path, monkeypatch, book: Path):
    monkeypatch.setattr(processes, "FIRST_PAUSE", 0.01)
    output = io.StringIO()
    supervisor = Supervisor(output=output)
    supervisor.add("worker", polite(book, "worker"))
    supervisor.add("web", ["/bin/sh", "-c", "echo 'port in use'; exit 1"], ready=lambda: False)
    assert supervisor.run(lambda: pytest.fail("it was never ready")) == 1
    assert output.getvalue().count("port in use") == processes.MOST_FAILED_STARTS
    assert "giving up" in output.getvalue()
    assert "stop worker" in book.read_text()


def test_a_child_that_ignores_the_signal_is_killed_with_its_own_children(tmp_path: Path):
    pids = tmp_path / "pids"
    supervisor = Supervisor(output=io.StringIO(), stop_patience=0.2)
    stubborn = f"trap '' TERM; sleep 1000 & echo $$ $! > {pids}; while :; do sleep 1; done"
    supervisor.add(
        "web", ["/bin/sh", "-c", stubborn], ready=lambda: pids.exists() and len(pids.read_text().split()) == 2
    )
    assert supervisor.run(supervisor.stop) == 0
    for pid in map(int, pids.read_text().split()):
        wait_until(lambda pid=pid: is_gone(pid), "a child is left")


def test_children_die_with_a_killed_supervisor(book: Path):
    program = (
        "import sys; from prongsai.runtime.processes import Supervisor\n"
        "supervisor = Supervisor(); supervisor.add('web', sys.argv[1:]); supervisor.run()"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    supervisor = subprocess.Popen(
        [sys.executable, "-c", program, *polite(book, "web")], env=environment, stdout=subprocess.DEVNULL
    )
    wait_until(lambda: "start web" in book.read_text(), "the child has not started")
    supervisor.kill()
    supervisor.wait()
    wait_until(lambda: "stop web" in book.read_text(), "the child outlived its supervisor")
