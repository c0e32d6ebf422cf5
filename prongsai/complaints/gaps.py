"""About whom no complaint could be received today, because too few people with a key are left who do not stand below him.

Its sender would be sent to other authorities; the province learns of it before that happens (``prongsai doctor``).
"""

from __future__ import annotations

from prongsai.complaints.staffing import AboutGovernor, NoTeam, staff
from prongsai.complaints.team import choose, custodians_alone
from prongsai.organisation.models import Person, Province


def unreceivable(province: Province) -> list[Person]:
    """Of the governor and all who stand above somebody of the centre, its stand-ins and its custodians. Raises NoTeam."""
    here = staff(province)
    concerned = {p.pk for p in here.governors}.union(*here.above.values())
    people = Person.objects.filter(pk__in=concerned).order_by("agency__sort_key", "pk")
    return [person for person in people if not _can_be_received(province, person)]


def _can_be_received(province: Province, person: Person) -> bool:
    accused = {"name": person.full_name}
    try:
        try:
            choose(province, accused)
        except AboutGovernor:
            custodians_alone(province, accused)
    except NoTeam:
        return False
    return True
