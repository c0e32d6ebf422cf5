"""Build RFC 6962 Merkle trees and proofs: in memory, or over nodes that lie in any storage.

A *complete node* (``level``, ``index``) is the hash over the leaves ``index * 2**level`` … ``(index + 1) * 2**level - 1``;
level 0 holds the leaf hashes. Complete nodes never change, so a store only ever adds them: about two per leaf. Roots and
proofs of any size are made from O(log n) of them; ``*_coordinates`` name the nodes that will be asked for, so that a
database can fetch them with one query and answer ``get_node`` from a dictionary.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from prongsai.tlog.verify import EMPTY_ROOT, leaf_hash, node_hash, verify_consistency, verify_inclusion

__all__ = [
    "EMPTY_ROOT", "Frontier", "Node", "Tree", "append_coordinates", "append_nodes", "consistency_coordinates",
    "consistency_proof", "inclusion_coordinates", "inclusion_proof", "leaf_hash", "node_hash", "root",
    "root_coordinates", "verify_consistency", "verify_inclusion",
]  # fmt: skip

Coordinates = tuple[int, int]
GetNode = Callable[[int, int], bytes]  # (level, index) → 32 bytes
Range = tuple[int, int]  # leaves [first, last)


class Node(NamedTuple):
    """A complete node to be stored. ``hash`` is 32 bytes."""

    level: int
    position: int
    hash: bytes


def append_coordinates(size: int) -> list[Coordinates]:
    """The stored nodes that :func:`append_nodes` needs when the tree has ``size`` leaves."""
    return _cover((0, size))


def append_nodes(size: int, leaves: Sequence[bytes], get_node: GetNode) -> list[Node]:
    """Every node that becomes complete when ``leaves`` (leaf hashes) follow the first ``size`` ones, in storing order."""
    made: list[Node] = []
    edge = [(level, index, get_node(level, index)) for level, index in _cover((0, size))]
    for number, leaf in enumerate(leaves, start=size):
        level, index, value = 0, number, leaf
        made.append(Node(level, index, value))
        while edge and edge[-1][0] == level:
            value = node_hash(edge.pop()[2], value)
            level, index = level + 1, index >> 1
            made.append(Node(level, index, value))
        edge.append((level, index, value))
    return made


def root_coordinates(size: int) -> list[Coordinates]:
    return _cover((0, size))


def root(size: int, get_node: GetNode) -> bytes:
    """MTH of the first ``size`` leaves (RFC 6962 §2.1), 32 bytes."""
    return _range_hash((0, size), get_node) if size else EMPTY_ROOT


def inclusion_coordinates(index: int, size: int) -> list[Coordinates]:
    return [node for part in _inclusion_ranges(index, size) for node in _cover(part)]


def inclusion_proof(index: int, size: int, get_node: GetNode) -> list[bytes]:
    """PATH(index, D[size]) of RFC 6962 §2.1.1, leaf first. ``ValueError`` unless 0 ≤ index < size."""
    return [_range_hash(part, get_node) for part in _inclusion_ranges(index, size)]


def consistency_coordinates(old: int, new: int) -> list[Coordinates]:
    return [node for part in _consistency_ranges(old, new) for node in _cover(part)]


def consistency_proof(old: int, new: int, get_node: GetNode) -> list[bytes]:
    """PROOF(old, D[new]) of RFC 6962 §2.1.2; empty for old = 0 and old = new. ``ValueError`` unless 0 ≤ old ≤ new."""
    return [_range_hash(part, get_node) for part in _consistency_ranges(old, new)]


def _split(first: int, last: int) -> int:
    """Where RFC 6962 divides leaves [first, last): after the largest power of two below their number."""
    return first + (1 << (last - first - 1).bit_length() - 1)


def _cover(leaves: Range) -> list[Coordinates]:
    """The complete nodes that make up a range whose start is aligned as RFC 6962's division leaves it, from the left."""
    first, last = leaves
    nodes = []
    while first < last:
        level = (last - first).bit_length() - 1
        nodes.append((level, first >> level))
        first += 1 << level
    return nodes


def _range_hash(leaves: Range, get_node: GetNode) -> bytes:
    hashes = [get_node(level, index) for level, index in _cover(leaves)]
    found = hashes.pop()
    while hashes:
        found = node_hash(hashes.pop(), found)
    return found


def _inclusion_ranges(index: int, size: int) -> list[Range]:
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    first, last, ranges = 0, size, []
    while last - first > 1:
        middle = _split(first, last)
        if index < middle:
            ranges.append((middle, last))
            last = middle
        else:
            ranges.append((first, middle))
            first = middle
    return ranges[::-1]


def _consistency_ranges(old: int, new: int) -> list[Range]:
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} cannot continue a tree of {old}")
    if old in (0, new):
        return []
    first, last, ranges = 0, new, []
    while old < last:
        middle = _split(first, last)
        if old <= middle:
            ranges.append((middle, last))
            last = middle
        else:
            ranges.append((first, middle))
            first = middle
    if first:  # the old tree does not end in a subtree whose hash the verifier has as the old root
        ranges.append((first, last))
    return ranges[::-1]


class Tree:
    """A tree in memory: one list of hashes per level. About 130 bytes and 1.5 µs a leaf."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.append(leaf)

    def __len__(self) -> int:
        return len(self.levels[0])

    def append(self, leaf: bytes) -> int:
        """Add a leaf hash; returns its index."""
        index = position = len(self.levels[0])
        level, value = 0, leaf
        self.levels[0].append(value)
        while position & 1:
            value = node_hash(self.levels[level][position - 1], value)
            level, position = level + 1, position >> 1
            if level == len(self.levels):
                self.levels.append([])
            self.levels[level].append(value)
        return index

    def node(self, level: int, index: int) -> bytes:
        return self.levels[level][index]

    def root(self, size: int | None = None) -> bytes:
        return root(self._size(size), self.node)

    def inclusion_proof(self, index: int, size: int | None = None) -> list[bytes]:
        return inclusion_proof(index, self._size(size), self.node)

    def consistency_proof(self, old: int, new: int | None = None) -> list[bytes]:
        return consistency_proof(old, self._size(new), self.node)

    def _size(self, size: int | None) -> int:
        if size is None:
            return len(self)
        if not 0 <= size <= len(self):
            raise ValueError(f"the tree has {len(self)} leaves, not {size}")
        return size


class Frontier:
    """Recompute a root from a stream of leaf hashes, keeping only O(log n) of them: for audits of a whole log."""

    def __init__(self) -> None:
        self.size = 0
        self._edge: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        value, number = leaf, self.size
        while number & 1:
            value, number = node_hash(self._edge.pop(), value), number >> 1
        self._edge.append(value)
        self.size += 1

    def root(self) -> bytes:
        if not self._edge:
            return EMPTY_ROOT
        found = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            found = node_hash(left, found)
        return found
