"""The server's log: one file that the server appends to, cut by size."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from .errors import DataDirectoryError


class LogFile:
    """At most `keep` older files of about `limit` bytes each, named `<path>.1` (newest) and so on.

    The server holds the file open, so rotation copies it and then empties it; because of O_APPEND the server goes
    on at the new end. Lines written between the two steps are lost, which a log can bear.
    """

    def __init__(self, path: Path, *, limit: int = 10_000_000, keep: int = 3) -> None:
        self.path = path
        self.limit = limit
        self.keep = keep

    def open(self) -> int:
        """A file descriptor to append to; the caller closes it."""
        try:
            return os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise DataDirectoryError(
                f"The log {self.path} cannot be written: {error.strerror}. Give it to the user that runs Prongsai, "
                "or remove it."
            ) from error

    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def since(self, offset: int) -> str:
        """The text after byte `offset`, at most its last 4,000 characters."""
        if not self.path.exists():
            return ""
        with self.path.open("rb") as handle:
            handle.seek(offset)
            return handle.read().decode(errors="replace")[-4000:].strip()

    def rotate_if_large(self) -> None:
        if self.size() <= self.limit:
            return
        for number in range(self.keep - 1, 0, -1):
            older = self._numbered(number)
            if older.exists():
                older.rename(self._numbered(number + 1))
        with self.path.open("rb") as source, self._numbered(1).open("wb") as target:
            os.fchmod(target.fileno(), 0o600)
            shutil.copyfileobj(source, target)
        os.truncate(self.path, 0)

    def _numbered(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}")
