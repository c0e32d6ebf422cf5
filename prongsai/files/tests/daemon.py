"""A real clamd with one signature of the tests' own: no download, no network, on a socket of its own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from prongsai.files.clamd import Scanner, ScannerFailed

HARM = b"PRONGSAI-TEST-OF-HARMFUL-CONTENT"
NAME = "Prongsai.Test.UNOFFICIAL"
STREAM_LIMIT = 8 * 1024 * 1024
PATIENCE = 30.0


class Daemon:
    """``start`` and ``stop`` as often as wanted; ``address`` stays."""

    def __init__(self) -> None:
        program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
        if program is None:
            pytest.fail("clamd is missing: run scripts/test-tools, or sudo apt-get install clamav-daemon")
        self.place = Path(tempfile.mkdtemp(prefix="prongsai-clamd-"))
        self.address = str(self.place / "socket")
        signatures = self.place / "signatures"
        signatures.mkdir()
        (signatures / "test.ndb").write_text(f"Prongsai.Test:0:*:{HARM.hex()}\n")
        self._settings = self.place / "clamd.conf"
        self._settings.write_text(
            f"LocalSocket {self.address}\nDatabaseDirectory {signatures}\nTemporaryDirectory {self.place}\n"
            f"StreamMaxLength {STREAM_LIMIT}\nForeground yes\nMaxThreads 2\nUser root\n"
        )
        self._command = [program, "-c", str(self._settings)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Daemon:
        with (self.place / "said").open("ab") as said:
            self._process = subprocess.Popen(self._command, stdout=said, stderr=said)
        end = time.monotonic() + PATIENCE
        while True:
            try:
                Scanner(self.address).version()
                return self
            except ScannerFailed:
                if self._process.poll() is not None or time.monotonic() > end:
                    pytest.fail(f"clamd did not start: {(self.place / 'said').read_text()}")
                time.sleep(0.05)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE)
            self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.place, ignore_errors=True)
