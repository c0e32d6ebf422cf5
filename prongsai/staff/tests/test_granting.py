"""Roles are given by two persons and withdrawn by one; what excludes each other is refused with the reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from prongsai.ledger.models import Entry
from prongsai.notices.models import Notice
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person, RoleAssignment
from prongsai.organisation.periods import today
from prongsai.organisation.roles import Role
from prongsai.staff.acts import ConfirmRole, DeclineRole, ProposeRole, RetractRole, WithdrawRole
from prongsai.staff.acts.granting import enter_given
from prongsai.staff.models import RoleGrant
from prongsai.staff.tests.steps import do, make
from prongsai.thai.dates import format_date

pytestmark = pytest.mark.django_db

WHY = "ตามคำสั่งมอบหมายงานของหน่วยงาน"


@pytest.fixture(autouse=True)
def _register_is_open(province: Any) -> None:
    enter_given(province.pk)


def day(days: int = 0) -> str:
    return format_date(today() + dt.timedelta(days=days), style="numeric")


def propose(client_of: Any, by: str, to: Any, role: str, **data: Any) -> Any:
    fields = {
        "email": to.email,
        "given_role": role,
        "extent": "agency",
        "start": day(),
        "reason": WHY,
        **data,
    }
    return make(client_of(by), ProposeRole, **fields)


def proposed(client_of: Any, by: str, to: Any, role: str, **data: Any) -> RoleGrant:
    answer = propose(client_of, by, to, role, **data)
    assert answer.status_code == 303, answer.content.decode()
    return RoleGrant.objects.get(state=RoleGrant.State.PROPOSED, person=to.person, role=role)


def holds(user: Any, role: str) -> bool:
    return Actor.of(Person.objects.get(pk=user.person_id)).has(role)


def test_one_proposes_another_gives(client_of: Any, world: dict[str, Any]):
    to = world["officer_2"]
    grant = proposed(client_of, "head_agency", to, Role.WEB_OFFICER, order_no="ที่ 12/2569")
    assert not holds(to, Role.WEB_OFFICER)
    assert Notice.objects.filter(recipient=world["system_admin"].person, kind=ProposeRole.key()).exists()
    assert do(client_of("head_agency"), ConfirmRole, grant).status_code == 403
    assert do(client_of("system_admin"), ConfirmRole, grant).status_code == 303
    assert holds(to, Role.WEB_OFFICER)
    grant.refresh_from_db()
    given = grant.assignment
    assert given is not None
    assert (given.granted_by, given.seconded_by) == (
        world["head_agency"].person,
        world["system_admin"].person,
    )
    assert (given.agency, given.order_no) == (to.person.agency, "ที่ 12/2569")
    kinds = Entry.objects.for_subject("staff.rolegrant", str(grant.pk)).order_by("id")
    assert [e.kind for e in kinds] == ["staff.propose_role", "staff.confirm_role"]
    assert do(client_of("system_admin"), ConfirmRole, grant).status_code == 409  # a second click


@pytest.mark.parametrize("who", ["officer", "supervisor", "center_head", "auditor", "governor"])
def test_others_propose_nothing(client_of: Any, world: dict[str, Any], who: str):
    assert propose(client_of, who, world["officer_2"], Role.WEB_OFFICER).status_code == 403


def test_nobody_proposes_or_gives_for_himself(client_of: Any, world: dict[str, Any]):
    assert propose(client_of, "head_agency", world["head_agency"], Role.WEB_OFFICER).status_code == 422
    office_head = world["head_provincial_office"]
    grant = proposed(client_of, "system_admin", office_head, Role.WEB_OFFICER)
    assert do(client_of("head_provincial_office"), ConfirmRole, grant).status_code == 403
    assert do(client_of("system_admin_2"), ConfirmRole, grant).status_code == 303
    assert do(client_of("head_provincial_office"), WithdrawRole, grant, reason=WHY).status_code == 403


def test_the_database_keeps_the_two_apart(client_of: Any, world: dict[str, Any]):
    grant = proposed(client_of, "system_admin", world["officer_2"], Role.WEB_OFFICER)
    rows = RoleGrant.objects.filter(pk=grant.pk)
    for who in ("system_admin", "officer_2"):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(decided_by=world[who].person)


def test_an_administrator_gets_another_role_from_a_second_one_and_the_head_of_the_office(
    client_of: Any, world: dict[str, Any]
):
    """§2.1: and only for a time when he is no administrator any more."""
    admin = world["system_admin"]
    assert propose(client_of, "system_admin", admin, Role.PLAN_OFFICER).status_code == 422
    held = RoleAssignment.objects.get(person=admin.person)
    RoleAssignment.objects.filter(pk=held.pk).update(end=today())
    later = {"start": day(1)}
    assert propose(client_of, "system_admin", admin, Role.PLAN_OFFICER, **later).status_code == 422
    assert propose(client_of, "head_provincial_office", admin, Role.PLAN_OFFICER, **later).status_code == 409
    grant = proposed(client_of, "system_admin_2", admin, Role.PLAN_OFFICER, **later)
    for who in ("system_admin", "system_admin_2", "governor"):
        assert do(client_of(who), ConfirmRole, grant).status_code == 403
    assert do(client_of("head_provincial_office"), ConfirmRole, grant).status_code == 303
    assert RoleAssignment.objects.get(
        person=admin.person, role=Role.PLAN_OFFICER
    ).start == today() + dt.timedelta(1)


@pytest.mark.parametrize(
    ("who", "role", "sentence"),
    [
        ("damrongtham_officer", Role.CENTER_OFFICER, "ผู้รับเรื่องร้องเรียนกับผู้รับผิดชอบสำนวนต้องเป็นคนละคน"),
        ("center_officer", Role.DAMRONGTHAM_OFFICER, "ผู้รับเรื่องร้องเรียนกับผู้รับผิดชอบสำนวนต้องเป็นคนละคน"),
        ("center_officer", Role.IDENTITY_CUSTODIAN, "เพื่อมิให้ผู้ใดเปิดข้อมูลผู้ร้องเรียนได้โดยลำพัง"),
        ("identity_custodian", Role.CENTER_OFFICER, "เพื่อมิให้ผู้ใดเปิดข้อมูลผู้ร้องเรียนได้โดยลำพัง"),
        ("vice_governor", Role.CENTER_OFFICER, "ผู้วินิจฉัยกับผู้รับผิดชอบสำนวนต้องเป็นคนละคน"),
        ("head_agency", Role.SUPPLY_OFFICER, "เจ้าหน้าที่พัสดุกับผู้อนุมัติต้องเป็นคนละคน"),
        ("acting_head", Role.SUPPLY_OFFICER, "เจ้าหน้าที่พัสดุกับผู้อนุมัติต้องเป็นคนละคน"),
        ("auditor", Role.PLAN_OFFICER, "ผู้ตรวจสอบต้องไม่มีบทบาทอื่น"),
        ("plan_officer", Role.SYSTEM_ADMIN, "ผู้ดูแลระบบต้องไม่มีบทบาทหรือตำแหน่งอื่น"),
        ("plan_officer", Role.PLAN_OFFICER, "บุคคลนี้มีบทบาทนี้อยู่แล้ว"),
        ("officer_2", Role.AUDITOR, "ผู้ตรวจสอบต้องมีวันที่สิ้นสุด"),
    ],
)
def test_roles_that_exclude_each_other(
    client_of: Any, world: dict[str, Any], who: str, role: Role, sentence: str
):
    answer = propose(client_of, "system_admin", world[who], role)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not RoleGrant.objects.filter(state=RoleGrant.State.PROPOSED).exists()


def test_what_became_incompatible_since_is_refused_when_it_is_confirmed(
    client_of: Any, world: dict[str, Any]
):
    to = world["officer_2"]
    first = proposed(client_of, "system_admin", to, Role.CENTER_OFFICER)
    second = proposed(client_of, "system_admin", to, Role.IDENTITY_CUSTODIAN)
    assert do(client_of("system_admin_2"), ConfirmRole, first).status_code == 303
    answer = do(client_of("system_admin_2"), ConfirmRole, second)
    assert answer.status_code == 409 and "โดยลำพัง" in answer.content.decode()
    assert not holds(to, Role.IDENTITY_CUSTODIAN)


def test_a_head_proposes_for_the_own_people_and_no_role_of_the_province(
    client_of: Any, world: dict[str, Any]
):
    for to, role in ((world["officer_4"], Role.WEB_OFFICER), (world["officer_2"], Role.SYSTEM_ADMIN)):
        assert propose(client_of, "head_agency", to, role).status_code == 422
    answer = propose(client_of, "head_agency", world["officer_2"], Role.WEB_OFFICER, extent="province")
    assert answer.status_code == 422


def test_a_role_never_begins_before_it_was_given(client_of: Any, world: dict[str, Any]):
    grant = proposed(client_of, "system_admin", world["officer_2"], Role.WEB_OFFICER)
    RoleGrant.objects.filter(pk=grant.pk).update(start=today() - dt.timedelta(days=3))
    do(client_of("system_admin_2"), ConfirmRole, grant)
    assert RoleAssignment.objects.get(person=world["officer_2"].person).start == today()


def test_declined_and_taken_back(client_of: Any, world: dict[str, Any]):
    grant = proposed(client_of, "system_admin", world["officer_2"], Role.WEB_OFFICER)
    assert propose(client_of, "system_admin", world["officer_2"], Role.WEB_OFFICER).status_code == 409
    assert do(client_of("system_admin_2"), DeclineRole, grant, reason=WHY).status_code == 303
    again = proposed(client_of, "system_admin", world["officer_2"], Role.WEB_OFFICER)
    assert do(client_of("system_admin_2"), RetractRole, again).status_code == 403
    assert do(client_of("system_admin"), RetractRole, again).status_code == 303
    assert do(client_of("system_admin_2"), ConfirmRole, again).status_code == 409
    assert not RoleAssignment.objects.filter(person=world["officer_2"].person).exists()


def test_one_person_withdraws_at_once_and_it_is_recorded(client_of: Any, world: dict[str, Any]):
    """Also of a role that was given before the register was opened."""
    grant = RoleGrant.objects.get(person=world["supply_officer"].person)
    assert do(client_of("supervisor"), WithdrawRole, grant, reason=WHY).status_code == 404
    assert do(client_of("head_agency"), WithdrawRole, grant, reason=WHY).status_code == 303
    assert not holds(world["supply_officer"], Role.SUPPLY_OFFICER)
    assert RoleAssignment.objects.get(person=world["supply_officer"].person).end == today() - dt.timedelta(
        days=1
    )
    page = client_of("auditor").get(f"/office/registers/roles/{grant.pk}/").content.decode()
    assert WHY in page and world["head_agency"].person.full_name in page


def test_what_was_given_today_or_for_later_is_gone_when_withdrawn(client_of: Any, world: dict[str, Any]):
    grant = proposed(client_of, "system_admin", world["officer_2"], Role.WEB_OFFICER)
    do(client_of("system_admin_2"), ConfirmRole, grant)
    assert do(client_of("system_admin"), WithdrawRole, grant, reason=WHY).status_code == 303
    assert not holds(world["officer_2"], Role.WEB_OFFICER)
    grant.refresh_from_db()
    assert (grant.state, grant.decided_label[:3]) == (RoleGrant.State.ENDED, "นาง")


def test_the_last_of_a_role_stays(client_of: Any, world: dict[str, Any]):
    keepers = RoleGrant.objects.filter(role=Role.IDENTITY_CUSTODIAN).order_by("person__sort_key")
    *others, last = keepers
    for other in others:
        assert do(client_of("governor"), WithdrawRole, other, reason=WHY).status_code == 303
    answer = do(client_of("governor"), WithdrawRole, last, reason=WHY)
    assert answer.status_code == 409 and "คนสุดท้าย" in answer.content.decode()


def test_who_sees_the_register(client_of: Any, world: dict[str, Any]):
    everything = RoleGrant.objects.count()
    for who in ("system_admin", "governor", "auditor", "head_provincial_office"):
        page = client_of(who).get("/office/registers/roles/")
        assert page.context["shown"].listing.register.rows(page.wsgi_request.actor).count() == everything, who
    page = client_of("head_agency").get("/office/registers/roles/").content.decode()
    assert world["supply_officer"].person.full_name in page
    assert world["plan_officer"].person.full_name not in page
    for who in ("officer", "supervisor", "center_officer", "supply_officer"):
        assert client_of(who).get("/office/registers/roles/").status_code == 404
