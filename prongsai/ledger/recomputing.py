"""One stored entry against its own leaf: what its columns give when hashed again, and which column does not fit."""

import json
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from prongsai.ledger.leaves import committed, leaf_text
from prongsai.tlog.canonical import commitment

# Member of the leaf → columns it comes from.
COLUMNS_OF = {
    "v": ("leaf",),
    "id": ("uid",),
    "at": ("at",),
    "kind": ("kind",),
    "clauses": ("clauses",),
    "province": ("province",),
    "secrecy": ("secrecy",),
    "commitment": ("actor_id", "actor_label", "agency_id", "subject_type", "subject_id", "content", "salt"),
}


class Stored(NamedTuple):
    """The hashed columns of ``ledger_entry``, as a plain cursor returns them (``content`` as JSON text)."""

    uid: UUID
    at: datetime
    kind: str
    clauses: list[str]
    province: str
    secrecy: str
    actor_id: int | None
    actor_label: str
    agency_id: int | None
    subject_type: str
    subject_id: str
    content: str
    salt: bytes
    leaf: str

    def recomputed(self) -> bytes:
        """The leaf that the columns give. ``ValueError`` where they hold what ``append`` would have refused."""
        opened = committed(
            self.actor_id,
            self.actor_label,
            self.agency_id,
            self.subject_type,
            self.subject_id,
            json.loads(self.content),
        )
        promise = commitment(opened, self.salt)
        return leaf_text(self.uid, self.at, self.kind, self.clauses, self.province, self.secrecy, promise)

    def changed(self) -> tuple[str, ...]:
        """The columns that may have been changed since the leaf was written; empty when all is well."""
        try:
            leaf = self.recomputed()
        except (ValueError, TypeError):  # e.g. a float, or no object at all
            return ("content",)
        if leaf == self.leaf.encode():
            return ()
        try:
            was = json.loads(self.leaf)
            differing = [key for key, value in json.loads(leaf).items() if was.get(key) != value]
        except (ValueError, AttributeError):
            return ("leaf",)
        return tuple(column for key in differing for column in COLUMNS_OF[key]) or ("leaf",)


SELECT_COLUMNS = ", ".join(f"e.{name}" for name in Stored._fields)
