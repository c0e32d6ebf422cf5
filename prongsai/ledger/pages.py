"""The tree's pages, checked by one process or spread over several.

Several processes read the same snapshot (``pg_export_snapshot``): recomputing is nearly all of an audit's work, and
pages do not depend on each other.
"""

import gc
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context

from django.db import connection, transaction
from psycopg import sql

from prongsai.ledger.page_check import Head, Page, check_page, fetch

PAGE = 5_000


def pages(total: int, processes: int, witnesses: Sequence[Head] = ()) -> Iterator[Page]:
    """Pages of the leaves [0, total) in order, in the snapshot of the open transaction."""
    starts = range(0, total, PAGE)
    ends = [min(start + PAGE, total) for start in starts]
    if processes == 1 or len(starts) < 2:
        yield from map(check_page, starts, ends, repeat(witnesses))
        return
    pool = ProcessPoolExecutor(
        min(processes, len(starts)),
        mp_context=get_context("spawn"),  # threads and connections of this process do not survive a fork
        initializer=_join_snapshot,
        initargs=(connection.settings_dict["NAME"], fetch("SELECT pg_export_snapshot()")[0][0]),
    )
    try:
        yield from pool.map(check_page, starts, ends, repeat(witnesses))
    finally:
        pool.shutdown(cancel_futures=True)


def _join_snapshot(database: str, snapshot: str) -> None:
    """In a new process: see exactly what the auditing process sees."""
    import django

    django.setup()
    gc.disable()  # nothing that an audit makes refers to itself, and collecting takes a tenth of its time
    connection.settings_dict["NAME"] = database
    transaction.set_autocommit(False)
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(snapshot)))
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")  # the processes are the parallel part
