"""Load the sectors and the kinds of committees. Loading again changes nothing; a corrected file updates the rows."""

from __future__ import annotations

from pathlib import Path

import yaml
from django.db import transaction

from prongsai.committees.models import Kind, Sector

DATA = Path(__file__).parent / "data" / "kinds.yaml"
SECTOR = ("group", "name_th", "name_en", "group_th", "group_en")
KIND = (
    "name_th",
    "name_en",
    "practices",
    "required_groups",
    "legal_basis",
    "signed_by",
    "drafted_by",
    "is_public",
    "substitutes",
    "notice_rule",
)


@transaction.atomic
def load_reference(path: Path = DATA) -> None:
    """Raises ``ValueError`` where a kind requires a group that no sector belongs to."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    groups = {entry["group"] for entry in data["sectors"]}
    for order, entry in enumerate(data["sectors"]):
        fields = {"order": order, **{name: entry[name] for name in SECTOR}}
        Sector.objects.update_or_create(key=entry["key"], defaults=fields)
    for order, entry in enumerate(data["kinds"]):
        if unknown := set(entry["required_groups"]) - groups:
            raise ValueError(f"{path.name}: {entry['key']}: no sector belongs to {sorted(unknown)}")
        numerator, denominator = entry["quorum"]
        fields = {
            "order": order,
            "quorum_numerator": numerator,
            "quorum_denominator": denominator,
            **{name: entry[name] for name in KIND},
        }
        Kind.objects.update_or_create(key=entry["key"], defaults=fields)
