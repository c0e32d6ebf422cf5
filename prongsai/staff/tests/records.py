"""One record of each kind, ready for its acts: for tests that try every act by everybody."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from prongsai.acts import perform
from prongsai.acts.models import Record
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.periods import today
from prongsai.organisation.roles import Role
from prongsai.staff.acts import DrillRecovery, Invite, OrderDeparture, ProposeRole, RequestRecovery
from prongsai.staff.acts.granting import enter_given
from prongsai.staff.models import Departure, Invitation, KeyRecovery, RoleGrant

MINUTES_AGO = dt.timedelta(minutes=10)


def staff_records(users: dict[str, Any], paper: str) -> dict[str, Record]:
    """``invitation``, ``role proposed``, ``role given``, ``departure``: all of the agency of ``head_agency``. ``recovery``: of a
    custodian who lost the passphrase; and one drill with ``paper``."""
    person = users["head_agency"].person
    head = Actor.of(person)
    enter_given(person.province_id)
    perform(Invite, None, actor=head, data=invitation(person), at=timezone.now() - MINUTES_AGO)
    perform(ProposeRole, None, actor=head, data=role(users["officer_2"].person))
    departure = {
        "leaver": users["officer_3"].person,
        "cause": Departure.Kind.RESIGNED,
        "last_day": today() + dt.timedelta(days=30),
        "order_no": "",
        "successor": None,
    }
    perform(OrderDeparture, None, actor=head, data=departure)
    forgetful = Actor.of(users["identity_custodian_2"].person)
    lost = perform(RequestRecovery, None, actor=forgetful, data={"passphrase": "ถนนเก่าสายเหนือริมคลอง"}).record
    perform(DrillRecovery, None, actor=forgetful, data={"printed": paper})
    grants = RoleGrant.objects.select_related("province", "person__agency", "assignment")
    return {
        "invitation": Invitation.objects.select_related("province", "agency").get(),
        "role proposed": grants.get(state=RoleGrant.State.PROPOSED),
        "role given": grants.get(person=users["supply_officer"].person),
        "recovery": KeyRecovery.objects.select_related("province").get(pk=lost.pk),
        "departure": Departure.objects.select_related("province", "person__agency").get(),
    }


def invitation(head: Person) -> dict[str, Any]:
    return {
        "person": None,
        "title": "นาง",
        "first_name": "แสงดาว",
        "last_name": "ทดสอบ",
        "position": "นักวิชาการ",
        "staff_type": Person.StaffType.CIVIL_SERVANT,
        "agency": head.agency,
        "email": "saengdao@agency.example",
        "citizen_id": None,
    }


def role(person: Person) -> dict[str, Any]:
    return {
        "person": person,
        "given_role": Role.WEB_OFFICER,
        "agency": person.agency,
        "start": today(),
        "end": None,
        "order_no": "",
        "reason": "ทดสอบ",
    }
