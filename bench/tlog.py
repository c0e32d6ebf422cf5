"""How fast the log is on one core: building a tree of a million entries, and verifying all of it again.

    python bench/tlog.py [entries]

"verify" is what an auditor does: every entry is parsed and written again in canonical form, hashed, and the root is
compared with the signed checkpoint, the signature checked by the pure-Python verifier; then 1,000 inclusion proofs.
"""

import json
import random
import sys
import time

from prongsai.tlog.canonical import canonical_json, parse_json
from prongsai.tlog.note import Checkpoint, Signer, open_checkpoint, sign_checkpoint
from prongsai.tlog.tree import Frontier, Tree, leaf_hash, verify_inclusion

PROOFS = 1_000


def run(entries: int = 1_000_000) -> dict[str, float]:
    """Seconds and rates, as printed. Raises ``AssertionError`` if anything does not verify."""
    signer = Signer.generate("bench.example")
    leaves = [
        canonical_json(
            {"actor": f"เจ้าหน้าที่ {n % 500}", "commitment": f"{n:064x}", "kind": "loan.approve", "n": n}
        )
        for n in range(entries)
    ]

    start = time.perf_counter()
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf_hash(leaf))
    note = sign_checkpoint(Checkpoint(signer.name, len(tree), tree.root()), signer)
    append_seconds = time.perf_counter() - start

    start = time.perf_counter()
    checkpoint = open_checkpoint(note, [signer.verifier_key], origin=signer.name)
    frontier = Frontier()
    for leaf in leaves:
        if canonical_json(parse_json(leaf)) != leaf:
            raise AssertionError("an entry is not canonical")
        frontier.append(leaf_hash(leaf))
    if (frontier.size, frontier.root()) != (checkpoint.size, checkpoint.root):
        raise AssertionError("the root differs")
    verify_seconds = time.perf_counter() - start

    start = time.perf_counter()
    for index in random.sample(range(entries), min(PROOFS, entries)):
        proof = tree.inclusion_proof(index)
        if not verify_inclusion(leaf_hash(leaves[index]), index, entries, proof, checkpoint.root):
            raise AssertionError("a proof does not verify")
    proof_seconds = time.perf_counter() - start

    return {
        "entries": entries,
        "append_seconds": round(append_seconds, 2),
        "appends_per_second": round(entries / append_seconds),
        "verify_seconds": round(verify_seconds, 2),
        "verified_per_second": round(entries / verify_seconds),
        "proof_microseconds": round(proof_seconds / min(PROOFS, entries) * 1e6, 1),
    }


if __name__ == "__main__":
    print(json.dumps(run(*map(int, sys.argv[1:2])), indent=2))
