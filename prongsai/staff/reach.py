"""For whom somebody answers: a head for the agency and its units; the provincial office for who is given a role."""

from __future__ import annotations

from prongsai.organisation.actors import Actor
from prongsai.organisation.holders import holders
from prongsai.organisation.models import Agency, Person, Province
from prongsai.organisation.roles import Role

UNITS = (Agency.Kind.UNIT, Agency.Kind.CENTRE)  # led by the head of the agency that they belong to


def agencies_headed(actor: Actor) -> set[int]:
    """Agencies that the actor heads or acts for as head, with their units and the units of these."""
    found = newest = actor.agencies(Role.HEAD_AGENCY) or set()
    while newest:
        inner = Agency.objects.filter(parent_id__in=newest, kind__in=UNITS).exclude(pk__in=found)
        newest = set(inner.values_list("pk", flat=True))
        found = found | newest
    return found


def heads(actor: Actor, agency_id: int) -> bool:
    return agency_id in agencies_headed(actor)


def head_of(agency: Agency) -> Person | None:
    """Who heads, or acts for the head of, the agency (of a unit: the one that it belongs to) today."""
    found = holders(Role.HEAD_AGENCY, agency.province, agency_id=agency.pk).order_by("pk").first()
    if found is None and agency.parent is not None:
        return head_of(agency.parent)
    return found


def provincial_office(province: Province) -> Agency | None:
    return province.agencies.active().filter(function=Agency.Function.PROVINCIAL_OFFICE).first()


def heads_provincial_office(actor: Actor) -> bool:
    office = provincial_office(actor.province) if actor.province else None
    return office is not None and actor.has(Role.HEAD_AGENCY, agency_id=office.pk)
