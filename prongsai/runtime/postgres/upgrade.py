"""Move the data to a newer major version by dump and restore."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg

from . import binaries as programs
from .access import Access
from .binaries import Binaries
from .cluster import initialise
from .errors import StartFailed
from .identity import Identity, choose_identity
from .layout import Layout, Passwords
from .logfile import LogFile
from .postmaster import Postmaster
from .roles import ensure_extensions_and_privileges, ensure_roles_and_database, other_databases
from .sockets import prepare_socket_dir


class Upgrade:
    """One upgrade of a stopped cluster, whose lock the caller holds.

    The new cluster takes its final name only when it is complete, so an interrupted upgrade changes nothing. The old
    one stays beside it, unused, until the operator removes it.
    """

    def __init__(
        self, layout: Layout, target: Binaries, settings: Mapping[str, str], log: Callable[[str], None]
    ) -> None:
        self.layout = layout
        self.target = target
        self.settings = settings
        self.log = log

    def run_if_older(self) -> None:
        """Do it if the newest cluster is older than the target; StartFailed if that is not possible."""
        major = self.layout.newest_cluster()
        if major is None or major >= self.target.major:
            return
        passwords = self.layout.load_passwords()
        if passwords is None:
            raise StartFailed(
                f"{self.layout.secrets_file} is missing. Start once without an upgrade to renew it."
            )
        old, new = self.layout.pgdata(major), self.layout.pgdata(self.target.major)
        building = new.with_name(new.name + ".upgrade")
        dump = self.layout.pg_dir / "upgrade.dump"
        identity = choose_identity(self.layout.pg_dir, old)
        self.log(f"Upgrading {old} to {self.target}.")
        try:
            with self._running(old, programs.for_major(major, old), identity, passwords) as access:
                self._dump(access, dump)
            shutil.rmtree(building, ignore_errors=True)
            reachable = programs.within_reach(self.target, identity, self.layout.programs_dir)
            initialise(building, reachable, identity, passwords.superuser)
            with self._running(building, self.target, identity, passwords) as access:
                self._restore(access, dump, passwords)
        finally:
            dump.unlink(missing_ok=True)
        building.rename(new)
        self.log(
            f"The upgrade is complete. {old} is no longer used; remove it when you have checked the result."
        )

    @contextmanager
    def _running(
        self, pgdata: Path, binaries: Binaries, identity: Identity, passwords: Passwords
    ) -> Iterator[Access]:
        reachable = programs.within_reach(binaries, identity, self.layout.programs_dir)
        socket_dir = prepare_socket_dir(self.layout.pg_dir, identity)
        log_file = LogFile(self.layout.log_file(binaries.major))
        postmaster = Postmaster(pgdata, reachable, identity, socket_dir, log_file, self.settings, self.log)
        postmaster.start()
        try:
            yield Access(socket_dir, passwords)
        finally:
            postmaster.stop()

    def _dump(self, access: Access, dump: Path) -> None:
        if others := other_databases(partial(access.dsn, "superuser")):
            raise StartFailed(
                f"There are databases here that Prongsai does not know: {', '.join(others)}. Move or drop them first."
            )
        self._run(access, "pg_dump", "--format=custom", f"--file={dump}")

    def _restore(self, access: Access, dump: Path, passwords: Passwords) -> None:
        dsn = partial(access.dsn, "superuser")
        ensure_roles_and_database(dsn, passwords, renew_passwords=False)
        self._run(
            access, "pg_restore", "--exit-on-error", "--single-transaction", "--dbname=prongsai", str(dump)
        )
        ensure_extensions_and_privileges(dsn)
        with psycopg.connect(dsn(), autocommit=True) as connection:
            connection.execute("ANALYZE")

    def _run(self, access: Access, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self.target.program(program), *arguments],
            env={"LC_ALL": "C.UTF-8", **access.environment("superuser")},
            umask=0o077,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode != 0:
            raise StartFailed(
                f"{program} failed, the upgrade was given up and nothing has changed:\n{done.stderr}"
            )
