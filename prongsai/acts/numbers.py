"""Running numbers: gap-free and distinct per register, scope and fiscal year.

The counter's row stays locked until the transaction ends, so take the number as late as possible: everything that can
fail or takes time comes before it.
"""

from django.db import connection


def next_number(register: str, scope: str, fiscal_year: int) -> int:
    """The next number (1, 2, …) of ``register`` in ``scope`` and fiscal year (B.E.). Must run inside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("a running number is taken inside the transaction that uses it")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO acts_counter AS c (register, scope, fiscal_year, value) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (register, scope, fiscal_year) DO UPDATE SET value = c.value + 1 RETURNING value",
            [register, scope, fiscal_year],
        )
        return cursor.fetchone()[0]


def running_number(agency_code: str, register: str, sequence: int, fiscal_year: int) -> str:
    """``ชม 0017/รร/0012/2569``: agency, register, number, fiscal year."""
    return f"{agency_code}/{register}/{sequence:04d}/{fiscal_year}"
