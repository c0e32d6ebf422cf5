"""Make a new PGDATA, and regain a lost superuser password."""

from __future__ import annotations

import shutil
from pathlib import Path

from .binaries import Binaries
from .errors import StartFailed
from .identity import Identity

SUPERUSER = "postgres"

# Values an administrator may change later in postgresql.conf: a small machine, and a log without the contents of
# rows or statements, because protected reports would end up there in clear text.
_DEFAULTS = """
# ---- Prongsai's defaults; change them freely. ----
max_connections = 100
shared_buffers = 128MB
effective_cache_size = 512MB
work_mem = 8MB
maintenance_work_mem = 64MB
max_wal_size = 512MB
timezone = 'Asia/Bangkok'
log_timezone = 'Asia/Bangkok'
lc_messages = 'C'
log_line_prefix = '%m [%p] %u@%d '
log_checkpoints = off
log_error_verbosity = terse
log_min_error_statement = panic
"""

_ACCESS = """# Written by Prongsai. Only the Unix socket, and every role needs its password.
local  all  all  scram-sha-256
"""


def initialise(
    pgdata: Path, binaries: Binaries, identity: Identity, superuser_password: str, *, durable: bool = True
) -> None:
    """Make the cluster `pgdata`: UTF-8, C.UTF-8, data checksums, SCRAM. Appears whole or not at all.

    The locale matters: in "C", pg_trgm finds no trigrams in Thai text.
    """
    staging = pgdata.with_name(pgdata.name + ".new")
    password_file = pgdata.with_name(pgdata.name + ".pw")
    shutil.rmtree(staging, ignore_errors=True)
    password_file.unlink(missing_ok=True)
    staging.mkdir(mode=0o700)
    identity.give(staging)
    try:
        password_file.touch(mode=0o600, exist_ok=False)
        password_file.write_text(superuser_password + "\n")
        identity.give(password_file)
        done = identity.run(
            binaries.program("initdb"),
            f"--pgdata={staging}",
            f"--username={SUPERUSER}",
            f"--pwfile={password_file}",
            *(
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--lc-messages=C",
                "--data-checksums",
            ),
            *(() if durable else ("--no-sync",)),
        )
    finally:
        password_file.unlink(missing_ok=True)
    if done.returncode != 0:
        shutil.rmtree(staging, ignore_errors=True)
        raise StartFailed(f"initdb could not make the database in {pgdata}:\n{done.stderr.strip()}")
    with (staging / "postgresql.conf").open("a") as settings:
        settings.write(_DEFAULTS)
    (staging / "pg_hba.conf").write_text(_ACCESS)
    staging.rename(pgdata)


def reset_superuser_password(pgdata: Path, binaries: Binaries, identity: Identity, password: str) -> None:
    """Set it in single-user mode, for which owning the files suffices (the file of passwords was lost)."""
    done = identity.run(
        *(binaries.program("postgres"), "--single", "-D", pgdata, "postgres"),
        input=f"ALTER ROLE {SUPERUSER} PASSWORD '{password}';\n",
    )
    if done.returncode != 0:
        raise StartFailed(
            f"The passwords of {pgdata} are lost and new ones could not be set:\n{done.stderr.strip()}\n"
            "If a server was killed a moment ago, wait ten seconds and try again."
        )
