"""Who holds a role on a day: the other direction of ``actors``, for addressing notices and duties."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from prongsai.organisation.models import ActingAppointment, Person, Province, RoleAssignment, Tenure
from prongsai.organisation.models.agencies import ROLE_OF_POST
from prongsai.organisation.models.people import PersonQuerySet
from prongsai.organisation.periods import covers, today
from prongsai.organisation.roles import Role


def holders(
    role: str, province: Province, *, agency_id: int | None = None, clause: str = "", on: date | None = None
) -> PersonQuerySet:
    """People in service who hold ``role`` in the province (with ``agency_id``: for that agency) on a day.

    Agrees with ``Actor.has(role, agency_id, clause)`` of each of them.
    """
    day = on or today()
    people = Person.objects.of(province).in_service(day)
    assigned = RoleAssignment.objects.in_force(day).filter(person=OuterRef("pk"))
    if role == Role.SYSTEM_ADMIN:
        return people.filter(Exists(assigned.filter(role=role)))
    people = people.exclude(Exists(assigned.filter(role=Role.SYSTEM_ADMIN)))
    if role in ROLE_OF_POST.values():
        return people.filter(_by_post(role, agency_id, clause, day))
    if role in (Role.OFFICER, Role.SUPERVISOR):
        own = people.filter(agency_id=agency_id) if agency_id is not None else people
        return own.exclude(staff_type="") if role == Role.OFFICER else own.filter(_supervises(day))
    matching = assigned.filter(role=role)
    if agency_id is not None:
        matching = matching.filter(Q(agency_id=agency_id) | Q(agency_id__isnull=True))
    return people.filter(Exists(matching))


def _by_post(role: str, agency_id: int | None, clause: str, day: date) -> Q:
    kind = next(kind for kind, of_post in ROLE_OF_POST.items() if of_post == role)
    where = Q(person=OuterRef("pk"), post__kind=kind)
    if agency_id is not None and role == Role.HEAD_AGENCY:
        where &= Q(post__agency_id=agency_id)
    elif agency_id is not None and role == Role.VICE_GOVERNOR:
        # Without a portfolio a vice governor answers for the provincial office, where the post is.
        at_office = Q(post__in_charge_of__isnull=True, post__agency_id=agency_id)
        where &= Q(post__in_charge_of=agency_id) | at_office
    held = Exists(Tenure.objects.filter(covers(day), where))
    parts = clause.split(".") if clause else []
    within = [".".join(parts[: i + 1]) for i in range(len(parts))]  # M5.2.1: M5, M5.2, M5.2.1
    ordered = Q(measures=[]) | Q(measures__overlap=within) if within else Q(measures=[])
    return Q(held) | Q(Exists(ActingAppointment.objects.filter(covers(day), where, ordered)))


def _supervises(day: date) -> Q:
    return Q(Exists(Person.objects.in_service(day).filter(supervisor=OuterRef("pk"))))
