"""Whose agencies a person answers for: the scope of the overview."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Agency

NOT_YOURS = "หน้านี้สำหรับผู้ว่าราชการจังหวัด รองผู้ว่าราชการจังหวัด หัวหน้าส่วนราชการ และผู้ตรวจสอบ"


@dataclass(frozen=True)
class Scope:
    """``agency_ids`` None: the whole province."""

    actor: Actor
    agency_ids: frozenset[int] | None

    @property
    def whole(self) -> bool:
        return self.agency_ids is None

    def agencies(self) -> QuerySet[Agency]:
        found = Agency.objects.filter(province=self.actor.province).active()
        return found if self.agency_ids is None else found.filter(pk__in=self.agency_ids)

    @property
    def title(self) -> str:
        if self.whole:
            return self.actor.province.full_name if self.actor.province else ""
        names = [agency.name_th for agency in self.agencies()]
        return " · ".join(names) if len(names) <= 4 else f"{len(names)} หน่วยงานในความรับผิดชอบ"


def scope_of(actor: Actor) -> Scope | None:
    """The governor and the auditor: the province. A vice governor and a head: their agencies. Others: none."""
    if actor.has("governor") or actor.has("auditor"):
        return Scope(actor, None)
    own: set[int] = set()
    for role in ("vice_governor", "head_agency"):
        own |= actor.agencies(role) or set()
    if not own:
        return None
    inner = Agency.objects.filter(parent_id__in=own).values_list("pk", flat=True)
    return Scope(actor, frozenset(own | set(inner)))


def may_see_dashboard(actor: Actor) -> bool:
    return any(actor.has(role) for role in ("governor", "vice_governor", "head_agency", "auditor"))
