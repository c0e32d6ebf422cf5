"""A private directory for the Unix socket, with a path short enough for the kernel (unix(7), sun_path)."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from pathlib import Path

from .errors import SocketPathError
from .identity import Identity

PORT = 5432  # only a part of the socket's name: the server does not listen on TCP
SOCKET_NAME = f".s.PGSQL.{PORT}"
PATH_LIMIT = 107 if sys.platform == "linux" else 103  # bytes
OVERRIDE = "PRONGSAI_RUN_DIR"


def fits(directory: Path) -> bool:
    """Short enough, and free of the characters that mean "several hosts" to libpq or end a quoted value."""
    path = str(directory)
    return len(os.fsencode(directory / SOCKET_NAME)) <= PATH_LIMIT and not set(path) & set(',"\n')


def candidates(pg_dir: Path) -> list[Path]:
    """Beside the data if that is short enough, else a name derived from the data's path in a runtime directory."""
    name = "prongsai-" + hashlib.sha256(os.fsencode(pg_dir.resolve())).hexdigest()[:12]
    if override := os.environ.get(OVERRIDE):
        return [Path(override) / name]
    runtime = [Path("/run")] if os.geteuid() == 0 else [Path(f"/run/user/{os.geteuid()}")]
    runtime += [Path(tempfile.gettempdir()), Path("/tmp")]  # noqa: S108 - owner and mode are checked, see _claim
    return [pg_dir / "run", *(directory / name for directory in runtime)]


def prepare_socket_dir(pg_dir: Path, identity: Identity) -> Path:
    """An existing directory, mode 0700, that belongs to the identity of the server (SocketPathError if none)."""
    tried = candidates(pg_dir)
    for directory in tried:
        if fits(directory) and _claim(directory, identity) and identity.reaches(directory):
            return directory
    raise SocketPathError(
        f"No directory can hold the database's socket (path of at most {PATH_LIMIT} bytes, private, writable). "
        f"Tried: {', '.join(map(str, tried))}. Set {OVERRIDE} to a short directory that you own, such as "
        "/run/prongsai, or choose a shorter data directory."
    )


def remove_socket_files(directory: Path) -> None:
    """Only while it is certain that no server uses the directory (its data directory is locked by the caller)."""
    for name in (SOCKET_NAME, SOCKET_NAME + ".lock"):
        (directory / name).unlink(missing_ok=True)


def _claim(directory: Path, identity: Identity) -> bool:
    """Make the directory, or take an old one only if it is ours: a stranger may have put it in /tmp before us."""
    try:
        if not _is_own_directory(directory, identity):
            if directory.is_dir() and not directory.is_symlink():
                remove_socket_files(directory)
                directory.rmdir()
            directory.mkdir(mode=0o700)
            identity.give(directory)
        directory.chmod(0o700)
    except OSError:
        return False
    return True


def _is_own_directory(directory: Path, identity: Identity) -> bool:
    try:
        found = directory.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == identity.uid
