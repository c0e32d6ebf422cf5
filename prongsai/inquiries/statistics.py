"""Internal figures of fact-finding, over the rows that a person may see. A matter counts once, whatever it shows (AT-M6-23)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import QuerySet

from prongsai.inquiries.models import Finding, Inquiry, Respondent, Sanction

GRAVITY = {finding: place for place, finding in enumerate(Finding.values)}


@dataclass
class Outcomes:
    """``by_finding``: matters by their gravest finding. ``by_conduct``: matters that show the item; their sum may be more
    than ``decided``, which stays the number of matters."""

    inquiries: int = 0
    decided: int = 0
    respondents: int = 0
    by_outcome: dict[str, int] = field(default_factory=dict)
    by_finding: dict[str, int] = field(default_factory=dict)
    by_part: dict[str, int] = field(default_factory=dict)  # respondents
    by_staff_type: dict[str, int] = field(default_factory=dict)  # respondents with any ground
    by_conduct: dict[str, int] = field(default_factory=dict)
    by_track: dict[str, int] = field(default_factory=dict)  # sanctions


def outcomes(rows: QuerySet[Inquiry]) -> Outcomes:
    """Figures of ``rows``: a scoped queryset (``Inquiries.rows(actor)``), narrowed as the caller likes."""
    ids = rows.order_by().values("pk")
    decided = Inquiry.objects.filter(pk__in=ids, state__in=Inquiry.DECIDED)
    found = list(
        Respondent.objects.filter(inquiry__in=decided.values("pk")).values_list(
            "inquiry_id", "finding", "part", "staff_type", "conduct"
        )
    )
    gravest: dict[object, str] = {}
    for inquiry_id, finding, *_rest in found:
        if finding and (inquiry_id not in gravest or GRAVITY[finding] < GRAVITY[gravest[inquiry_id]]):
            gravest[inquiry_id] = finding
    items = {(inquiry_id, item) for inquiry_id, *_rest, conduct in found for item in conduct}
    grounded = [row for row in found if row[1] and row[1] != Finding.UNFOUNDED]
    tracks = Sanction.objects.filter(inquiry__in=decided.values("pk")).values_list("track", flat=True)
    return Outcomes(
        inquiries=Inquiry.objects.filter(pk__in=ids).count(),
        decided=decided.count(),
        respondents=len(found),
        by_outcome=dict(Counter(decided.values_list("outcome", flat=True))),
        by_finding=dict(Counter(gravest.values())),
        by_part=dict(Counter(part for _id, _finding, part, *_rest in found if part)),
        by_staff_type=dict(Counter(row[3] for row in grounded)),
        by_conduct=dict(Counter(item for _id, item in items)),
        by_track=dict(Counter(tracks)),
    )
