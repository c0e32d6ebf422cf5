"""A client of ClamAV's daemon: INSTREAM, PING and VERSION of clamd(8), over a UNIX socket or TCP. Plain Python.

Commands begin with ``z`` and end with NUL, so does each answer. A file goes as chunks, each with its length before it
(four bytes, network order), and ends with a chunk of no length; nothing of it is kept here.
"""

import datetime as dt
import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass

CONNECT_SECONDS, ANSWER_SECONDS = 3.0, 60.0
LONGEST_ANSWER = 4096


class ScannerFailed(Exception):
    """No answer, or one that says neither clean nor harmful. Whatever was sent counts as not scanned."""


@dataclass(frozen=True, slots=True)
class Version:
    """``signatures`` is None where the database is not one of ClamAV's own (it has no number and no date then)."""

    program: str
    signatures: dt.datetime | None


class Scanner:
    """``address``: the path of a UNIX socket, or ``host:port``."""

    def __init__(self, address: str, *, seconds: float = ANSWER_SECONDS) -> None:
        self.address, self.seconds = address, seconds

    def scan(self, chunks: Iterable[bytes]) -> str:
        """The name of what was found, or "" for nothing. Raises ``ScannerFailed``, and whatever ``chunks`` raises."""
        answer = self._ask("INSTREAM", chunks)
        what = answer.removeprefix("stream: ")
        if what == "OK":
            return ""
        if what.endswith(" FOUND"):
            return what.removesuffix(" FOUND")
        raise ScannerFailed(answer or "no answer")

    def version(self) -> Version:
        """``ClamAV 1.4.6/27831/Tue Nov 25 09:50:17 2026``: program, database, its day (in UTC by our own reading)."""
        program, _, rest = self._ask("VERSION").partition("/")
        if not program.startswith("ClamAV"):
            raise ScannerFailed(program)
        try:
            day = dt.datetime.strptime(rest.partition("/")[2], "%a %b %d %H:%M:%S %Y").replace(tzinfo=dt.UTC)
        except ValueError:
            return Version(program, None)
        return Version(program, day)

    def _ask(self, command: str, chunks: Iterable[bytes] | None = None) -> str:
        try:
            with self._connect() as line:
                line.sendall(f"z{command}\0".encode())
                if chunks is not None:
                    _send(line, chunks)
                return _answer(line)
        except OSError as error:
            raise ScannerFailed(f"{self.address}: {error}") from error

    def _connect(self) -> socket.socket:
        host, colon, port = self.address.rpartition(":")
        if colon and port.isdecimal() and not self.address.startswith("/"):
            line = socket.create_connection((host.strip("[]"), int(port)), CONNECT_SECONDS)
        else:
            line = socket.socket(socket.AF_UNIX)
            line.settimeout(CONNECT_SECONDS)
            line.connect(self.address)
        line.settimeout(self.seconds)
        return line


def _send(line: socket.socket, chunks: Iterable[bytes]) -> None:
    """A daemon that has had enough (StreamMaxLength) closes; its answer, which says so, is still there to be read."""
    for chunk in chunks:
        if not chunk:
            continue
        try:
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        except (BrokenPipeError, ConnectionResetError):
            return
    line.sendall(struct.pack("!I", 0))


def _answer(line: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        part = line.recv(LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n").decode(errors="replace")
