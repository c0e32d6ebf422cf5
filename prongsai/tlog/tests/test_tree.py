import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.tlog import tree
from prongsai.tlog.tree import Frontier, Tree, leaf_hash, verify_consistency, verify_inclusion

# The eight leaves and roots that the Certificate Transparency implementations publish as test data.
CT_LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
EXHAUSTIVE = 70
BIG = 5_000


def mth(leaves: list[bytes]) -> bytes:
    """MTH as RFC 6962 §2.1 defines it, word for word: the measure for the fast implementation."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def data(count: int) -> list[bytes]:
    return [f"รายการ {n}".encode() for n in range(count)]


def built(count: int) -> Tree:
    return Tree(leaf_hash(item) for item in data(count))


SMALL, LARGE = built(EXHAUSTIVE), built(BIG)


def changed(value: bytes, place: int) -> bytes:
    place %= len(value)
    return value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]


def test_published_roots() -> None:
    grown = Tree()
    assert grown.root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for leaf, root in zip(CT_LEAVES, CT_ROOTS, strict=True):
        grown.append(leaf_hash(bytes.fromhex(leaf)))
        assert grown.root().hex() == root


def test_every_root_up_to_the_limit() -> None:
    frontier, leaves = Frontier(), data(EXHAUSTIVE)
    for size in range(EXHAUSTIVE + 1):
        assert SMALL.root(size) == mth(leaves[:size]) == frontier.root()
        if size < EXHAUSTIVE:
            frontier.append(leaf_hash(leaves[size]))


def test_every_inclusion_proof_up_to_the_limit() -> None:
    for size in range(1, EXHAUSTIVE + 1):
        root = SMALL.root(size)
        for index in range(size):
            leaf, proof = SMALL.node(0, index), SMALL.inclusion_proof(index, size)
            assert verify_inclusion(leaf, index, size, proof, root)
            assert not verify_inclusion(leaf, index + 1, size, proof, root)
            assert not verify_inclusion(leaf, index, size, [*proof, root], root)
            assert not proof or not verify_inclusion(leaf, index, size, proof[:-1], root)


def test_every_consistency_proof_up_to_the_limit() -> None:
    for new in range(EXHAUSTIVE + 1):
        for old in range(new + 1):
            proof, roots = SMALL.consistency_proof(old, new), (SMALL.root(old), SMALL.root(new))
            assert verify_consistency(old, new, proof, *roots)
            assert not verify_consistency(old, new, [*proof, roots[1]], *roots)
            assert not proof or not verify_consistency(old, new, proof[:-1], *roots)
            assert old == new or not verify_consistency(new, old, proof, *roots)
            if 0 < old < new:
                assert not verify_consistency(old, new, proof, changed(roots[0], old), roots[1])
                assert not verify_consistency(old, new, proof, roots[0], changed(roots[1], new))


@given(st.integers(1, BIG).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1))), st.data())
def test_inclusion_in_larger_trees(size_and_index: tuple[int, int], draw: st.DataObject) -> None:
    size, index = size_and_index
    leaf, proof, root = LARGE.node(0, index), LARGE.inclusion_proof(index, size), LARGE.root(size)
    assert verify_inclusion(leaf, index, size, proof, root)
    place = draw.draw(st.integers(0, 32 * (len(proof) + 2) - 1), label="changed byte")
    parts = [leaf, root, *proof]
    parts[place // 32] = changed(parts[place // 32], place)
    assert not verify_inclusion(parts[0], index, size, parts[2:], parts[1])
    other = draw.draw(st.integers(0, size).filter(lambda n: n != index), label="other index")
    assert not verify_inclusion(leaf, other, size, proof, root)


@given(st.integers(2, BIG).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n))), st.data())
def test_consistency_of_larger_trees(sizes: tuple[int, int], draw: st.DataObject) -> None:
    old, new = sizes
    proof, roots = LARGE.consistency_proof(old, new), [LARGE.root(old), LARGE.root(new)]
    assert verify_consistency(old, new, proof, *roots)
    place = draw.draw(st.integers(0, 32 * len(proof) - 1), label="changed byte")
    spoiled = [*proof]
    spoiled[place // 32] = changed(spoiled[place // 32], place)
    assert not verify_consistency(old, new, spoiled, *roots)
    forked = Tree([*LARGE.levels[0][: old - 1], bytes(32), *LARGE.levels[0][old:new]])
    assert not verify_consistency(old, new, forked.consistency_proof(old, new), roots[0], forked.root())


@given(st.lists(st.integers(1, 40), max_size=8), st.data())
def test_nodes_kept_in_a_store_give_the_same_tree(batches: list[int], draw: st.DataObject) -> None:
    """Appending in batches of any size, with no more nodes at hand than the coordinates name."""
    store: dict[tuple[int, int], bytes] = {}

    def fetched(coordinates: list[tuple[int, int]]) -> tree.GetNode:
        known = {at: store[at] for at in coordinates}
        return lambda level, index: known[level, index]

    size = 0
    for count in batches:
        leaves = LARGE.levels[0][size : size + count]
        for node in tree.append_nodes(size, leaves, fetched(tree.append_coordinates(size))):
            assert store.setdefault((node.level, node.position), node.hash) == node.hash
        size += count
    assert tree.root(size, fetched(tree.root_coordinates(size))) == LARGE.root(size)
    assert len(store) == 2 * size - size.bit_count()
    if size:
        index = draw.draw(st.integers(0, size - 1))
        near = fetched(tree.inclusion_coordinates(index, size))
        assert tree.inclusion_proof(index, size, near) == LARGE.inclusion_proof(index, size)
        near = fetched(tree.consistency_coordinates(index, size))
        assert tree.consistency_proof(index, size, near) == LARGE.consistency_proof(index, size)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 5), (5, 5), (0, EXHAUSTIVE + 1)])
def test_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError):
        SMALL.inclusion_proof(index, size)
    with pytest.raises(ValueError):
        SMALL.consistency_proof(size + 1, size)
