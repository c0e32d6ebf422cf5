"""How fast the ledger is: appending one act at a time, bringing entries into the tree, checking all of it again.

    DATABASE_URL=… python bench/ledger.py [entries [appends [processes]]]

The ledger cannot be emptied, so give a database made for this and drop it afterwards; one that has entries is refused.
Most entries are loaded by COPY, in the form that ``append`` writes.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prongsai.config.settings")

APPENDS = 2_000
CONNECTIONS = 4
CHUNK = 50_000

COPY = """
COPY ledger_entry (uid, at, kind, actor_id, actor_label, subject_type, subject_id, clauses, province, agency_id, secrecy,
content, salt, leaf) FROM STDIN
"""


def run(entries: int = 1_000_000, appends: int = APPENDS, processes: int | None = None) -> dict[str, float]:
    """Rates and seconds, as printed. ``AssertionError`` if anything does not verify, ``SystemExit`` for a used database.

    ``appends``: how many each connection makes. ``processes`` share the audit; by default one, and one for each core.
    """
    _setup()
    from django.core.management import call_command

    from prongsai import ledger

    call_command("migrate", "ledger", verbosity=0)
    if ledger.Entry.objects.exists():
        raise SystemExit("The ledger of this database has entries. Give an empty database.")

    result: dict[str, float] = {
        "appends_per_second_1_connection": round(appends / _appending(appends)),
        f"appends_per_second_{CONNECTIONS}_connections": round(_appending_together(appends)),
    }
    loaded = load(entries - ledger.Entry.objects.count())
    result["entries"], result["loaded_per_second"] = entries, round(loaded)

    start = time.perf_counter()
    while ledger.integrate():
        pass
    seconds = time.perf_counter() - start
    result["integrated_per_second"] = round(entries / seconds)

    _settle()
    for number in [processes] if processes else sorted({1, os.cpu_count() or 1}):
        start = time.perf_counter()
        verification = ledger.verify(processes=number)
        seconds = time.perf_counter() - start
        if not verification.ok or verification.entries != entries:
            raise AssertionError(verification.message_th)
        result[f"verify_seconds_{number}_processes"] = round(seconds, 3)

    some = ledger.Entry.objects.values_list("pk", flat=True)[: entries : max(1, entries // 500)]
    start = time.perf_counter()
    for entry_id in some:
        ledger.proof(entry_id)
    result["proof_milliseconds"] = round((time.perf_counter() - start) / len(some) * 1e3, 2)
    return result


def _settle() -> None:
    """What autovacuum and the checkpointer would do in the following minutes, so that they do not share the audit's time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) ledger_entry, ledger_leaf, ledger_node, ledger_pending")
        cursor.execute("CHECKPOINT")


def load(entries: int) -> float:
    """COPY entries in chunks, a process for each core; returns how many a second."""
    from django.db import connection

    start = time.perf_counter()
    chunks = [range(first, min(first + CHUNK, entries)) for first in range(0, entries, CHUNK)]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), initializer=_setup) as pool:
        list(pool.map(_load, chunks))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ledger_entry, ledger_pending")
    return entries / max(time.perf_counter() - start, 1e-9)


def _load(numbers: range) -> None:
    from django.db import connection

    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for row in _rows(numbers):
            copy.write_row(row)


def _rows(numbers: range) -> Iterator[list[Any]]:
    from django.utils import timezone

    from prongsai.ledger.leaves import committed, leaf_members, thai_time
    from prongsai.tlog.canonical import canonical_json, commitment, new_salt

    for number in numbers:
        uid, at, salt, fields = uuid4(), timezone.now(), new_salt(), _fields(number)
        kind, who, label, (subject_type, subject_id) = (
            fields[key] for key in ("kind", "actor_id", "actor_label", "subject")
        )
        content, agency, clauses = fields["content"], fields["agency_id"], fields["clauses"]
        promise = commitment(committed(who, label, agency, subject_type, subject_id, content), salt)
        province, secrecy = fields["province"], fields["secrecy"]
        leaf = canonical_json(
            leaf_members(str(uid), thai_time(at), kind, clauses, province, secrecy, promise)
        )
        yield [
            *(uid, at, kind, who, label, subject_type, subject_id, clauses, province, agency),
            *(secrecy, canonical_json(content).decode(), salt, leaf.decode()),
        ]


def _fields(number: int) -> dict[str, Any]:
    return {
        "kind": "complaints.accept",
        "actor_id": number % 500,
        "actor_label": f"เจ้าหน้าที่คนที่ {number % 500} นักวิชาการยุติธรรมชำนาญการ",
        "subject": ("complaints.case", f"00000000-0000-4000-8000-{number // 8:012}"),
        "clauses": ["M5.2.1", f"M5.2.{number % 9}"],
        "province": "50",
        "agency_id": number % 80,
        "secrecy": "S3",
        "content": {
            "from": "screening",
            "to": "accepted",
            "number": f"{number}/2563",
            "opened": ["M5.2.5"],
            "late": False,
        },
    }


def _appending(count: int, offset: int = 0) -> float:
    """Seconds for ``count`` acts, each an entry in a transaction of its own."""
    from django.db import transaction

    from prongsai import ledger

    start = time.perf_counter()
    for number in range(offset, offset + count):
        with transaction.atomic():
            ledger.append(**_fields(number))
    return time.perf_counter() - start


def _appending_together(appends: int) -> float:
    """Appends a second with several processes, as the web server has them."""
    with ProcessPoolExecutor(CONNECTIONS, mp_context=get_context("spawn"), initializer=_setup) as pool:
        list(pool.map(_appending, [1] * CONNECTIONS))  # start them all, connect
        start = time.perf_counter()
        list(pool.map(_appending, [appends] * CONNECTIONS, range(0, appends * CONNECTIONS, appends)))
        return CONNECTIONS * appends / (time.perf_counter() - start)


def _setup() -> None:
    import django

    django.setup()


if __name__ == "__main__":
    print(json.dumps(run(*map(int, sys.argv[1:4])), indent=2))
