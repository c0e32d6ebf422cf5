"""One clause on a page of its own, and one measure with its clauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.compliance.evidence import open_entries, secret_months
from prongsai.compliance.models import Announcement, Clause
from prongsai.compliance.public import rules_in_force
from prongsai.compliance.standing import Board, Standing
from prongsai.organisation.models import Agency
from prongsai.portal.keeping import kept
from prongsai.portal.marks import differences
from prongsai.portal.pages import (
    announcement_of,
    announcement_url,
    clause_url,
    measure_name,
    measure_url,
    show,
)
from prongsai.portal.paper import qr
from prongsai.portal.rings import segments
from prongsai.portal.words import actor_names, rule_words
from prongsai.registers.language import pick

FEEDS = ("atom", "rss")


@dataclass(frozen=True)
class AgencyRow:
    agency: Agency
    standing: Standing


@kept
def clause(request: HttpRequest, key: str, code: str) -> HttpResponse:
    found = announcement_of(request, key)
    board = Board(found, public=True)
    index = next((i for i, c in enumerate(board.clauses) if c.code == code), None)
    if index is None:
        raise Http404
    this = board.clauses[index]
    printed, reading = differences(this.printed, this.reading) if this.reading else ([], [])
    standing = board.of(this)
    context = {
        "announcement": found,
        "clause": this,
        "printed": printed,
        "reading": reading,
        "facts": this.facts,
        "corrections": [
            c for c in this.facts.get("corrections", []) if pick(c.get("note_th", ""), c.get("note_en", ""))
        ],
        "actors": actor_names(this.facts.get("actors", [])),
        "rules": [{"rule": rule, "words": rule_words(rule)} for rule in rules_in_force(this)],
        "standing": standing,
        "oit": sorted(this.oit.items(), reverse=True),
        "previous": _neighbour(found, board.clauses[index - 1] if index else None),
        "next": _neighbour(found, board.clauses[index + 1] if index + 1 < len(board.clauses) else None),
        "children": [(c, clause_url(c, found)) for c in board.clauses if c.parent_id == this.pk],
        "evidence": open_entries(this),
        "months": secret_months(this),
        "evidence_url": f"{reverse('portal:register', args=['evidence'])}?{urlencode({'clause': this.code})}",
        "feeds": [(kind, reverse("portal:feed-clause", args=[found.key, this.code, kind])) for kind in FEEDS],
        "paper_url": request.build_absolute_uri(clause_url(this, found)),
        "qr": qr(request, clause_url(this, found), label=_("รหัสคิวอาร์ของหน้านี้")),
        **_agencies(found, board, this),
    }
    changed = max(filter(None, [found.loaded_at, standing.latest]))
    return show(request, "clause", context, changed=changed, trail=_trail(found, board, this))


def _trail(found: Announcement, board: Board, this: Clause) -> list[tuple[str, str]]:
    by_pk: dict[int | None, Clause] = {c.pk: c for c in board.clauses}
    above, parent = [], by_pk.get(this.parent_id)
    while parent is not None:
        above.append((parent.code, clause_url(parent, found)))
        parent = by_pk.get(parent.parent_id)
    measure = this.measure
    return [
        (_("ประกาศ"), announcement_url(found)),
        (measure_name(measure), measure_url(measure, found)),
        *reversed(above),
        (this.code, ""),
    ]


def _neighbour(found: Announcement, other: Clause | None) -> dict[str, Any] | None:
    return {"clause": other, "url": clause_url(other, found)} if other else None


def _agencies(found: Announcement, board: Board, this: Clause) -> dict[str, Any]:
    """Agencies with something to show, and how many have nothing yet."""
    if not this.operative:
        return {"agencies": [], "silent": []}
    rows = [
        AgencyRow(agency, board.agency(this, agency.pk))
        for agency in Agency.objects.of(found.province).active()
    ]
    return {
        "agencies": [row for row in rows if row.standing.state != "none"],
        "silent": [row for row in rows if row.standing.state == "none"],
    }


@kept
def measure(request: HttpRequest, code: str, key: str | None = None) -> HttpResponse:
    found = announcement_of(request, key)
    this = found.measures.filter(code=code).first()
    if this is None:
        raise Http404
    board = Board(found, public=True)
    clauses = [c for c in board.clauses if c.measure_id == this.pk]
    operative = [c for c in clauses if c.operative]
    context = {
        "announcement": found,
        "measure": this,
        "segments": segments(board.count(operative)),
        "rows": [(c, clause_url(c, found), board.of(c)) for c in operative],
        "others": [(c, clause_url(c, found)) for c in clauses if not c.operative],
        "measures": [(m, measure_url(m, found)) for m in found.measures.all()],
    }
    trail = [(_("ประกาศ"), announcement_url(found)), (measure_name(this), "")]
    latest = max(filter(None, [found.loaded_at, *(board.of(c).latest for c in operative)]))
    return show(request, "measure", context, changed=latest, trail=trail)
