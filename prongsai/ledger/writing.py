"""Writing entries: one INSERT each, in the caller's transaction or, for reads and refusals, in one of their own."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.utils import timezone

from prongsai.ledger.leaves import committed, leaf_members, thai_time
from prongsai.ledger.models import Entry, Secrecy
from prongsai.tlog.canonical import canonical_json, commitment, new_salt

INSERT = """
INSERT INTO ledger_entry (uid, at, kind, actor_id, actor_label, subject_type, subject_id, clauses, province, agency_id,
                          secrecy, content, salt, leaf)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s::text[], %s, %s, %s, %s::jsonb, %s, %s)
"""


@dataclass(frozen=True, slots=True)
class Appended:
    """``opening`` is ``{"salt": base64, "content": {…}}``: what the commitment in the leaf stands for."""

    uid: UUID
    opening: dict[str, Any]

    @property
    def entry_id(self) -> int:
        """The entry's number in the ledger, looked up: whoever writes need not wait for it."""
        return Entry.objects.values_list("pk", flat=True).get(uid=self.uid)


def append(
    *,
    kind: str,
    actor_label: str,
    province: str,
    actor_id: int | None = None,
    subject: tuple[str, object] | None = None,
    clauses: Sequence[str] = (),
    agency_id: int | None = None,
    secrecy: str = Secrecy.S1,
    content: Mapping[str, Any] | None = None,
    using: Any = None,
) -> Appended:
    """Write one entry; it exists if and only if the transaction commits.

    ``subject`` is (type, id) of the record it is about. ``content`` is plain JSON without floats (``ValueError``; amounts
    go as strings), never text of class S3 or S4; its ``document_sha256`` (hex) or ``documents`` (``[{"sha256": hex}]``)
    tie the entry to published files. ``using`` is another database connection than the default one.
    """
    if isinstance(clauses, str):
        raise ValueError("clauses is a list of clause ids, not one string")
    # Everything is brought to the type of its column first: what is hashed must be what will be read back.
    actor_id, agency_id = _integer(actor_id), _integer(agency_id)
    subject_type, subject_id = (str(part) for part in subject) if subject else ("", "")
    kind, actor_label, province, secrecy = str(kind), str(actor_label), str(province), str(secrecy)
    names = [str(clause) for clause in clauses]
    uid, at, salt, content = uuid4(), timezone.now(), new_salt(), dict(content or {})
    opened = committed(actor_id, actor_label, agency_id, subject_type, subject_id, content)
    promise = commitment(opened, salt)
    leaf = canonical_json(leaf_members(str(uid), thai_time(at), kind, names, province, secrecy, promise))
    who: list[Any] = [uid, at, kind, actor_id, actor_label, subject_type, subject_id]
    what = [names, province, agency_id, secrecy, canonical_json(content).decode(), salt, leaf.decode()]
    with (using or connection).cursor() as cursor:
        cursor.execute(INSERT, who + what)
    return Appended(uid, {"salt": base64.b64encode(salt).decode(), "content": opened})


def record_read(**fields: Any) -> Appended:
    """Record a read of S3 or S4: as ``append``, but committed when it returns, whatever becomes of the caller's
    transaction. Call it before the secret is shown; if it raises, show nothing.
    """
    with _own_transaction() as own:
        return append(**fields, using=own)


def record_refusal(**fields: Any) -> Appended:
    """Record an attempt that was refused, committed like ``record_read``; ``kind`` ends in ``.refused`` by convention.

    It takes no ``clauses``: an attempt that failed is not evidence that the clause was carried out.
    """
    if fields.get("clauses"):
        raise ValueError("a refused attempt is no evidence for a clause")
    with _own_transaction() as own:
        return append(**fields, using=own)


@contextmanager
def _own_transaction() -> Iterator[Any]:
    """A connection whose work is committed on leaving: the caller's own if it is in no transaction, else a second one.

    ``durable`` is Django's way to say "outermost"; inside of a transaction it raises ``RuntimeError``.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(transaction.atomic(durable=True))
        except RuntimeError:
            second = connections.create_connection(DEFAULT_DB_ALIAS)
            stack.callback(second.close)
            yield second
        else:
            yield connection


def _integer(value: Any) -> int | None:
    return None if value is None else int(value)
