"""One piece of evidence and its proof. Only what was done in open matters has an address of its own."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai import ledger
from prongsai.compliance.evidence import open_evidence, title_of
from prongsai.compliance.models import Clause
from prongsai.compliance.registers import current_announcement
from prongsai.ledger.models import Entry
from prongsai.organisation.models import Agency
from prongsai.portal.keeping import kept
from prongsai.portal.pages import clause_url, province_of, show
from prongsai.thai.filenames import content_disposition

OPENED = {"S0"}  # the proof of an internal matter (S1) shows that it happened, not who did it to what


def _entry(request: HttpRequest, entry_id: int) -> Entry:
    return get_object_or_404(open_evidence(province_of(request).pk), pk=entry_id)


@kept
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    this = _entry(request, entry_id)
    announcement = current_announcement(province_of(request))
    clauses = Clause.objects.filter(announcement=announcement, practices__overlap=this.clauses)
    context = {
        "entry": this,
        "title": title_of(this.kind),
        "agency": Agency.objects.filter(pk=this.agency_id).first() if this.agency_id else None,
        "clauses": [(c, clause_url(c, announcement)) for c in clauses] if announcement else [],
        "opened": this.secrecy in OPENED,
    }
    trail = [(_("หลักฐาน"), reverse("portal:register", args=["evidence"])), (str(this.pk), "")]
    return show(request, "evidence", context, changed=this.at, trail=trail)


def proof(request: HttpRequest, entry_id: int) -> HttpResponse:
    """``prongsai-proof/v1`` as a download."""
    this = _entry(request, entry_id)
    found = ledger.proof(this.pk, with_opening=this.secrecy in OPENED)
    response = HttpResponse(
        json.dumps(found, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
    )
    response.headers["Content-Disposition"] = content_disposition(f"proof-{this.pk}.json")
    response.headers["Cache-Control"] = "no-cache"
    return response
