"""Who may be given which role, by whom (§2.1, segregation of duties)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from prongsai.organisation.commands import CommandRefused, grant_role
from prongsai.organisation.models import Agency, RoleAssignment, Tenure
from prongsai.organisation.roles import Role
from prongsai.organisation.tests.building import START, a_person, a_post, an_agency


def given(person, role, **fields):
    return RoleAssignment(person=person, role=role, **({"start": START} | fields))


def refused(assignment: RoleAssignment, constraint: str, sentence: str) -> None:
    """Refused twice: by the form with a sentence, and by the database without one."""
    with pytest.raises(ValidationError, match=sentence):
        assignment.full_clean()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RoleAssignment.objects.bulk_create([assignment])


@pytest.mark.parametrize(
    ("first", "second"), [(Role.SYSTEM_ADMIN, Role.CENTER_OFFICER), (Role.CENTER_OFFICER, Role.SYSTEM_ADMIN)]
)
def test_an_administrator_holds_no_business_role(agency, first, second):
    person = a_person(agency)
    given(person, first, end=date(2021, 9, 30)).save()
    refused(given(person, second, start=date(2021, 9, 30)), "role_admin_stands_alone", "ผู้ดูแลระบบต้องไม่มี")
    given(person, second, start=date(2021, 10, 1)).save()


def test_an_administrator_holds_no_post(agency):
    admin, head, post = a_person(agency), a_person(agency), a_post(agency)
    given(admin, Role.SYSTEM_ADMIN).save()
    with pytest.raises(ValidationError, match="ผู้ดูแลระบบต้องไม่มี"):
        Tenure(post=post, person=admin, start=START).full_clean()
    Tenure.objects.create(post=post, person=head, start=START)
    with pytest.raises(ValidationError, match="ผู้ดูแลระบบต้องไม่มี"):
        given(head, Role.SYSTEM_ADMIN).full_clean()


def test_a_role_is_given_by_two_others(agency):
    person, one, two = (a_person(agency) for _ in range(3))
    both = given(person, Role.WEB_OFFICER, granted_by=one, seconded_by=one)
    refused(both, "role_given_by_two", "คนละคน")
    for self_given in (
        {"granted_by": person, "seconded_by": two},
        {"granted_by": one, "seconded_by": person},
    ):
        refused(given(person, Role.WEB_OFFICER, **self_given), "role_not_given_to_oneself", "ตนเอง")
    given(person, Role.WEB_OFFICER, granted_by=one, seconded_by=two).save()


def test_an_auditor_has_a_last_day_and_heads_come_from_posts(agency):
    person = a_person(agency)
    refused(given(person, Role.AUDITOR), "role_auditor_is_limited", "ต้องมีวันที่สิ้นสุด")
    with pytest.raises(IntegrityError, match="role_can_be_assigned"), transaction.atomic():
        given(person, Role.HEAD_AGENCY).save()


def test_granting_on_the_command_line(province):
    office = an_agency(province, function=Agency.Function.PROVINCIAL_OFFICE)
    first, second, head, officer = (a_person(office) for _ in range(4))
    Tenure.objects.create(post=a_post(office, title="หัวหน้าสำนักงานจังหวัด"), person=head, start=START)

    grant_role(first, Role.SYSTEM_ADMIN, granted_by=None, seconded_by=None)
    with pytest.raises(CommandRefused, match="คนละคน"):
        grant_role(second, Role.SYSTEM_ADMIN, granted_by=None, seconded_by=None)
    with pytest.raises(CommandRefused, match="ผู้รับรองต้องเป็น"):
        grant_role(second, Role.SYSTEM_ADMIN, granted_by=first, seconded_by=officer)
    with pytest.raises(CommandRefused, match="ผู้มอบบทบาทต้องเป็น"):
        grant_role(officer, Role.CENTER_OFFICER, granted_by=second, seconded_by=head)
    grant_role(second, Role.SYSTEM_ADMIN, granted_by=first, seconded_by=head)
    with pytest.raises(CommandRefused, match="ตนเอง"):
        grant_role(first, Role.CENTER_OFFICER, granted_by=first, seconded_by=second)
    with pytest.raises(CommandRefused, match="ผู้ดูแลระบบต้องไม่มี"):
        grant_role(head, Role.SYSTEM_ADMIN, granted_by=first, seconded_by=second)
    grant_role(officer, Role.CENTER_OFFICER, granted_by=first, seconded_by=second)
