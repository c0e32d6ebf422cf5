"""A record's timeline from the ledger: what was done, by whom, as whom; reads and refused attempts among it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils import timezone

from prongsai.acts.declaration import record_type
from prongsai.acts.registry import all_acts
from prongsai.ledger.models import Entry
from prongsai.ui.parts import Event

LONGEST = 200  # events; older ones stay in the ledger

REFUSED = ".refused"
READ = "read"
READS = {
    "file_read": "เปิดไฟล์หลักฐาน",
    "identity_read": "เปิดดูข้อมูลผู้ร้องเรียน",
    "export_read": "ส่งออกข้อมูล",
    "document_read": "จัดทำเอกสาร",
    "package_read": "จัดทำชุดเอกสารส่งต่อ",
}


def timeline(record: Any) -> list[Event]:
    """Newest first. Reads by one person on one day, with no act between them, are told in one line."""
    entries = Entry.objects.for_subject(record_type(record), record.pk).order_by("-id")[:LONGEST]
    titles = {act.key(): act.title for act in all_acts()}
    states = dict(type(record).State.choices) if hasattr(type(record), "State") else {}
    events: list[Event] = []
    reads: dict[tuple[Any, ...], list[int]] = {}  # who, what, which day → place in ``events``, how often
    for entry in entries:
        if not _is_read(entry.kind):
            reads = {}
            events.append(_event(entry, titles, states))
            continue
        title = _read_title(entry.kind)
        found = reads.setdefault((entry.actor_label, title, timezone.localdate(entry.at)), [len(events), 0])
        found[1] += 1
        if found[1] == 1:
            events.append(Event(entry.at, title, who=entry.actor_label, tone="read"))
        else:
            place, count = found
            events[place] = replace(events[place], title=f"{title} {count} ครั้ง")
    return events


def _is_read(kind: str) -> bool:
    return kind.endswith(READ)


def _read_title(kind: str) -> str:
    return READS.get(kind.rpartition(".")[2], "เปิดอ่าน")


def _event(entry: Entry, titles: dict[str, str], states: dict[str, str]) -> Event:
    if entry.kind.endswith(REFUSED):
        title = titles.get(entry.kind.removesuffix(REFUSED), entry.kind)
        return Event(
            entry.at,
            f"ระบบไม่อนุญาต: {title}",
            str(entry.content.get("why", "")),
            entry.actor_label,
            tone="late",
        )
    before, now = entry.content.get("from"), entry.content.get("to")
    moved = (
        f"{states.get(before, before)} → {states.get(now, now)}" if before and now and before != now else ""
    )
    return Event(entry.at, titles.get(entry.kind, entry.kind), moved, entry.actor_label, tone="done")
