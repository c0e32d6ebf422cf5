"""A small supervisor of child processes: the web server and the worker under one command."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import TextIO

from .deathsig import die_with_parent

TICK = 0.2  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a restart, doubled each time
LONG_LIFE = 30.0  # a child that has lived this long (seconds) counts as healthy again
LONGEST_LINE = 65536  # bytes
MOST_FAILED_STARTS = 5  # before everything has been ready once


def _always() -> bool:
    return True


class Child:
    """One supervised program; the Supervisor drives it."""

    def __init__(
        self, name: str, argv: Sequence[str | Path], env: Mapping[str, str] | None, ready: Callable[[], bool]
    ) -> None:
        self.name = name
        self.argv = [str(word) for word in argv]
        self.env = {**os.environ, "PYTHONUNBUFFERED": "1", **(env or {})}
        self.is_ready = ready
        self.failures = 0  # in a row
        self.process: subprocess.Popen[bytes] | None = None
        self.next_start = 0.0
        self.output_ended = False
        self._started = 0.0
        self._unfinished_line = b""

    def start(self) -> None:
        """Run it in its own process group, so that Ctrl-C reaches the supervisor alone, which keeps the order."""
        self._started = time.monotonic()
        self.output_ended = False
        self.process = subprocess.Popen(
            self.argv,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)

    def plan_restart(self) -> float:
        """Seconds to wait before the next start."""
        if time.monotonic() - self._started > LONG_LIFE:
            self.failures = 0
        pause = min(FIRST_PAUSE * 2.0**self.failures, LONGEST_PAUSE)
        self.failures += 1
        self.next_start = time.monotonic() + pause
        self.process = None
        return pause

    def read_lines(self) -> list[str] | None:
        """Complete lines written since the last call; None if there is nothing to read. Sets `output_ended`."""
        assert self.process is not None and self.process.stdout is not None
        try:
            chunk = os.read(self.process.stdout.fileno(), 65536)
        except BlockingIOError:
            return None
        self.output_ended = not chunk
        *lines, rest = (self._unfinished_line + chunk).split(b"\n")
        if rest and (self.output_ended or len(rest) > LONGEST_LINE):
            lines, rest = [*lines, rest], b""
        self._unfinished_line = rest
        return [line.decode(errors="replace") for line in lines]

    def signal_group(self, sig: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, sig)


class Supervisor:
    """Starts children in the order of `add`, restarts those that end, stops them in the reverse order.

    `run` must be called in the main thread: it takes SIGINT and SIGTERM, and the children die with it even when it
    is killed with -9 (Linux). Output goes to `output` line by line with the child's name in front.
    """

    def __init__(self, *, output: TextIO | None = None, stop_patience: float = 30.0) -> None:
        self.stop_patience = stop_patience  # seconds per child between SIGTERM and SIGKILL
        self._output = output if output is not None else sys.stdout
        self._children: list[Child] = []
        self._checks: list[Callable[[], object]] = []
        self._selector = selectors.DefaultSelector()
        self._stop_signals = 0
        self._was_ready = False

    def add(
        self,
        name: str,
        argv: Sequence[str | Path],
        env: Mapping[str, str] | None = None,
        *,
        ready: Callable[[], bool] = _always,
    ) -> None:
        """`env` is added to this process's environment. `ready()`: whether the child does its work by now."""
        self._children.append(Child(name, argv, env, ready))

    def check(self, each_second: Callable[[], object]) -> None:
        """Something to look after meanwhile, such as `PostgresServer.keep_alive`; its exception ends `run`."""
        self._checks.append(each_second)

    def run(self, on_ready: Callable[[], None] | None = None) -> int:
        """Work until SIGINT or SIGTERM (0), or until a child has failed too often before all were ready (1).

        `on_ready` is called once, as soon as every child is ready. A second signal stops at once.
        """
        previous = {sig: signal.signal(sig, self._on_signal) for sig in (signal.SIGINT, signal.SIGTERM)}
        try:
            return self._run(on_ready)
        finally:
            try:
                self._stop_all()
            finally:
                for sig, handler in previous.items():
                    signal.signal(sig, handler)

    def stop(self) -> None:
        """End `run` as a signal would (from a check or from `on_ready`)."""
        self._stop_signals += 1

    def _run(self, on_ready: Callable[[], None] | None) -> int:
        next_check = time.monotonic() + 1
        while not self._stop_signals:
            for child in self._children:
                if not self._tend(child):
                    return 1
            if not self._was_ready and all(child.process and child.is_ready() for child in self._children):
                self._was_ready = True
                if on_ready is not None:
                    on_ready()
            if time.monotonic() >= next_check:
                for check in self._checks:
                    check()
                next_check = time.monotonic() + 1
            self._forward(TICK)
        return 0

    def _tend(self, child: Child) -> bool:
        """Start or restart it as needed; False when it is time to give up."""
        if child.process is None:
            if time.monotonic() >= child.next_start:
                child.start()
                self._selector.register(child.process.stdout, selectors.EVENT_READ, child)  # type: ignore[attr-defined]
            return True
        status = child.process.poll()
        if status is None:
            return True
        self._drain(child)
        child.signal_group(signal.SIGTERM)  # what it may have left behind in its group
        pause = child.plan_restart()
        if not self._was_ready and child.failures >= MOST_FAILED_STARTS:
            self._say(
                child, f"has ended {child.failures} times (status {status}) before it was ready; giving up"
            )
            return False
        self._say(child, f"has ended (status {status}); starting it again in {pause:g} s")
        return True

    def _forward(self, timeout: float) -> None:
        """Wait for output for at most `timeout` seconds and pass it on."""
        for key, _ in self._selector.select(timeout):
            child: Child = key.data
            for line in child.read_lines() or ():
                self._say(child, line)
            if child.output_ended:
                self._selector.unregister(key.fileobj)
        if not self._selector.get_map():
            time.sleep(timeout)

    def _drain(self, child: Child) -> None:
        """Pass on what a finished child has still written, then close the pipe."""
        assert child.process is not None and child.process.stdout is not None
        while not child.output_ended and (lines := child.read_lines()) is not None:
            for line in lines:
                self._say(child, line)
        with suppress(KeyError):
            self._selector.unregister(child.process.stdout)
        child.process.stdout.close()

    def _stop_all(self) -> None:
        for child in reversed(self._children):
            if child.process is None:
                continue
            child.process.send_signal(signal.SIGTERM)
            deadline = time.monotonic() + self.stop_patience
            while child.process.poll() is None:
                if self._stop_signals > 1 or time.monotonic() > deadline:
                    self._say(child, "does not stop; killing it")
                    break
                self._forward(0.05)
            child.signal_group(signal.SIGKILL)
            child.process.wait()
            self._drain(child)
            child.process = None

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stop_signals += 1

    def _say(self, child: Child, text: str) -> None:
        print(f"{child.name:<8} | {text}", file=self._output, flush=True)
