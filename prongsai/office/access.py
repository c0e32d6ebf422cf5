"""What a staff page may show: records only through their registers. The door itself is ``registers.staff_pages``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404

from prongsai.organisation.actors import Actor
from prongsai.registers import Register, register_for, register_of
from prongsai.registers.staff_pages import actor_of, person_of, staff_page

__all__ = ["actor_of", "person_of", "seen_records", "staff_page", "visible_record", "visible_register"]


def visible_register(actor: Actor, key: str) -> Register:
    """The register called ``key``, if it is in this person's menu at all; otherwise 404."""
    found = register_of(key)
    if found is None or not found.may_see(actor):
        raise Http404
    return found


def visible_record(register: Register | None, actor: Actor, pk: UUID | str) -> Any:
    """The record through its register's own door; one that is not behind it does not exist (404)."""
    found = register.rows(actor).filter(pk=pk).first() if register is not None else None
    if found is None:
        raise Http404
    return found


def seen_records(actor: Actor, wanted: dict[str, set[str]]) -> dict[tuple[str, str], Any]:
    """Of many records (ids by type) those that the person may see: (type, id) → record. One query per type."""
    seen = {}
    for record_type, ids in wanted.items():
        register = register_for(record_type)
        if register is None or not register.has_record_page:
            continue
        for record in register.rows(actor).filter(pk__in=ids):
            seen[record_type, str(record.pk)] = record
    return seen
