"""The OS identity under which PostgreSQL runs: it refuses to run as root.

Three cases: an ordinary user runs it directly; root runs it as a system user without a login shell; and where
that user cannot be made or cannot reach the data directory (say, below /root), root runs it in a user namespace,
in which root's own files appear to belong to an ordinary user. The last isolates less. No directory's mode is
ever changed to make a path reachable.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import DataDirectoryError, IdentityError

SYSTEM_USER = "prongsai-pg"


@dataclass(frozen=True)
class Identity:
    """Who runs the server and owns its files.

    `uid`, `gid`: owner of the files on disk. `switch`: Popen must change to them (root only).
    `prefix`: words put before every command (the user namespace), else empty.
    """

    uid: int
    gid: int
    switch: bool = False
    prefix: tuple[str, ...] = field(default=())

    def command(self, *argv: str | Path) -> list[str]:
        return [*self.prefix, *map(str, argv)]

    def popen_options(self) -> dict[str, Any]:
        """Keyword arguments for Popen and run: the user, a neutral directory, private files, UTF-8."""
        options: dict[str, Any] = {"cwd": "/", "umask": 0o077, "env": server_environment()}
        if self.switch:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options

    def run(self, *argv: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run to the end with output captured as text; never raises for a status other than 0."""
        defaults: dict[str, Any] = {"capture_output": True, "text": True, "errors": "replace", "check": False}
        if "input" not in options:
            defaults["stdin"] = subprocess.DEVNULL
        return subprocess.run(self.command(*argv), **(self.popen_options() | defaults | options))

    def reaches(self, path: Path) -> bool:
        """Whether this identity may enter the directory, or execute the file, `path` (tried, not computed)."""
        return self.run("/bin/sh", "-c", 'test -x "$0"', path).returncode == 0

    def give(self, path: Path) -> None:
        """Make `path`, a file or directory that this process has just created, belong to this identity."""
        if self.switch:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def server_environment() -> dict[str, str]:
    """A fixed environment: the server inherits neither the locale nor the secrets of whoever starts it."""
    return {
        "LC_ALL": "C.UTF-8",
        "LANG": "C.UTF-8",
        "PATH": os.environ.get("PATH", os.defpath),
        "TZ": "Asia/Bangkok",
    }


def current_user() -> Identity:
    uid = os.geteuid()
    try:
        pwd.getpwuid(uid)
    except KeyError:
        raise IdentityError(
            f"The user id {uid} has no entry in /etc/passwd, and PostgreSQL refuses to run without one. "
            "Start Prongsai as a named user."
        ) from None
    return Identity(uid=uid, gid=os.getegid())


def system_user() -> Identity | None:
    """The nologin system user, made if missing; None where useradd is missing or fails."""
    if (found := _named(SYSTEM_USER)) is not None:
        return found
    useradd = shutil.which("useradd") or shutil.which("useradd", path="/usr/sbin:/sbin")
    if useradd is None:
        return None
    subprocess.run(
        [
            *(useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"),
            *("--shell", "/usr/sbin/nologin", "--comment", "Prongsai database", SYSTEM_USER),
        ],
        capture_output=True,
        check=False,  # another process may have made it at the same moment: looked up again below
    )
    return _named(SYSTEM_USER)


def _named(name: str) -> Identity | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    if entry.pw_uid == 0:
        return None
    return Identity(uid=entry.pw_uid, gid=entry.pw_gid, switch=True)


def user_namespace() -> Identity:
    """Root's own files, seen from inside a user namespace as those of an ordinary user.

    The id inside must have a name (initdb looks it up), so the first ordinary one of /etc/passwd is taken.
    """
    unshare = shutil.which("unshare")
    inside = next((entry for entry in reversed(pwd.getpwall()) if entry.pw_uid != 0), None)
    if unshare is not None and inside is not None:
        prefix = (unshare, "-U", f"--map-user={inside.pw_uid}", f"--map-group={inside.pw_gid}")
        identity = Identity(uid=0, gid=0, prefix=prefix)
        if identity.run("/bin/true").returncode == 0:
            return identity
    raise IdentityError(
        "PostgreSQL does not run as root, and neither a system user nor a user namespace can be used for this data "
        f"directory. Make the user ('useradd --system --shell /usr/sbin/nologin {SYSTEM_USER}') and put the data "
        "directory where it can reach it (for example /srv/prongsai), or start Prongsai as an ordinary user."
    )


def choose_identity(pg_dir: Path, pgdata: Path | None) -> Identity:
    """Who shall run the server whose files live below `pg_dir`; the owner of an existing `pgdata` decides.

    Raises IdentityError or DataDirectoryError.
    """
    if os.geteuid() != 0:
        return current_user()
    if pgdata is None:
        user = system_user()
        return user if user is not None and user.reaches(pg_dir) else user_namespace()
    owner = pgdata.stat()
    if owner.st_uid == 0:
        return user_namespace()
    identity = Identity(uid=owner.st_uid, gid=owner.st_gid, switch=True)
    if not identity.reaches(pgdata):
        raise DataDirectoryError(
            f"{pgdata} belongs to user id {owner.st_uid}, but that user cannot reach it: one of the directories above "
            f"it is closed. Move the data directory to an open place, or give it to root ('chown -R 0:0 {pgdata}')."
        )
    return identity
