"""Recompute the whole ledger from its columns and compare it with what was stored and signed.

Page by page, in order of leaf, in one snapshot: each entry's leaf from its columns, the leaf hash, the subtrees, and every
checkpoint's root and signature. Whoever edits a row must then also forge a signature; whoever cuts off the end must
make every checkpoint disappear that anyone has kept (``witnesses``).
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from prongsai.ledger.page_check import fetch, open_head
from prongsai.ledger.pages import PAGE, pages
from prongsai.ledger.recomputing import SELECT_COLUMNS, Stored
from prongsai.ledger.storage import tree_size
from prongsai.ledger.verification import Broken, Verification

BEYOND = "SELECT min(tree_size) FROM ledger_checkpoint WHERE tree_size > %s"

SURPLUS = 'SELECT 1 FROM ledger_node WHERE ("index" + 1) << level > %s LIMIT 1'

LOST = """
SELECT min(e.id) FROM ledger_entry e
WHERE NOT EXISTS (SELECT FROM ledger_leaf l WHERE l.entry_id = e.id)
  AND NOT EXISTS (SELECT FROM ledger_pending p WHERE p.entry_id = e.id)
"""

PENDING = f"""
SELECT p.entry_id, {SELECT_COLUMNS} FROM ledger_pending p LEFT JOIN ledger_entry e ON e.id = p.entry_id
WHERE p.entry_id > %s ORDER BY p.entry_id LIMIT %s
"""  # noqa: S608 (constants)

Progress = Callable[[int, int], None]


def verify(
    progress: Progress | None = None, witnesses: Iterable[str] = (), processes: int = 1
) -> Verification:
    """Recompute everything; stops at the first thing that is broken and names it. Changes nothing.

    ``progress(done, total)`` is called after each page of entries. ``witnesses`` are signed checkpoints kept elsewhere
    (from a proof, a backup, a printed page): the tree must contain them too. One that we did not sign is a ``ValueError``.
    ``processes`` share the work (outside of a transaction only); they import the main module again, as ``spawn`` does.
    """
    audit = _Audit(witnesses)
    with _snapshot():
        broken = audit.tree(processes, progress) or audit.ends() or audit.outside_the_tree()
    return Verification(audit.size, audit.pending, audit.checkpoints, broken)


@contextmanager
def _snapshot() -> Iterator[None]:
    """One view of all tables while others go on writing."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


class _Audit:
    """Walks along the leaves. ``size`` leaves are recomputed and agree; ``signed`` of them lie under a signed root."""

    def __init__(self, witnesses: Iterable[str]) -> None:
        self.size = self.pending = self.checkpoints = self.signed = 0
        self.witnesses = sorted(map(open_head, witnesses))

    def tree(self, processes: int, progress: Progress | None) -> Broken | None:
        total = tree_size()
        for page in pages(total, processes, self.witnesses):
            self.size = page.size
            self.checkpoints += page.checkpoints
            self.signed = page.signed or self.signed
            if page.broken:
                return page.broken
            if progress:
                progress(self.size, total)
        return None

    def ends(self) -> Broken | None:
        """Nothing may be signed or stored beyond the last leaf, and the last leaf must be signed."""
        beyond = [size for size, _ in self.witnesses if size > self.size]
        beyond += [size for (size,) in fetch(BEYOND, self.size) if size]
        if beyond:
            return Broken("checkpoint_beyond", tree_size=min(beyond), leaf_index=self.size)
        if fetch(SURPLUS, self.size):
            return Broken("node_surplus", leaf_index=self.size)
        if self.signed < self.size:
            return Broken("checkpoint_missing", leaf_index=self.signed)
        return None

    def outside_the_tree(self) -> Broken | None:
        """Entries that wait for the tree are checked too; an entry that neither waits nor is in the tree was hidden."""
        [(lost,)] = fetch(LOST)
        if lost is not None:
            return Broken("entry_not_in_tree", lost)
        last = 0
        while rows := fetch(PENDING, last, PAGE):
            for last, *columns in rows:
                if columns[0] is None:
                    return Broken("entry_missing", last)
                if changed := Stored(*columns).changed():
                    return Broken("entry_changed", last, columns=changed)
            self.pending += len(rows)
        return None
