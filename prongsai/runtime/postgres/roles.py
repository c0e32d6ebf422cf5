"""The login roles, the database, its extensions and privileges; safe to repeat at every start.

`prongsai_owner` owns the database and runs migrations. `prongsai_app` is what the web server and the worker use: it
reads and writes rows, and can change no table, trigger or role. Migrations may take rights away from it (the ledger
is append-only for it).
"""

from __future__ import annotations

from collections.abc import Callable

import psycopg
from psycopg import sql

from .cluster import SUPERUSER
from .errors import StartFailed
from .layout import Passwords

DATABASE = "prongsai"
OWNER = "prongsai_owner"
APP = "prongsai_app"
EXTENSIONS = ("pg_trgm", "btree_gist")

Dsn = Callable[[str], str]
"""Database name -> connection URL as superuser."""


def ensure_roles_and_database(dsn: Dsn, passwords: Passwords, *, renew_passwords: bool) -> None:
    with psycopg.connect(dsn("postgres"), autocommit=True) as connection:
        for role, password in ((OWNER, passwords.owner), (APP, passwords.app)):
            _ensure_role(connection, role, password, renew=renew_passwords)
        if not _exists(connection, "SELECT FROM pg_database WHERE datname = %s", DATABASE):
            connection.execute(
                sql.SQL(
                    "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
                ).format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )


def ensure_extensions_and_privileges(dsn: Dsn) -> None:
    app, owner = sql.Identifier(APP), sql.Identifier(OWNER)
    with psycopg.connect(dsn(DATABASE)) as connection:
        for extension in EXTENSIONS:
            connection.execute(
                sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(sql.Identifier(extension))
            )
        for statement in (
            "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
            "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {app}",
            "GRANT USAGE ON SCHEMA public TO {app}",
            "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
            "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
            "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
        ):
            connection.execute(
                sql.SQL(statement).format(database=sql.Identifier(DATABASE), app=app, owner=owner)
            )
        trigrams = connection.execute("SELECT show_trgm('ที่ปรึกษา')").fetchone()
        if not trigrams or not trigrams[0]:
            raise StartFailed(
                f"The database '{DATABASE}' has a locale in which Thai text cannot be searched (it must be C.UTF-8). "
                "Dump it, remove the data directory, start again and restore."
            )


def other_databases(dsn: Dsn) -> list[str]:
    """Databases that are not ours."""
    with psycopg.connect(dsn("postgres")) as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname NOT IN ('postgres', %s) ORDER BY 1",
            [DATABASE],
        ).fetchall()
    return [name for (name,) in rows]


def role_name(role: str) -> str:
    return {"superuser": SUPERUSER, "owner": OWNER, "app": APP}[role]


def _ensure_role(connection: psycopg.Connection, role: str, password: str, *, renew: bool) -> None:
    exists = _exists(connection, "SELECT FROM pg_roles WHERE rolname = %s", role)
    if exists and not renew:
        return
    # Hashed here, so that the password itself is in no statement.
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD {}").format(
            sql.SQL("ALTER" if exists else "CREATE"), sql.Identifier(role), sql.Literal(verifier)
        )
    )


def _exists(connection: psycopg.Connection, query: str, name: str) -> bool:
    return connection.execute(query, [name]).fetchone() is not None
