"""For test runs only: let Django empty the test database between transactional tests.

Django does it with TRUNCATE, which the ledger refuses. The refusal is lifted inside the very transaction that empties the
tables, so that it stands in every test.
"""

from typing import Any

from django.db.backends.base.operations import BaseDatabaseOperations

from prongsai.ledger.models import APPEND_ONLY


def permit_flush() -> None:
    """Call once, before tests run (``conftest.py``)."""
    original = BaseDatabaseOperations.execute_sql_flush
    if original.__name__ == "flush_with_ledger":
        return

    def flush_with_ledger(self: Any, sql_list: list[str]) -> None:
        before = [f"ALTER TABLE {table} DISABLE TRIGGER ledger_keep_table" for table in APPEND_ONLY]
        after = [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER ledger_keep_table" for table in APPEND_ONLY]
        original(self, [*before, *sql_list, *after] if sql_list else sql_list)

    BaseDatabaseOperations.execute_sql_flush = flush_with_ledger  # type: ignore[method-assign]
