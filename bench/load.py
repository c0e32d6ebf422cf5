"""A small load generator: some clients, each a thread with one kept connection, take numbered requests in turn.

It speaks to the socket itself, because it shares the machine with what it measures: parsing with ``http.client`` would
take a third of a core at the rate of the kept pages. It reads only answers with a ``Content-Length``, and says so.
"""

from __future__ import annotations

import itertools
import re
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

CLIENTS = 16
PATIENCE = 60.0  # seconds for one answer
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie: *([^=;\s]+)=([^;\r]*)", re.IGNORECASE)

Make = Callable[[int], bytes]
"""The request with this number, as bytes."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    head: bytes
    body: bytes

    @property
    def cookies(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in _COOKIE.findall(self.head)}


@dataclass
class Run:
    """What came of it; ``latencies`` in seconds, ``answers`` by number where they were to be kept."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    answers: dict[int, Answer] = field(default_factory=dict)
    unexpected: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, part: float) -> float:
        """Milliseconds within which ``part`` (0–1) of the requests were answered."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))]


class Connection:
    """One kept connection to the house."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def exchange(self, request: bytes) -> Answer:
        self._socket.sendall(request)
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._receive()
        head, body = received[: end + 2], received[end + 4 :]
        length = _LENGTH.search(head)
        if length is None:
            raise ConnectionError(f"an answer without Content-Length: {head[:200]!r}")
        parts, missing = [body], int(length[1]) - len(body)
        while missing > 0:
            parts.append(self._receive())
            missing -= len(parts[-1])
        return Answer(int(head[9:12]), head, b"".join(parts))

    def close(self) -> None:
        self._socket.close()

    def _receive(self) -> bytes:
        chunk = self._socket.recv(262_144)
        if not chunk:
            raise ConnectionError("the server closed the connection within an answer")
        return chunk


def request(method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if method != "GET":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def once(port: int, raw: bytes) -> Answer:
    connection = Connection(port)
    try:
        return connection.exchange(raw)
    finally:
        connection.close()


def drive(
    port: int,
    make: Make,
    *,
    expect: int = 200,
    count: int | None = None,
    seconds: float | None = None,
    clients: int = CLIENTS,
    keep: bool = False,
) -> Run:
    """Send ``count`` requests, or as many as are answered in ``seconds``. An answer of another status is noted."""
    run, numbers, lock = Run(), itertools.count(), threading.Lock()
    ready = threading.Barrier(clients + 1)
    until = [float("inf")]

    def work() -> None:
        mine: list[float] = []
        try:
            connection = Connection(port)
            ready.wait()
            while (number := next(numbers)) < (count if count is not None else 1 << 62):
                raw = make(number)
                start = time.perf_counter()
                if start >= until[0]:
                    break
                answer = connection.exchange(raw)
                mine.append(time.perf_counter() - start)
                if answer.status != expect:
                    run.unexpected.append(f"{answer.status} {answer.body[:300].decode(errors='replace')}")
                elif keep:
                    run.answers[number] = answer
            connection.close()
        except (OSError, threading.BrokenBarrierError) as error:
            ready.abort()
            run.unexpected.append(repr(error))
        with lock:
            run.latencies += mine

    threads = [threading.Thread(target=work, daemon=True) for _ in range(clients)]
    for thread in threads:
        thread.start()
    ready.wait()
    start = time.perf_counter()
    if seconds is not None:
        until[0] = start + seconds
    for thread in threads:
        thread.join()
    run.seconds = time.perf_counter() - start
    return run
