"""PostgreSQL's own programs: which version fits, and how they reach the server without a password on a command line."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import IO

from psycopg import pq

from ..postgres import binaries
from ..postgres.binaries import Binaries
from .errors import Refused

NOTHING_BUT = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "SSL_CERT_FILE")


def environment(dsn: str) -> dict[str, str]:
    """The variables of libpq that say what the connection string says, and none of our own."""
    kept = {name: os.environ[name] for name in NOTHING_BUT if name in os.environ}
    for option in pq.Conninfo.parse(dsn.encode()):
        if option.val is not None and option.envvar is not None:
            kept[option.envvar.decode()] = option.val.decode()
    return {**kept, "LC_ALL": "C.UTF-8"}


def for_dump(server: int) -> Binaries:
    """pg_dump must be of the server's major version or newer; the nearest is taken."""
    fitting = [found for found in binaries.available() if found.major >= server]
    if not fitting:
        raise Refused(
            f"ไม่มีโปรแกรม pg_dump รุ่น {server} หรือใหม่กว่า โปรดติดตั้ง postgresql-client-{server}",
            f"The server is PostgreSQL {server}; no pg_dump of that version or newer is installed here.",
        )
    return min(fitting, key=lambda found: found.major)


def for_restore(dumped_by: int, server: int) -> Binaries:
    """pg_restore must understand the dump and must not speak newer SQL than the server."""
    fitting = [found for found in binaries.available() if dumped_by <= found.major]
    fitting = [found for found in fitting if found.major <= max(server, dumped_by)]
    if not fitting or dumped_by > server:
        raise Refused(
            f"ข้อมูลสำรองทำจาก PostgreSQL {dumped_by} ต้องกู้คืนลงรุ่นเดียวกันหรือใหม่กว่า (ที่นี่คือ {server}) "
            "และต้องมีโปรแกรม pg_restore รุ่นนั้น",
            f"The backup was made by PostgreSQL {dumped_by}'s pg_dump. It needs a server (here: {server}) and a "
            "pg_restore of that version or newer.",
        )
    return max(fitting, key=lambda found: found.major)


class Program:
    """A running program with one end of its data in our hands, and the end of what it complains of."""

    LONGEST_COMPLAINT = 16 * 1024

    def __init__(
        self, binaries: Binaries, name: str, arguments: Sequence[str], dsn: str, *, feeds: bool
    ) -> None:
        self.name = name
        self._feeds = feeds
        self.process: subprocess.Popen[bytes] = subprocess.Popen(
            [str(binaries.program(name)), "--no-password", *arguments],
            env=environment(dsn),
            stdin=subprocess.PIPE if feeds else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if feeds else subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._said = bytearray()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def data(self) -> IO[bytes]:
        """What it writes, or where it reads from."""
        stream = self.process.stdin if self._feeds else self.process.stdout
        assert stream is not None
        return stream

    def finish(self) -> tuple[int, str]:
        """Its exit status and what it said, once it has ended by itself."""
        if self._feeds:
            with suppress(BrokenPipeError):  # its own words say why it did not wait for the rest
                self.data.close()
        status = self.process.wait()
        self._listener.join()
        return status, self._said.decode(errors="replace").strip()

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()
        self._listener.join()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._said += line
            del self._said[: -self.LONGEST_COMPLAINT]
