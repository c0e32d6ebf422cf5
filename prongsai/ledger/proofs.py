"""What a citizen takes home: an entry with its way to a signed checkpoint, or two checkpoints and the way between them.

The formats are those of the stand-alone verifier (``prongsai/tlog/verify.py``).
"""

import base64
from typing import Any

from prongsai.ledger.keys import verifier_key
from prongsai.ledger.leaves import committed
from prongsai.ledger.models import Checkpoint, Entry, Leaf
from prongsai.ledger.sequencer import integrate
from prongsai.ledger.storage import TreeBroken, load_nodes
from prongsai.tlog.tree import (
    consistency_coordinates,
    consistency_proof,
    inclusion_coordinates,
    inclusion_proof,
)
from prongsai.tlog.verify import CONSISTENCY_FORMAT, FORMAT


def proof(entry_id: int, with_opening: bool = True) -> dict[str, Any]:
    """``prongsai-proof/v1`` for an entry, under the newest checkpoint; integrates first if the entry is not in the tree.

    ``with_opening`` shows actor, subject and content to whoever gets the proof: give it for what they may see. Raises
    ``Entry.DoesNotExist``; ``TreeBroken`` when stored parts of the tree are gone.
    """
    entry = Entry.objects.get(pk=entry_id)
    index = _leaf_index(entry_id)
    checkpoint = Checkpoint.objects.latest()
    nodes = load_nodes(inclusion_coordinates(index, checkpoint.tree_size))
    path = inclusion_proof(index, checkpoint.tree_size, nodes.at)
    return {
        "format": FORMAT,
        "log": _origin(checkpoint),
        "key": verifier_key(_origin(checkpoint)),
        "entry": entry.leaf,
        "leaf_index": index,
        "inclusion": [_base64(value) for value in path],
        "checkpoint": checkpoint.note,
        "opening": _opening(entry) if with_opening else None,
        "document_sha256": entry.content.get("document_sha256") if with_opening else None,
    }


def consistency(old_size: int, new_size: int) -> dict[str, Any]:
    """``prongsai-consistency/v1``: the log of ``new_size`` entries only added to the one of ``old_size``.

    Raises ``Checkpoint.DoesNotExist`` unless a checkpoint was signed at both sizes, ``ValueError`` if old > new.
    """
    Checkpoint.objects.get(pk=old_size)
    origin = _origin(Checkpoint.objects.get(pk=new_size))
    nodes = load_nodes(consistency_coordinates(old_size, new_size))
    path = consistency_proof(old_size, new_size, nodes.at)
    return {
        "format": CONSISTENCY_FORMAT,
        "log": origin,
        "key": verifier_key(origin),
        "old_size": old_size,
        "new_size": new_size,
        "consistency": [_base64(value) for value in path],
    }


def _leaf_index(entry_id: int) -> int:
    """Where the entry stands. An entry that commits late may be behind others in the queue, hence the loop."""
    while True:
        found = Leaf.objects.filter(entry_id=entry_id).values_list("leaf_index", flat=True).first()
        if found is not None:
            return found
        if not integrate() and not Leaf.objects.filter(entry_id=entry_id).exists():
            raise TreeBroken(f"entry {entry_id} is neither in the tree nor waiting for it")


def _opening(entry: Entry) -> dict[str, Any]:
    content = committed(
        entry.actor_id,
        entry.actor_label,
        entry.agency_id,
        entry.subject_type,
        entry.subject_id,
        entry.content,
    )
    return {"salt": _base64(entry.salt), "content": content}


def _origin(checkpoint: Checkpoint) -> str:
    return checkpoint.note.partition("\n")[0]


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
