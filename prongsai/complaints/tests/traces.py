"""What a test finds on record: ledger entries, duties, and every word in the database."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from prongsai.acts.models import Due
from prongsai.complaints.models import Case
from prongsai.ledger.models import Entry


def entries(case: Case, kind: str = "") -> list[Entry]:
    """The case's entries in the ledger, oldest first; of one kind, if named."""
    found = Entry.objects.for_subject("complaints.case", str(case.pk)).order_by("pk")
    return list(found.filter(kind=kind) if kind else found)


def dues(case: Case) -> dict[str, Due]:
    """The newest duty of each kind."""
    return {due.duty: due for due in Due.objects.filter(record_id=case.pk).order_by("pk")}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def whole_database() -> dict[str, bytes]:
    """Every column that can hold text or bytes, of every table, as the owner of the database reads it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns"
            " JOIN information_schema.tables USING (table_schema, table_name) WHERE table_type = 'BASE TABLE'"
            " AND table_schema NOT IN ('pg_catalog', 'information_schema') AND data_type IN ('text',"
            " 'character varying', 'character', 'json', 'jsonb', 'bytea', 'ARRAY', 'USER-DEFINED')"
        )
        found = {}
        for schema, table, column, kind in cursor.fetchall():
            value = f'"{column}"' if kind == "bytea" else f"convert_to(\"{column}\"::text, 'UTF8')"
            cursor.execute(f'SELECT {value} FROM "{schema}"."{table}" WHERE "{column}" IS NOT NULL')
            found[f"{table}.{column}"] = b"\n".join(bytes(cell) for (cell,) in cursor)
    return found
