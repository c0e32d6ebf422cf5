"""The supervised server of one data directory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO

import psycopg

from . import binaries as programs
from .access import Access, Role
from .binaries import Binaries
from .cluster import initialise, reset_superuser_password
from .errors import NotRunning, StartFailed, WrongMajorVersion
from .identity import Identity, choose_identity
from .layout import Layout, Passwords
from .logfile import LogFile
from .postmaster import Postmaster
from .roles import DATABASE, ensure_extensions_and_privileges, ensure_roles_and_database
from .sockets import prepare_socket_dir
from .upgrade import Upgrade

Log = Callable[[str], None]

SAFE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresServer:
    """The database server of one data directory, as a child of this process.

    It dies with this process. Start it from the main thread; use it as a context manager or call `stop`.
    `binaries`: normally chosen by PG_VERSION. `upgrade`: first move older data to the version of the preferred
    programs, by dump and restore (the old programs must still be installed). `durable=False` and `settings` are for
    throw-away servers. All methods raise `PostgresError` with advice.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        binaries: Binaries | None = None,
        log: Log = lambda line: None,
        upgrade: bool = False,
        durable: bool = True,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.layout = Layout(Path(data_dir).absolute())
        self.durable = durable
        self.settings = {**(SAFE if durable else THROW_AWAY), **(settings or {})}
        self.log = log
        self.upgrade = upgrade
        self._wanted_binaries = binaries
        self._lock: IO[str] | None = None
        self._postmaster: Postmaster | None = None
        self._access: Access | None = None

    def start(self) -> None:
        """Make the cluster if there is none, start it and make sure of roles and database. No-op if running."""
        if self.is_running():
            return
        self.layout.prepare()
        if self._lock is None:
            self._lock = self.layout.lock()
        try:
            if self.upgrade:
                target = self._wanted_binaries or programs.available()[0]
                Upgrade(self.layout, target, self.settings, self.log).run_if_older()
            self._start()
        except OSError as error:
            self.stop()
            raise self.layout.unusable(error) from error
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Shut down and let go of the data directory; harmless if not running."""
        if self._postmaster is not None:
            self._postmaster.stop()
            self._postmaster = None
        self._access = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def is_running(self) -> bool:
        return self._postmaster is not None and self._postmaster.is_running()

    def watch(self) -> int | None:
        """The exit status if the server has died unexpectedly, else None; call it every second or so."""
        return self._postmaster.poll() if self._postmaster is not None else None

    def keep_alive(self) -> bool:
        """Start the server again if it has died; whether that was necessary."""
        status = self.watch()
        if status is None:
            return False
        self.log(f"PostgreSQL has ended unexpectedly (status {status}); starting it again.")
        self.start()
        return True

    def dsn(self, role: Role, database: str = DATABASE) -> str:
        return self.access.dsn(role, database)

    @property
    def access(self) -> Access:
        if self._access is None:
            raise NotRunning(f"The database in {self.layout.data_dir} has not been started.")
        return self._access

    @property
    def binaries(self) -> Binaries:
        """The programs in use (psql, pg_dump, ... of the server's own version)."""
        return self._running.binaries

    @property
    def identity(self) -> Identity:
        return self._running.identity

    @property
    def pgdata(self) -> Path:
        return self._running.pgdata

    @property
    def pid(self) -> int | None:
        return self._postmaster.pid if self._postmaster is not None else None

    @property
    def _running(self) -> Postmaster:
        if self._postmaster is None:
            raise NotRunning(f"The database in {self.layout.data_dir} has not been started.")
        return self._postmaster

    def __enter__(self) -> PostgresServer:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _start(self) -> None:
        layout = self.layout
        existing = layout.newest_cluster()
        pgdata = layout.pgdata(existing) if existing is not None else None
        chosen = self._choose_binaries(existing)
        identity = choose_identity(layout.pg_dir, pgdata)
        chosen = programs.within_reach(chosen, identity, layout.programs_dir)
        socket_dir = prepare_socket_dir(layout.pg_dir, identity)
        passwords = layout.load_passwords()
        renew = passwords is None
        if passwords is None:
            passwords = Passwords.generate()
        if pgdata is None:
            pgdata = layout.pgdata(chosen.major)
            self.log(f"Making a new database in {pgdata} with {chosen}.")
            initialise(pgdata, chosen, identity, passwords.superuser, durable=self.durable)
        elif renew:
            self.log(f"{layout.secrets_file} is missing; setting new passwords.")
            reset_superuser_password(pgdata, chosen, identity, passwords.superuser)
        self._postmaster = Postmaster(
            pgdata,
            chosen,
            identity,
            socket_dir,
            LogFile(layout.log_file(chosen.major)),
            self.settings,
            self.log,
        )
        self._postmaster.start()
        access = Access(socket_dir, passwords)
        self._ensure_contents(access, renew=renew)
        if renew:  # last, so that an interrupted start renews them again
            layout.save_passwords(passwords)
        self._access = access

    def _choose_binaries(self, existing: int | None) -> Binaries:
        if self._wanted_binaries is None:
            if existing is None:
                return programs.available()[0]
            return programs.for_major(existing, self.layout.pgdata(existing))
        if existing not in (None, self._wanted_binaries.major):
            raise WrongMajorVersion(
                f"{self.layout.data_dir} was written by PostgreSQL {existing} and cannot be opened by "
                f"{self._wanted_binaries}. Use the programs of version {existing}, or upgrade by dump and restore."
            )
        return self._wanted_binaries

    def _ensure_contents(self, access: Access, *, renew: bool) -> None:
        as_superuser = partial(access.dsn, "superuser")
        try:
            ensure_roles_and_database(as_superuser, access.passwords, renew_passwords=renew)
            ensure_extensions_and_privileges(as_superuser)
        except psycopg.Error as error:
            raise StartFailed(
                f"The server has started, but its roles or database could not be set up: {error}\n"
                f"If passwords do not match any more, move {self.layout.secrets_file} away and start again."
            ) from error
