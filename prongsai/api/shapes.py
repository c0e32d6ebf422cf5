"""From records to the shapes of ``schemas``; what both languages have is given in both."""

import base64
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import translation

from prongsai.compliance.models import Announcement, Clause, Measure
from prongsai.compliance.registers import current_announcement
from prongsai.compliance.standing import STATES, Standing
from prongsai.ledger.models import Checkpoint
from prongsai.organisation.models import Agency, Province

Shape = dict[str, Any]


def province_of(request: HttpRequest) -> Province:
    """The province that this site serves; 404 before one is loaded."""
    province = request.actor.province  # type: ignore[attr-defined]
    if province is None:
        raise Http404
    return province


def announcement_of(request: HttpRequest, key: str) -> Announcement:
    found = Announcement.objects.filter(province=province_of(request), key=key).first()
    if found is None:
        raise Http404
    return found


def url(request: HttpRequest, name: str, *arguments: Any) -> str:
    return request.build_absolute_uri(reverse(name, args=arguments))


def both(label: Any) -> tuple[str, str]:
    """The Thai and the English words of a translatable label."""
    with translation.override("th"):
        thai = str(label)
    with translation.override("en"):
        return thai, str(label)


def announcement(request: HttpRequest, found: Announcement) -> Shape:
    in_force = current_announcement(found.province_id)
    return {
        "key": found.key,
        "title_th": found.title_th,
        "title_en": found.title_en,
        "issuer_th": found.issuer_th,
        "issuer_en": found.issuer_en,
        "signer": found.signer,
        "signer_title_th": found.signer_title_th,
        "signer_title_en": found.signer_title_en,
        "signed_on": found.signed_on,
        "edition": found.edition,
        "in_force": found == in_force,
        "source_th": found.source,
        "source_en": found.source_en,
        "sha256": found.sha256,
        "loaded_at": found.loaded_at,
        "is_sample": found.is_sample,
        "url": url(request, "portal:announcement", found.key),
    }


def measure(request: HttpRequest, found: Measure, counts: dict[str, int]) -> Shape:
    return {
        "announcement": found.announcement.key,
        "code": found.code,
        "title_th": found.title_th,
        "title_en": found.title_en,
        "short_th": found.short_th,
        "short_en": found.short_en,
        "clauses": counts,
        "url": url(request, "portal:measure", found.announcement.key, found.code),
    }


def standing(found: Standing) -> Shape:
    """What the clause's page shows. The counts behind it cover confidential matters and stay inside."""
    thai, english = STATES[found.state]
    return {
        "state": found.state,
        "label_th": thai,
        "label_en": english,
        "next_due_on": found.next_open_due,
        "latest_evidence_at": found.latest,
        "was_late": bool(found.met_late),
    }


def clause(request: HttpRequest, found: Clause, now: Standing) -> Shape:
    key = found.announcement.key
    return {
        "announcement": key,
        "measure": found.measure.code,
        "code": found.code,
        "label": found.label,
        "level": found.level,
        "operative": found.operative,
        "parent": found.parent.code if found.parent else None,
        "title_th": found.title_th,
        "printed": found.printed,
        "reading": found.reading or None,
        "english": found.english,
        "duty_th": found.duty_th,
        "actors": found.facts.get("actors", []),
        "practices": found.practices,
        "oit_items": found.oit,
        "standing": standing(now) if found.operative else None,
        "url": url(request, "portal:clause", key, found.code),
    }


def agency(request: HttpRequest, found: Agency) -> Shape:
    return {
        "id": found.pk,
        "code": found.code,
        "name_th": found.name_th,
        "name_en": found.name_en,
        "short_name": found.short_name,
        "kind": found.kind,
        "ministry": found.ministry,
        "parent": found.parent_id,
        "function": found.function,
        "head_title": found.head_title,
        "active_from": found.active_from,
        "active_to": found.active_to,
        "url": url(request, "portal:agency", found.pk),
    }


def checkpoint(found: Checkpoint) -> Shape:
    return {
        "tree_size": found.tree_size,
        "root": base64.b64encode(found.root).decode(),
        "at": found.at,
        "note": found.note,
    }
