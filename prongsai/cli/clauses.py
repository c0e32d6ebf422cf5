"""``prongsai clauses``: every entry of an announcement, and what in this house serves it."""

from __future__ import annotations

import json
from typing import Any

from prongsai.acts.registry import all_acts, all_duties
from prongsai.compliance.models import Announcement, Clause
from prongsai.compliance.standing import Board
from prongsai.registers import all_registers


def show(*, as_json: bool, key: str | None = None) -> int:
    """Print one line (or one JSON object) per entry. Returns 1 when there is no such announcement."""
    announcements = Announcement.objects.filter(key=key) if key else Announcement.objects.order_by("key")
    if not announcements:
        print("no announcement is loaded")
        return 1
    for announcement in announcements:
        board = Board(announcement)
        agencies = list(announcement.province.agencies.filter(active_to=None))
        for clause in board.clauses:
            entry = describe(clause, board, agencies)
            print(json.dumps(entry, ensure_ascii=False) if as_json else _line(entry))
    return 0


def describe(clause: Clause, board: Board, agencies: list[Any]) -> dict[str, Any]:
    """id, operative, duties, acts, registers, evidence count and state, overall and per agency that has any."""
    practices = set(clause.practices)
    overall = board.of(clause)
    per_agency = {a.code: board.agency(clause, a.pk) for a in agencies} if clause.operative else {}
    return {
        "announcement": clause.announcement.key,
        "id": clause.code,
        "operative": clause.operative,
        "title": clause.title_th,
        "practices": sorted(practices),
        "duties": [d.key() for d in all_duties() if d.clause in practices],
        "acts": [a.key() for a in all_acts() if practices & set(a.clauses)],
        "registers": [r.key for r in all_registers() if practices & set(r.practices)],
        "evidence": overall.evidence,
        "state": overall.state if clause.operative else None,
        "agencies": {code: s.state for code, s in per_agency.items()},
    }


def _line(entry: dict[str, Any]) -> str:
    mark = "●" if entry["operative"] else " "
    return f"{mark} {entry['id']:<16} {entry['state'] or '':<12} {entry['evidence']:>5}  {entry['title']}"
