"""The agencies of the province in their tree, and one agency with the state of its clauses."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.compliance.registers import current_announcement
from prongsai.compliance.standing import STATES, Board
from prongsai.organisation.models import Agency
from prongsai.portal.keeping import kept
from prongsai.portal.pages import clause_url, measure_url, province_of, show
from prongsai.portal.rings import ORDER
from prongsai.registers.language import pick


@dataclass
class Branch:
    agency: Agency
    children: list[Branch] = field(default_factory=list)


@kept
def tree(request: HttpRequest) -> HttpResponse:
    agencies = list(Agency.objects.of(province_of(request)).active())
    branches: dict[int | None, Branch] = {a.pk: Branch(a) for a in agencies}
    roots: list[Branch] = []
    for agency in agencies:
        above = branches.get(agency.parent_id)
        (above.children if above else roots).append(branches[agency.pk])
    groups: dict[str, list[Branch]] = defaultdict(list)
    for branch in roots:
        groups[branch.agency.get_kind_display()].append(branch)
    context = {"groups": list(groups.items()), "count": len(agencies)}
    return show(request, "agencies", context, changed=timezone.now(), trail=[(_("รายชื่อหน่วยงาน"), "")])


@kept
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    province = province_of(request)
    this = get_object_or_404(Agency.objects.of(province).select_related("parent", "place"), pk=pk)
    announcement = current_announcement(province)
    measures: list[dict[str, Any]] = []
    board = Board(announcement, public=True) if announcement else None
    if announcement and board:
        for measure in announcement.measures.all():
            clauses = [c for c in board.operative if c.measure_id == measure.pk]
            shown = [(c, clause_url(c, announcement), board.agency(c, this.pk)) for c in clauses]
            measures.append(
                {
                    "measure": measure,
                    "url": measure_url(measure, announcement),
                    "counts": board.count(clauses, this.pk),
                    "rows": [row for row in shown if row[2].state != "none"],
                }
            )
    context = {
        "agency": this,
        "children": this.children.active(),
        "measures": measures,
        "contact": this.contact,
        "total": len(board.operative) if board else 0,
        "states": [(state, pick(*STATES[state])) for state in ORDER],
        "with_state": sum(len(m["rows"]) for m in measures),
    }
    trail = [(_("รายชื่อหน่วยงาน"), reverse("portal:agencies")), (pick(this.name_th, this.name_en), "")]
    return show(request, "agency", context, changed=timezone.now(), trail=trail)
