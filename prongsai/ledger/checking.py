"""Recompute the whole ledger from its columns and compare it with what was stored and signed.

Page by page, in order of leaf, in one snapshot: each entry's leaf from its columns, the leaf hash, the subtrees, and every
checkpoint's root and signature. Whoever edits a row must then also forge a signature; whoever cuts off the end must
make every checkpoint disappear that anyone has kept (``witnesses``).
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from prongsai.ledger.keys import signed_by_us
from prongsai.ledger.pages import PAGE, fetch, pages
from prongsai.ledger.recomputing import SELECT_COLUMNS, Stored
from prongsai.ledger.storage import Nodes, load_nodes, tree_size
from prongsai.ledger.verification import Broken, Verification
from prongsai.tlog.note import Checkpoint, Note, NoteError
from prongsai.tlog.tree import append_coordinates, append_nodes, root

CHECKPOINTS = """
SELECT tree_size, root, note FROM ledger_checkpoint WHERE tree_size > %s AND tree_size <= %s ORDER BY tree_size
"""

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
    """Walks along the leaves. ``size`` leaves are recomputed and agree; ``edge`` are the nodes that they end in."""

    def __init__(self, witnesses: Iterable[str]) -> None:
        self.size = self.pending = self.checkpoints = 0
        self.signed = 0  # size of the last checkpoint that agreed
        self.edge = Nodes()
        self.witnesses = sorted((w.size, w.root) for w in map(_open, witnesses))

    def tree(self, processes: int, progress: Progress | None) -> Broken | None:
        total = tree_size()
        for page in pages(total, processes):
            # A tree that is wrong further left comes first, hence before the broken row itself.
            if broken := self._grow(page.hashes) or page.broken:
                return broken
            if progress:
                progress(self.size, total)
        return None

    def _grow(self, hashes: list[bytes]) -> Broken | None:
        """Add leaves; compare the subtrees they complete with the stored ones, and the roots with the signed ones."""
        made = append_nodes(self.size, hashes, self.edge.at)
        above = [node for node in made if node.level]
        stored = dict(load_nodes((node.level, node.position) for node in above))
        for node in above:
            if stored.get((node.level, node.position)) != node.hash:
                first = node.position << node.level
                return _range("node_changed", first, first + (1 << node.level))
        known = Nodes(self.edge | {(node.level, node.position): node.hash for node in made})
        grown = self.size + len(hashes)
        broken = self._heads(known, grown)
        self.edge = Nodes({place: known[place] for place in append_coordinates(grown)})
        self.size = grown
        return broken

    def _heads(self, known: Nodes, grown: int) -> Broken | None:
        """The checkpoints, ours and the witnesses', of sizes in (self.size, grown]."""
        heads = [(size, head) for size, head in self.witnesses if self.size < size <= grown]
        for tree_size_, stored_root, note in fetch(CHECKPOINTS, self.size, grown):
            try:
                head = _open(note)
            except ValueError:
                return Broken("checkpoint_changed", tree_size=tree_size_)
            if (head.size, head.root) != (tree_size_, stored_root):
                return Broken("checkpoint_changed", tree_size=tree_size_)
            heads.append((head.size, head.root))
            self.checkpoints += 1
        for size, head_root in sorted(heads):
            if root(size, known.at) != head_root:
                return _range("root_changed", self.signed, size)
            self.signed = size
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


def _open(note: str) -> Checkpoint:
    """The checkpoint in a note of ours. ``NoteError`` (a ``ValueError``) if it is malformed or not signed by us."""
    parsed = Note.parse(note)
    if not signed_by_us(parsed):
        raise NoteError("the checkpoint is not signed by this ledger")
    return Checkpoint.parse(parsed.text)


def _range(what: str, first: int, end: int) -> Broken:
    found = fetch("SELECT entry_id FROM ledger_leaf WHERE leaf_index = %s", first)
    return Broken(what, found[0][0] if found else None, first, end - 1)
