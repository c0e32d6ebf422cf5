"""Who may do what in the database: the second lock on the ledger (the first are the triggers).

The web server and the worker work as ``prongsai_app``. It reads and writes every table of the house, but on the
ledger's tables it may only SELECT and INSERT (and take entries from the queue); it owns nothing, so it cannot drop a trigger. Migrations run as the owner.
"""

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from prongsai.ledger.models import APPEND_ONLY

APP_ROLE = "prongsai_app"


def apply_grants(connection: BaseDatabaseWrapper, app_role: str = APP_ROLE) -> None:
    """Make ``app_role`` if it is missing (NOLOGIN) and set its privileges, now and for tables to come.

    Idempotent; called after every migrate, as the owner of the tables. One transaction, so that at no moment
    the role can change the ledger. Raises ``ProgrammingError`` where the owner may not create the role: then an
    administrator of the server creates it first and grants it to the owner.
    """
    role = sql.Identifier(app_role)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:

        def run(statement: str) -> None:
            cursor.execute(sql.SQL(statement).format(role=role, ledger=_tables()))

        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('prongsai.ledger.roles'))")
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [app_role])
        if cursor.fetchone() is None:
            run("CREATE ROLE {role} NOLOGIN")
            run("GRANT {role} TO CURRENT_USER")  # so that the owner's sessions can step down to it
        run("GRANT USAGE ON SCHEMA public TO {role}")
        run("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        run("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        run(
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}"
        )
        run("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}")
        run("REVOKE ALL ON {ledger} FROM {role}")
        run("GRANT SELECT, INSERT ON {ledger} TO {role}")
        run("REVOKE ALL ON ledger_pending FROM {role}")
        run("GRANT SELECT, DELETE ON ledger_pending TO {role}")  # filled by a trigger that runs as the owner


def _tables() -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier("public", table) for table in APPEND_ONLY)
