"""One stored entry against its own leaf: do its columns still say what the leaf says, and if not, which does not."""

import hashlib
import json
from base64 import b64encode
from typing import Any, NamedTuple

import orjson

from prongsai.ledger.leaves import committed, leaf_members
from prongsai.tlog.canonical import commitment

# Member of the leaf → columns it comes from.
COLUMNS_OF = {
    "id": ("uid",),
    "at": ("at",),
    "kind": ("kind",),
    "clauses": ("clauses",),
    "province": ("province",),
    "secrecy": ("secrecy",),
    "commitment": ("actor_id", "actor_label", "agency_id", "subject_type", "subject_id", "content", "salt"),
}

# ``uid`` and ``at`` as the leaf writes them: a million UUIDs and datetimes less to build.
SELECT_COLUMNS = """
e.uid::text, to_char(e.at AT TIME ZONE interval '07:00', 'YYYY-MM-DD"T"HH24:MI:SS.US"+07:00"'), e.kind, e.clauses,
e.province, e.secrecy, e.actor_id, e.actor_label, e.agency_id, e.subject_type, e.subject_id, e.content, e.salt, e.leaf
"""

LEAVES = f"""
SELECT l.leaf_index, l.leaf_hash, l.entry_id, {SELECT_COLUMNS}
FROM ledger_leaf l LEFT JOIN ledger_entry e ON e.id = l.entry_id
WHERE l.leaf_index >= %s AND l.leaf_index < %s ORDER BY l.leaf_index
"""  # noqa: S608 (constants)


class Stored(NamedTuple):
    """The hashed columns of ``ledger_entry``, as a plain cursor returns ``SELECT_COLUMNS`` (``content`` as JSON text)."""

    uid: str
    at: str
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

    def changed(self) -> tuple[str, ...]:
        """The columns that may have been changed since the leaf was written; empty when all is well.

        The leaf's own text is held by the tree: here it only has to say the same as the columns.
        """
        return () if self._same_bytes() else self._differing()

    def _same_bytes(self) -> bool:
        """Nearly always, and a fifth of the time: orjson writes the bytes that ``canonical_json`` would write.

        Where it does not, the bytes differ and the slow way decides; two values never share theirs.
        """
        try:
            whole = {
                "content": self._committed(orjson.loads(self.content)),
                "salt": b64encode(self.salt).decode(),
            }
            promise = hashlib.sha256(orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)).hexdigest()
            return orjson.dumps(self._members(promise), option=orjson.OPT_SORT_KEYS) == self.leaf.encode()
        except (ValueError, TypeError):
            return False

    def _differing(self) -> tuple[str, ...]:
        try:
            members = self._members(commitment(self._committed(json.loads(self.content)), self.salt))
        except (ValueError, TypeError):  # what ``append`` would have refused, e.g. a float or no object
            return ("content",)
        try:
            written = json.loads(self.leaf)
        except ValueError:
            return ("leaf",)
        if not isinstance(written, dict):
            return ("leaf",)
        differing = [key for key in COLUMNS_OF if written.get(key) != members[key]]
        return tuple(column for key in differing for column in COLUMNS_OF[key]) or ("leaf",)

    def _committed(self, content: Any) -> dict[str, Any]:
        return committed(
            self.actor_id, self.actor_label, self.agency_id, self.subject_type, self.subject_id, content
        )

    def _members(self, promise: str) -> dict[str, Any]:
        return leaf_members(self.uid, self.at, self.kind, self.clauses, self.province, self.secrecy, promise)
