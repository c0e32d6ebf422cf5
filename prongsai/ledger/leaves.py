"""What is hashed: the members of a leaf, and the content that its commitment stands for.

Writer and checker both build them here, from the same columns, so that every column of an entry is covered: the leaf
names what anyone may know, the salted commitment binds the rest. The tree hashes the leaf's canonical JSON.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

VERSION = 1
BANGKOK = timezone(timedelta(hours=7))

# Lifted beside ``content``, because the verifier looks for a document's hash at the top of an opening.
DOCUMENT_KEYS = ("document_sha256", "documents")


def committed(
    actor_id: int | None,
    actor_label: str,
    agency_id: int | None,
    subject_type: str,
    subject_id: str,
    content: Mapping[str, Any],
) -> dict[str, Any]:
    """The part of an entry that the leaf only commits to; the ``content`` of an opening."""
    return {
        "actor": {"id": actor_id, "label": actor_label},
        "agency": agency_id,
        "subject": {"type": subject_type, "id": subject_id},
        "content": content,
        **{key: content[key] for key in DOCUMENT_KEYS if key in content},
    }


def leaf_members(
    uid: str, at: str, kind: str, clauses: Sequence[str], province: str, secrecy: str, commitment: str
) -> dict[str, Any]:
    """``at`` as :func:`thai_time` writes it, ``uid`` in the usual hex form, ``commitment`` in hex."""
    return {
        "v": VERSION,
        "id": uid,
        "at": at,
        "kind": kind,
        "clauses": clauses,
        "province": province,
        "secrecy": secrecy,
        "commitment": commitment,
    }


def thai_time(at: datetime) -> str:
    """ISO 8601 with microseconds and +07:00."""
    return at.astimezone(BANGKOK).isoformat(timespec="microseconds")
