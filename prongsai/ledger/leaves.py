"""What is hashed: the text of a leaf, and the content that its commitment stands for.

Writer and checker both build them here, from the same columns, so that every column of an entry is covered: the leaf
names what anyone may know, the salted commitment binds the rest.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from prongsai.tlog.canonical import canonical_json

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


def leaf_text(
    uid: UUID,
    at: datetime,
    kind: str,
    clauses: Sequence[str],
    province: str,
    secrecy: str,
    commitment: str,
) -> bytes:
    """The canonical JSON that the tree hashes. ``at`` is written in Thai time, with microseconds."""
    return canonical_json(
        {
            "v": VERSION,
            "id": str(uid),
            "at": at.astimezone(BANGKOK).isoformat(timespec="microseconds"),
            "kind": kind,
            "clauses": clauses,
            "province": province,
            "secrecy": secrecy,
            "commitment": commitment,
        }
    )
