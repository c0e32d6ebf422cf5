"""What lies where below the data directory.

<data>/pg/18/           PGDATA, one per major version, owned by the server's identity, 0700
<data>/pg/18.log        the server's log (18.log.1, ... older), 0600
<data>/pg/secrets.json  the passwords of the three login roles, 0600
<data>/pg/lock          locked for as long as a supervisor lives
<data>/pg/run/          the socket, where the path is short enough
<data>/pg/programs/     copies of the programs, where the originals are out of reach
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from .errors import AlreadyRunning, DataDirectoryError


@dataclass(frozen=True)
class Passwords:
    superuser: str
    owner: str
    app: str

    @classmethod
    def generate(cls) -> Passwords:
        return cls(*(secrets.token_urlsafe(24) for _ in range(3)))


@dataclass(frozen=True)
class Layout:
    data_dir: Path

    @property
    def pg_dir(self) -> Path:
        return self.data_dir / "pg"

    @property
    def programs_dir(self) -> Path:
        return self.pg_dir / "programs"

    @property
    def secrets_file(self) -> Path:
        return self.pg_dir / "secrets.json"

    def pgdata(self, major: int) -> Path:
        return self.pg_dir / str(major)

    def log_file(self, major: int) -> Path:
        return self.pg_dir / f"{major}.log"

    def prepare(self) -> None:
        """Make the directories that are missing, open for passage (0711) and no more; leave existing modes alone."""
        try:
            for directory in (self.data_dir, self.pg_dir):
                if not directory.is_dir():
                    directory.mkdir(parents=True)
                    directory.chmod(0o711)
        except OSError as error:
            raise self.unusable(error) from error

    def newest_cluster(self) -> int | None:
        """The highest major version that has a PGDATA here; its PG_VERSION must agree with the directory's name."""
        try:
            majors = [
                int(path.name)
                for path in self.pg_dir.iterdir()
                if path.name.isdecimal() and (path / "PG_VERSION").is_file()
            ]
            if not majors:
                return None
            newest = self.pgdata(max(majors))
            written_by = (newest / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self.unusable(error) from error
        if written_by != newest.name:
            raise DataDirectoryError(
                f"{newest} was written by PostgreSQL {written_by}. Rename the directory to '{written_by}'."
            )
        return max(majors)

    def lock(self) -> IO[str]:
        """Become the one supervisor of this data directory; the lock falls with the process, even by kill -9."""
        path = self.pg_dir / "lock"
        try:
            handle = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+")
        except OSError as error:
            raise self.unusable(error) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = handle.read().strip() or "unknown"
            handle.close()
            raise AlreadyRunning(
                f"Another process (pid {holder}) already runs the database in {self.data_dir}. "
                "Stop that one first, or use another data directory."
            ) from None
        handle.seek(0)
        handle.truncate()
        handle.write(str(os.getpid()))
        handle.flush()
        return handle

    def load_passwords(self) -> Passwords | None:
        """None if there are none yet; DataDirectoryError if they are not readable for this user."""
        try:
            return Passwords(**json.loads(self.secrets_file.read_text()))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self.unusable(error) from error
        except (ValueError, TypeError) as error:
            raise DataDirectoryError(
                f"{self.secrets_file} is damaged. Move it away and start again: new passwords will be set."
            ) from error

    def save_passwords(self, passwords: Passwords) -> None:
        temporary = self.secrets_file.with_suffix(".new")
        temporary.unlink(missing_ok=True)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            json.dump(asdict(passwords), handle)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.rename(self.secrets_file)

    def unusable(self, error: OSError) -> DataDirectoryError:
        """The same error with advice."""
        return DataDirectoryError(
            f"{error.filename or self.data_dir} cannot be used: {error.strerror}. Run this as the user that owns "
            f"{self.data_dir} (or as root), or choose a data directory that you may write."
        )
