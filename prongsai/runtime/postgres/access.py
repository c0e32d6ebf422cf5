"""How to reach a running server, and how other processes find it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from .errors import DataDirectoryError, NotRunning
from .layout import Layout, Passwords
from .postmaster import PidFile
from .roles import DATABASE, role_name
from .sockets import PORT

Role = Literal["owner", "app", "superuser"]


@dataclass(frozen=True)
class Access:
    socket_dir: Path
    passwords: Passwords

    def dsn(self, role: Role, database: str = DATABASE) -> str:
        """A connection URL with the password in it: for psycopg and `DATABASE_URL`; not for a command line."""
        return (
            f"postgresql://{role_name(role)}:{quote(self._password(role), safe='')}@/{quote(database, safe='')}"
            f"?host={quote(str(self.socket_dir), safe='')}&port={PORT}"
        )

    def environment(self, role: Role, database: str = DATABASE) -> dict[str, str]:
        """The same for libpq's programs (pg_dump, psql), whose command line every local user can read."""
        return {
            "PGHOST": str(self.socket_dir),
            "PGPORT": str(PORT),
            "PGUSER": role_name(role),
            "PGPASSWORD": self._password(role),
            "PGDATABASE": database,
        }

    def _password(self, role: Role) -> str:
        return str(getattr(self.passwords, role))


def attach(data_dir: Path) -> Access:
    """Find the server that another process runs on `data_dir` (for commands). NotRunning if there is none."""
    layout = Layout(Path(data_dir).absolute())
    major = layout.newest_cluster()
    passwords = layout.load_passwords()
    not_running = NotRunning(f"No database runs in {layout.data_dir}. Start it with 'prongsai up'.")
    if major is None or passwords is None:
        raise not_running
    pgdata = layout.pgdata(major)
    try:
        found = PidFile.read(pgdata)
    except PermissionError as error:
        raise DataDirectoryError(
            f"{pgdata} cannot be read. Run this as the user that runs 'prongsai up', or as root."
        ) from error
    if found is None or not found.is_server_of(pgdata):
        raise not_running
    if found.state != "ready":
        raise NotRunning(f"The database in {layout.data_dir} is '{found.state}'. Try again in a few seconds.")
    return Access(Path(found.socket_dir), passwords)
