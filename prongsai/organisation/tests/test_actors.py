"""What somebody may be, on a day."""

from datetime import date

import pytest

from prongsai.organisation.actors import Actor
from prongsai.organisation.holders import holders
from prongsai.organisation.models import ActingAppointment, Post, RoleAssignment, Tenure
from prongsai.organisation.roles import Role
from prongsai.organisation.tests.building import START, a_person, a_post, an_agency

BEFORE, FIRST, LAST, AFTER = (date(2021, 5, day) for day in (2, 3, 7, 8))


def acting(post, person, **fields):
    values = {"kind": "acting_for", "order_no": "ชม 12/2564", "start": FIRST, "end": LAST} | fields
    return ActingAppointment.objects.create(post=post, person=person, **values)


def test_an_acting_head_is_head_within_the_dates_of_the_order(agency, province):
    head, deputy, post = a_person(agency), a_person(agency, first_name="สมชาย"), a_post(agency)
    Tenure.objects.create(post=post, person=head, start=START)
    acting(post, deputy)
    for day, expected in ((BEFORE, False), (FIRST, True), (LAST, True), (AFTER, False)):
        actor = Actor.of(deputy, day)
        assert actor.has("head_agency", agency_id=agency.pk) is expected
        assert ("รักษาราชการแทนปศุสัตว์จังหวัดทดสอบ" in actor.label) is expected
        assert (deputy in holders("head_agency", province, agency_id=agency.pk, on=day)) is expected
    on_duty = Actor.of(deputy, FIRST)
    assert on_duty.label == "นายสมชาย ทดสอบ ตำแหน่ง นักวิชาการ รักษาราชการแทนปศุสัตว์จังหวัดทดสอบ"
    assert on_duty.acting_note("head_agency", agency.pk) == "รักษาราชการแทนปศุสัตว์จังหวัดทดสอบ ตามคำสั่งที่ ชม 12/2564"
    assert not on_duty.has("head_agency", agency_id=an_agency(province).pk)
    # The head himself shows his post, and acts for nobody.
    assert Actor.of(head, FIRST).label.endswith("ตำแหน่ง ปศุสัตว์จังหวัดทดสอบ")
    assert Actor.of(head, FIRST).acting_note("head_agency", agency.pk) == ""


def test_an_order_for_some_measures_gives_no_more(agency, province):
    deputy, post = a_person(agency), a_post(agency)
    acting(post, deputy, kind="on_behalf", measures=["M5.2", "M1"])
    actor = Actor.of(deputy, FIRST)
    assert actor.has("head_agency", agency.pk, clause="M5.2.1")
    assert actor.has("head_agency", agency.pk, clause="M1")
    assert not actor.has("head_agency", agency.pk, clause="M5.21")
    assert not actor.has("head_agency", agency.pk)
    assert not holders("head_agency", province, on=FIRST).exists()


def test_governor_and_vice_governor(agency, province):
    other = an_agency(province)
    governor, vice = a_person(agency), a_person(agency)
    Tenure.objects.create(post=a_post(agency, Post.Kind.GOVERNOR), person=governor, start=START)
    post = a_post(agency, Post.Kind.VICE_GOVERNOR)
    Tenure.objects.create(post=post, person=vice, start=START)
    assert Actor.of(governor).has("governor", agency_id=other.pk)
    assert Actor.of(governor).agencies("governor") is None
    assert not Actor.of(vice).has("vice_governor", agency_id=other.pk)
    post.in_charge_of.add(other)
    assert Actor.of(vice).agencies("vice_governor") == {other.pk}
    assert list(holders("vice_governor", province, agency_id=other.pk)) == [vice]


def test_roles_of_the_staff_list(agency):
    head = a_person(agency)
    officer = a_person(agency, supervisor=head, end=date(2022, 9, 30))
    outsider = a_person(agency, staff_type="")
    assert Actor.of(head, START).has("supervisor", agency.pk)
    # A subordinate who has left is supervised no longer, and has no role himself.
    assert not Actor.of(head, date(2022, 10, 1)).has("supervisor")
    assert Actor.of(officer, START).has("officer", agency.pk)
    assert Actor.of(officer, date(2022, 10, 1)).roles == frozenset()
    assert Actor.of(outsider).roles == frozenset()


def test_an_administrator_is_nothing_else(agency):
    person = a_person(agency)
    a_person(agency, supervisor=person)
    Tenure.objects.create(post=a_post(agency), person=person, start=START)
    RoleAssignment.objects.create(person=person, role=Role.SYSTEM_ADMIN, start=START)
    assert {held.role for held in Actor.of(person).roles} == {"system_admin"}


def test_an_actor_takes_one_query(agency, django_assert_max_num_queries):
    person = a_person(agency)
    acting(a_post(agency), person, end=None)
    RoleAssignment.objects.create(person=person, role=Role.SUPPLY_OFFICER, agency=agency, start=START)
    with django_assert_max_num_queries(1):
        actor = Actor.of(person)
        assert actor.label
        assert actor.has("supply_officer", agency.pk)
        assert actor.agency == agency


@pytest.mark.parametrize("agency_wide", [True, False])
def test_holders_are_those_who_have_the_role(agency, province, agency_wide):
    elsewhere = an_agency(province)
    person = a_person(agency)
    scope = agency if agency_wide else None
    RoleAssignment.objects.create(person=person, role=Role.CENTER_OFFICER, agency=scope, start=START)
    left = a_person(agency, end=START)
    RoleAssignment.objects.create(person=left, role=Role.CENTER_OFFICER, agency=scope, start=START)
    assert list(holders("center_officer", province)) == [person]
    for asked in (agency, elsewhere):
        found = holders("center_officer", province, agency_id=asked.pk).exists()
        assert found is Actor.of(person).has("center_officer", asked.pk)
