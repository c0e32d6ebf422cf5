"""From committed entries to a signed tree.

Writers never wait for each other: they insert entries, and a trigger queues them in ``ledger_pending``. One sequencer at a
time takes what is committed, in order of id, and appends it to the tree. An entry that commits late simply comes later.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from prongsai.ledger.keys import signed_checkpoint
from prongsai.ledger.storage import Nodes, load_nodes, tree_size
from prongsai.tlog.tree import append_coordinates, append_nodes, leaf_hash, root

LOCK = "SELECT pg_advisory_xact_lock(hashtext('prongsai.ledger.integrate'))"

TAKE = """
SELECT e.id, e.leaf FROM ledger_pending p JOIN ledger_entry e ON e.id = p.entry_id
ORDER BY p.entry_id LIMIT %s
"""


def integrate(max_batch: int = 20_000) -> int:
    """Put up to ``max_batch`` committed entries into the tree under one new checkpoint; returns how many.

    Waits while another sequencer works. Call it outside of a transaction: then the lock is held for the batch only, and
    what was signed is committed when it returns.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(TAKE, [max_batch])
        entries: list[tuple[int, str]] = cursor.fetchall()
        if not entries:
            return 0
        size = tree_size()
        ids = [entry_id for entry_id, _ in entries]
        edge = load_nodes(append_coordinates(size))
        made = append_nodes(size, [leaf_hash(leaf.encode()) for _, leaf in entries], edge.at)
        leaves = (node for node in made if node.level == 0)
        _copy(
            cursor,
            "COPY ledger_leaf (leaf_index, entry_id, leaf_hash) FROM STDIN",
            ((leaf.position, entry_id, leaf.hash) for leaf, entry_id in zip(leaves, ids, strict=True)),
        )
        _copy(
            cursor,
            'COPY ledger_node (level, "index", hash) FROM STDIN',
            (node for node in made if node.level),
        )
        size += len(entries)
        known = Nodes(edge | {(node.level, node.position): node.hash for node in made})
        head = root(size, known.at)
        cursor.execute(
            "INSERT INTO ledger_checkpoint (tree_size, root, note, at) VALUES (%s, %s, %s, %s)",
            [size, head, signed_checkpoint(size, head), timezone.now()],
        )
        cursor.execute("DELETE FROM ledger_pending WHERE entry_id = ANY(%s)", [ids])
    return len(entries)


def _copy(cursor: Any, statement: str, rows: Iterable[tuple[int, int, bytes]]) -> None:
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
