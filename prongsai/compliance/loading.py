"""Load an announcement from its data file. Loading the same file again changes nothing; a corrected file updates it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from prongsai.acts.models import RuleParameter
from prongsai.compliance.models import Announcement, Clause, Measure
from prongsai.organisation.models import Province
from prongsai.thai.text import search_normalise

ANNOUNCEMENTS = Path(__file__).parent / "announcements"

# What a page shows of an entry and no query asks for.
FACTS = (
    "types",
    "actors",
    "time",
    "default",
    "obligations",
    "visibility",
    "evidence_th",
    "evidence_en",
    "note",
)


class AnnouncementError(ValueError):
    """The data file is not an announcement; the message names the file, the entry and what is wrong."""


def load_announcement(path: Path) -> Announcement:
    """Load ``path`` (YAML) for the province that it names, which must be there. Returns the announcement."""
    raw = path.read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    data = yaml.load(raw, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader, in C
    head = data["announcement"]
    existing = Announcement.objects.filter(key=head["key"]).first()
    if existing and existing.sha256 == digest:
        return existing
    province = Province.objects.filter(code=head["province"]).first()
    if province is None:
        raise AnnouncementError(f"{path.name}: province {head['province']} is not set up")
    _check(data, path.name)
    try:
        with transaction.atomic():
            return _store(data, province, digest)
    except KeyError as error:
        raise AnnouncementError(f"{path.name}: {error} is missing") from error


def _check(data: dict[str, Any], name: str) -> None:
    codes = [entry["code"] for entry in data["clauses"]]
    if doubled := {c for c in codes if codes.count(c) > 1}:
        raise AnnouncementError(f"{name}: entries appear twice: {sorted(doubled)}")
    measures = {measure["code"] for measure in data["measures"]}
    known = {*codes, *measures, None, ""}
    for entry in data["clauses"]:
        if entry["measure"] not in measures:
            raise AnnouncementError(f"{name}: {entry['code']}: measure {entry['measure']} does not exist")
        if entry.get("parent") not in known:
            raise AnnouncementError(f"{name}: {entry['code']}: parent {entry['parent']} does not exist")


def _store(data: dict[str, Any], province: Province, digest: str) -> Announcement:
    head = data["announcement"]
    announcement, _ = Announcement.objects.update_or_create(
        key=head["key"],
        defaults={
            "province": province,
            **{
                k: head[k]
                for k in ("title_th", "title_en", "issuer_th", "issuer_en", "signer", "signed_on", "source")
            },
            **{k: head.get(k) or "" for k in ("source_en", "signer_title_th", "signer_title_en")},
            "edition": str(head.get("version", "1")),
            "is_sample": bool(head.get("is_sample", False)),
            "sha256": digest,
        },
    )
    if replaced := head.get("replaces"):
        Announcement.objects.filter(key=replaced, province=province).update(replaced_by=announcement)
    measures = {m["code"]: _measure(announcement, i, m) for i, m in enumerate(data["measures"])}
    corrections = data.get("corrections") or []
    clauses = {e["code"]: _clause(announcement, measures, e, corrections) for e in data["clauses"]}
    for entry in data["clauses"]:
        row, parent = clauses[entry["code"]], clauses.get(entry.get("parent"))
        if parent is not row and row.parent_id != (parent.pk if parent else None):
            Clause.objects.filter(pk=row.pk).update(parent=parent)
    announcement.clauses.exclude(code__in=clauses).delete()
    announcement.measures.exclude(code__in=measures).delete()
    _parameters(data.get("rules") or [], province, announcement)
    return announcement


def _measure(announcement: Announcement, order: int, entry: dict[str, Any]) -> Measure:
    fields = ("title_th", "title_en", "short_th", "short_en", "intro_th", "intro_en")
    return Measure.objects.update_or_create(
        announcement=announcement,
        code=entry["code"],
        defaults={"order": order, **{k: entry.get(k) or "" for k in fields}},
    )[0]


def _clause(
    announcement: Announcement,
    measures: dict[str, Measure],
    entry: dict[str, Any],
    corrections: list[dict[str, Any]],
) -> Clause:
    words = (
        entry[k] or "" for k in ("code", "label", "title_th", "printed", "reading", "duty_th", "english")
    )
    facts = {k: entry[k] for k in FACTS if entry.get(k) is not None}
    facts["corrections"] = [
        {k: v for k, v in c.items() if k != "clause"} for c in corrections if c["clause"] == entry["code"]
    ]
    return Clause.objects.update_or_create(
        announcement=announcement,
        code=entry["code"],
        defaults={
            "measure": measures[entry["measure"]],
            "seq": entry["seq"],
            "label": entry["label"] or "",
            "level": entry["level"],
            "operative": entry["operative"],
            "title_th": entry["title_th"],
            "printed": entry["printed"],
            "reading": entry["reading"] or "",
            "reading_note": entry.get("reading_note_th") or "",
            "english": entry["english"],
            "duty_th": entry["duty_th"] or "",
            "facts": facts,
            "oit": {str(year): items for year, items in (entry.get("oit") or {}).items()},
            "practices": entry["practices"],
            "search_norm": search_normalise(" ".join(words)),
        },
    )[0]


def _parameters(rules: list[dict[str, Any]], province: Province, announcement: Announcement) -> None:
    """The numbers behind deadlines and limits; what the office has changed since stays."""
    for entry in rules:
        RuleParameter.objects.get_or_create(
            province=province,
            key=entry["key"],
            valid_from=entry.get("valid_from") or announcement.signed_on,
            defaults={
                **{k: entry[k] for k in ("value", "unit", "origin", "source", "label_th", "label_en")},
                "clause": entry.get("clause") or "",
                "valid_to": entry.get("valid_to"),
            },
        )
