"""Reading the stored tree: level 0 is ``ledger_leaf``, the levels above are ``ledger_node``."""

from collections.abc import Iterable

from django.db import connection

Coordinates = tuple[int, int]  # level, index

LOAD = """
SELECT 0::smallint, leaf_index, leaf_hash FROM ledger_leaf WHERE leaf_index = ANY(%s::bigint[])
UNION ALL
SELECT n.level, n.index, n.hash FROM unnest(%s::smallint[], %s::bigint[]) AS wanted(level, index)
JOIN ledger_node n ON n.level = wanted.level AND n.index = wanted.index
"""

# ``OFFSET 0`` keeps the planner from reading the whole table for every page.
LOAD_GROWTH = """
SELECT wanted.level, made.index, made.hash FROM generate_series(1, %s) AS wanted(level) CROSS JOIN LATERAL (
    SELECT index, hash FROM ledger_node
    WHERE level = wanted.level AND index >= %s::bigint >> wanted.level AND index < %s::bigint >> wanted.level OFFSET 0
) AS made
"""


class TreeBroken(LookupError):
    """The stored tree lacks something that must be there; ``verify`` says where."""


class Nodes(dict[Coordinates, bytes]):
    """Hashes by coordinates; raises :class:`TreeBroken` for one that is not stored."""

    def __missing__(self, coordinates: Coordinates) -> bytes:
        raise TreeBroken(f"no hash is stored for level {coordinates[0]}, index {coordinates[1]}")

    def at(self, level: int, index: int) -> bytes:
        return self[level, index]


def tree_size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(leaf_index) + 1, 0) FROM ledger_leaf")
        return cursor.fetchone()[0]


def load_nodes(wanted: Iterable[Coordinates]) -> Nodes:
    """The wanted hashes, by one query."""
    wanted = list(wanted)
    leaves = [index for level, index in wanted if level == 0]
    above = [(level, index) for level, index in wanted if level]
    with connection.cursor() as cursor:
        cursor.execute(LOAD, [leaves, [level for level, _ in above], [index for _, index in above]])
        return Nodes({(level, index): bytes(value) for level, index, value in cursor.fetchall()})


def load_growth(size: int, grown: int) -> Nodes:
    """The nodes above the leaves that became complete between the two sizes, by one query."""
    with connection.cursor() as cursor:
        cursor.execute(LOAD_GROWTH, [grown.bit_length() - 1, size, grown])
        return Nodes({(level, index): value for level, index, value in cursor.fetchall()})
