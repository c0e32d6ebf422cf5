"""Slow lines wait outside: a form that arrives at 2 KB/s keeps nobody from the site (C02, C05).

The proxy passes bodies on while they arrive, so that no plain byte lies on its disk; each of them occupies a thread of ours. There
are many threads therefore, and only as many as before may work at a time: whoever waits for the next bytes gives up the place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any

SLOW_LINES = (
    64  # threads of all processes together beyond those that work; each may hold a connection to the database
)

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def processes() -> int:
    """How many processes answer requests (``WEB_WORKERS``): more than processors, because half of a request is waiting."""
    return int(os.environ.get("WEB_WORKERS") or min(8, 2 * (os.cpu_count() or 1)))


def places() -> int:
    """How many requests one process works on at a time (``WEB_THREADS``): few, because they take turns at one interpreter."""
    return int(os.environ.get("WEB_THREADS") or 3)


def threads() -> int:
    """Of one process: those that work and those that wait for slow lines."""
    return places() + SLOW_LINES // processes()


class WaitOutside:
    """A WSGI application that works on ``most`` requests at a time and does not count those that wait for their body."""

    def __init__(self, application: Application, most: int) -> None:
        self._application, self._places = application, BoundedSemaphore(most)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self._places:
            body = environ["wsgi.input"] = _Body(environ["wsgi.input"], self._places)
            try:
                return self._application(environ, start_response)
            finally:
                body.at_work = False  # what is read while the answer goes out has no place to give up


class _Body:
    """``wsgi.input``, as far as PEP 3333 names it."""

    def __init__(self, body: Any, places: BoundedSemaphore) -> None:
        self._body, self._places, self.at_work = body, places, True

    def read(self, *size: int) -> bytes:
        with self._outside():
            return bytes(self._body.read(*size))

    def readline(self, *size: int) -> bytes:
        with self._outside():
            return bytes(self._body.readline(*size))

    def readlines(self, *hint: int) -> list[bytes]:
        with self._outside():
            return list(self._body.readlines(*hint))

    def __iter__(self) -> Iterator[bytes]:
        while line := self.readline():
            yield line

    @contextmanager
    def _outside(self) -> Iterator[None]:
        if not self.at_work:
            yield
            return
        self._places.release()
        try:
            yield
        finally:
            self._places.acquire()
