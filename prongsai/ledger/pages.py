"""The tree's entries, page by page: each row recomputed from its columns, by one process or by several.

Several processes read the same snapshot (``pg_export_snapshot``): recomputing is nearly all of an audit's work, and
pages do not depend on each other.
"""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from django.db import connection, transaction

from prongsai.ledger.recomputing import LEAVES, Stored
from prongsai.ledger.verification import Broken
from prongsai.tlog.tree import leaf_hash

PAGE = 5_000


@dataclass(frozen=True, slots=True)
class Page:
    """Leaf hashes of the good rows in order, up to the first broken row."""

    hashes: list[bytes]
    broken: Broken | None


def pages(total: int, processes: int) -> Iterator[Page]:
    """Pages of the leaves [0, total) in order, in the snapshot of the open transaction."""
    ranges = [(start, min(start + PAGE, total)) for start in range(0, total, PAGE)]
    if processes == 1 or len(ranges) < 2:
        yield from map(check_page, ranges)
        return
    pool = ProcessPoolExecutor(
        min(processes, len(ranges)),
        mp_context=get_context("spawn"),  # threads and connections of this process do not survive a fork
        initializer=_join_snapshot,
        initargs=(connection.settings_dict["NAME"], fetch("SELECT pg_export_snapshot()")[0][0]),
    )
    try:
        yield from pool.map(check_page, ranges)
    finally:
        pool.shutdown(cancel_futures=True)


def check_page(leaves: tuple[int, int]) -> Page:
    """Recompute the leaves [start, end)."""
    start, end = leaves
    rows = fetch(LEAVES, start, end)
    hashes: list[bytes] = []
    for index, (leaf_index, stored_hash, entry_id, *columns) in enumerate(rows, start):
        if leaf_index != index:
            return Page(hashes, Broken("leaf_missing", leaf_index=index))
        if columns[0] is None:
            return Page(hashes, Broken("entry_missing", entry_id, index))
        stored = Stored(*columns)
        if changed := stored.changed():
            return Page(hashes, Broken("entry_changed", entry_id, index, columns=changed))
        value = leaf_hash(stored.leaf.encode())
        if value != stored_hash:
            return Page(hashes, Broken("leaf_changed", entry_id, index))
        hashes.append(value)
    if start + len(rows) < end:
        return Page(hashes, Broken("leaf_missing", leaf_index=start + len(rows)))
    return Page(hashes, None)


def fetch(query: str, *parameters: int | str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


def _join_snapshot(database: str, snapshot: str) -> None:
    """In a new process: see exactly what the auditing process sees."""
    import django

    django.setup()
    connection.settings_dict["NAME"] = database
    transaction.set_autocommit(False)
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])
