"""Recompute one page of the tree: its rows, the subtrees that they complete, the signed roots whose size it reaches.

A page stands by itself: what lies left of it is taken from the stored nodes, and the pages that completed those compare
them with their own leaves. All pages together therefore prove the whole tree, in any order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from prongsai.ledger.keys import signed_by_us
from prongsai.ledger.recomputing import LEAVES, Stored
from prongsai.ledger.storage import Nodes, load_growth, load_nodes
from prongsai.ledger.verification import Broken
from prongsai.tlog.note import Checkpoint, Note, NoteError
from prongsai.tlog.tree import append_coordinates, append_nodes, leaf_hash, root

CHECKPOINTS = """
SELECT tree_size, root, note FROM ledger_checkpoint WHERE tree_size > %s AND tree_size <= %s ORDER BY tree_size
"""

SIGNED_BEFORE = "SELECT coalesce(max(tree_size), 0) FROM ledger_checkpoint WHERE tree_size < %s"

Head = tuple[int, bytes]  # tree size, root


@dataclass(frozen=True, slots=True)
class Page:
    """What was found on the leaves [start, size): all good, or good up to the first broken thing."""

    size: int
    checkpoints: int = 0
    signed: int = 0  # size of the last head that agreed, 0 where none is on this page
    broken: Broken | None = None


def check_page(start: int, end: int, witnesses: Sequence[Head] = ()) -> Page:
    """The leaves [start, end). ``witnesses`` are heads kept elsewhere, of any size."""
    hashes, broken_row = _rows(start, end)
    size = start + len(hashes)
    edge = load_nodes(append_coordinates(start))
    made = append_nodes(start, hashes, edge.at)
    stored = load_growth(start, size)
    for node in made:
        if node.level and stored.get((node.level, node.position)) != node.hash:
            first = node.position << node.level
            return Page(start, broken=changed_range("node_changed", first, first + (1 << node.level)))
    known = Nodes(edge | {(node.level, node.position): node.hash for node in made})
    heads = [head for head in witnesses if start < head[0] <= size]
    # A tree that is wrong further left comes first, hence before the broken row itself.
    page = _heads(known, start, size, heads)
    return page if page.broken else Page(size, page.checkpoints, page.signed, broken_row)


def _rows(start: int, end: int) -> tuple[list[bytes], Broken | None]:
    """Leaf hashes of the good rows in order, up to the first broken row."""
    hashes: list[bytes] = []
    for index, (leaf_index, stored_hash, entry_id, *columns) in enumerate(fetch(LEAVES, start, end), start):
        if leaf_index != index:
            return hashes, Broken("leaf_missing", leaf_index=index)
        if columns[0] is None:
            return hashes, Broken("entry_missing", entry_id, index)
        stored = Stored(*columns)
        if changed := stored.changed():
            return hashes, Broken("entry_changed", entry_id, index, columns=changed)
        value = leaf_hash(stored.leaf.encode())
        if value != stored_hash:
            return hashes, Broken("leaf_changed", entry_id, index)
        hashes.append(value)
    if start + len(hashes) < end:
        return hashes, Broken("leaf_missing", leaf_index=start + len(hashes))
    return hashes, None


def _heads(known: Nodes, start: int, size: int, heads: list[Head]) -> Page:
    """The checkpoints, ours and the witnesses', of sizes in (start, size]."""
    checkpoints = signed = 0
    for tree_size, stored_root, note in fetch(CHECKPOINTS, start, size):
        try:
            head = open_head(note)
        except ValueError:
            head = None
        if head != (tree_size, stored_root):
            return Page(start, broken=Broken("checkpoint_changed", tree_size=tree_size))
        heads.append(head)
        checkpoints += 1
    for tree_size, head_root in sorted(heads):
        if root(tree_size, known.at) != head_root:
            before = signed or fetch(SIGNED_BEFORE, tree_size)[0][0]
            return Page(start, broken=changed_range("root_changed", before, tree_size))
        signed = tree_size
    return Page(size, checkpoints, signed)


def open_head(note: str) -> Head:
    """The head in a note of ours. ``NoteError`` (a ``ValueError``) if it is malformed or not signed by us."""
    parsed = Note.parse(note)
    if not signed_by_us(parsed):
        raise NoteError("the checkpoint is not signed by this ledger")
    checkpoint = Checkpoint.parse(parsed.text)
    return checkpoint.size, checkpoint.root


def changed_range(what: str, first: int, end: int) -> Broken:
    found = fetch("SELECT entry_id FROM ledger_leaf WHERE leaf_index = %s", first)
    return Broken(what, found[0][0] if found else None, first, end - 1)


def fetch(query: str, *parameters: int | str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()
