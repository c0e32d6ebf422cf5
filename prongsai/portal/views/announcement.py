"""The announcement: every entry in printed order, the print and the corrected reading beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from prongsai.compliance.models import Announcement, Clause, Measure
from prongsai.compliance.standing import Board
from prongsai.portal.keeping import kept
from prongsai.portal.marks import Piece, differences
from prongsai.portal.pages import announcement_of, announcement_url, clause_url, measure_url, show


@dataclass(frozen=True)
class EntryShown:
    clause: Clause
    url: str
    depth: int  # 0: directly under the measure
    printed: list[Piece]
    reading: list[Piece]  # empty where nothing was corrected
    state: str  # of an operative clause; else ""
    state_label: str


@dataclass(frozen=True)
class Part:
    measure: Measure
    url: str
    entries: list[EntryShown]


@kept
def announcement(request: HttpRequest, key: str | None = None) -> HttpResponse:
    found = announcement_of(request, key)
    board = Board(found, public=True)
    others = (
        Announcement.objects.filter(province=found.province_id)
        .exclude(pk=found.pk)
        .order_by("-signed_on", "pk")
    )
    context = {
        "announcement": found,
        "parts": list(_parts(found, board)),
        "others": [(a, announcement_url(a)) for a in others],
        "counts": {
            "entries": len(board.clauses),
            "operative": len(board.operative),
            "corrected": sum(1 for c in board.clauses if c.reading),
        },
    }
    return show(request, "announcement", context, changed=found.loaded_at, trail=[(_("ประกาศ"), "")])


def _parts(found: Announcement, board: Board) -> Iterator[Part]:
    depths: dict[int | None, int] = {}
    for clause in board.clauses:
        depths[clause.pk] = depths.get(clause.parent_id, -1) + 1
    for measure, clauses in groupby(board.clauses, key=lambda c: c.measure):
        yield Part(
            measure, measure_url(measure, found), [_entry(c, found, board, depths[c.pk]) for c in clauses]
        )


def _entry(clause: Clause, found: Announcement, board: Board, depth: int) -> EntryShown:
    printed = [Piece(clause.printed)]
    reading: list[Piece] = []
    if clause.reading:
        printed, reading = differences(clause.printed, clause.reading)
    standing = board.of(clause)
    state = (standing.state, standing.label) if clause.operative else ("", "")
    return EntryShown(clause, clause_url(clause, found), depth, printed, reading, *state)
