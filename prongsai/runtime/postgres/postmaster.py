"""One PostgreSQL server as a foreground child process: start, watch, stop."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..deathsig import die_with_parent
from .binaries import Binaries
from .errors import AlreadyRunning, StartFailed
from .identity import Identity
from .logfile import LogFile
from .sockets import PORT, remove_socket_files

# Messages of a start that will succeed once the orphaned backends of a killed server are gone.
_PASSING = ("pre-existing shared memory block", "lock file", "is another postmaster")
_TRIES_OTHERWISE = 3


@dataclass(frozen=True)
class PidFile:
    """`postmaster.pid`: line 1 is the process, line 5 the socket directory, line 8 the state."""

    pid: int
    socket_dir: str
    state: str

    @classmethod
    def read(cls, pgdata: Path) -> PidFile | None:
        """None if there is none (or only a torn one). PermissionError goes through."""
        try:
            lines = (pgdata / "postmaster.pid").read_text(errors="surrogateescape").splitlines()
            lines += [""] * (8 - len(lines))
            return cls(abs(int(lines[0])), lines[4], lines[7].strip())
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None

    def process_exists(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True

    def is_server_of(self, pgdata: Path) -> bool:
        """Whether the process is alive, not a zombie, and works in `pgdata`; a number alone proves nothing."""
        if not self.process_exists():
            return False
        process = Path(f"/proc/{self.pid}")
        if not process.parent.joinpath("self").exists():  # no procfs here: the number is all there is
            return True
        try:
            state = (process / "stat").read_text(errors="replace").rpartition(")")[2].split()[0]
            return state not in "ZX" and (process / "cwd").samefile(pgdata)
        except OSError:  # gone meanwhile, or a process of a user whose directory we may not see
            return False


class Postmaster:
    """Not thread-safe; start it from the main thread."""

    def __init__(
        self,
        pgdata: Path,
        binaries: Binaries,
        identity: Identity,
        socket_dir: Path,
        log_file: LogFile,
        settings: Mapping[str, str],
        log: Callable[[str], None],
    ) -> None:
        self.pgdata = pgdata
        self.binaries = binaries
        self.identity = identity
        self.socket_dir = socket_dir
        self.log_file = log_file
        self.settings = settings
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    def start(self, patience: float = 60) -> None:
        """Return when the server accepts connections, recovery included.

        After a kill -9 of everything, orphaned backends hold the shared memory for some seconds: such starts are
        repeated for `patience` seconds. Other errors are repeated twice, then StartFailed carries the log.
        """
        deadline = time.monotonic() + patience
        attempt = 0
        while True:
            self._clear_remains(deadline)
            self.log_file.rotate_if_large()
            offset = self.log_file.size()
            if self._try_start():
                return
            attempt += 1
            words = self.log_file.since(offset)
            passing = any(text in words for text in _PASSING)
            if time.monotonic() > deadline or not (passing or attempt < _TRIES_OTHERWISE):
                raise StartFailed(
                    f"{self.binaries} did not start on {self.pgdata}. Its log ({self.log_file.path}) says:\n{words}"
                )
            time.sleep(min(0.25 * 2**attempt, 2))

    def poll(self) -> int | None:
        """The exit status of a server that has died by itself, else None. Call it now and then: it cuts the log."""
        if self._process is None:
            return None
        self.log_file.rotate_if_large()
        return self._process.poll()

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self, patience: float = 60) -> None:
        """Fast shutdown (open transactions are rolled back); harsher only if that takes longer than `patience`."""
        process = self._process
        if process is None:
            return
        for sig, seconds in ((signal.SIGINT, patience), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
            process.send_signal(sig)
            try:
                process.wait(seconds)
                break
            except subprocess.TimeoutExpired:
                self.log(
                    f"PostgreSQL (pid {process.pid}) has not stopped after {seconds:.0f} s on {sig.name}."
                )
        self._process = None
        remove_socket_files(self.socket_dir)

    def _try_start(self) -> bool:
        output = self.log_file.open()
        try:
            self._process = subprocess.Popen(
                self.identity.command(self.binaries.program("postgres"), *self._arguments()),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C in the terminal must not stop it before the web server
                preexec_fn=die_with_parent(signal.SIGINT),  # SIGINT is the fast, clean shutdown
                **self.identity.popen_options(),
            )
        finally:
            os.close(output)
        try:
            return self._wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def _wait_until_ready(self) -> bool:
        assert self._process is not None
        next_word = time.monotonic() + 10
        while self._process.poll() is None:
            found = PidFile.read(self.pgdata)
            if found is not None and found.pid == self._process.pid and found.state == "ready":
                return True
            if time.monotonic() > next_word:
                self.log("PostgreSQL is still recovering; this can take minutes after a power failure.")
                next_word += 30
            time.sleep(0.02)
        self._process = None
        return False

    def _arguments(self) -> list[str]:
        fixed = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": f'"{self.socket_dir}"',
            "logging_collector": "off",
            "log_destination": "stderr",
            "password_encryption": "scram-sha-256",
        }
        arguments = ["-D", str(self.pgdata)]
        for name, value in {**fixed, **self.settings}.items():
            arguments += ["-c", f"{name}={value}"]
        return arguments

    def _clear_remains(self, deadline: float) -> None:
        """Remove what a killed server left, and wait for one that is still shutting down (AlreadyRunning if it stays).

        The pid file of a dead process is left to PostgreSQL, which first makes sure that no orphan is attached to
        the old shared memory. Only a number that now means something else, a zombie or a stranger, would stop
        PostgreSQL for ever; that file goes.
        """
        found = PidFile.read(self.pgdata)
        while found is not None and found.is_server_of(self.pgdata):
            if time.monotonic() > deadline:
                raise AlreadyRunning(
                    f"A server that this process did not start (pid {found.pid}) keeps {self.pgdata} open. "
                    f"Stop it ('kill -INT {found.pid}') and start again."
                )
            time.sleep(0.1)
            found = PidFile.read(self.pgdata)
        if found is not None and found.process_exists():
            self.log(f"Removing a stale postmaster.pid: process {found.pid} is not this database.")
            (self.pgdata / "postmaster.pid").unlink(missing_ok=True)
        remove_socket_files(self.socket_dir)
