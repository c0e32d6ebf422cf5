"""What the database itself refuses about people and posts, whoever writes."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from prongsai.organisation.models import Person, Tenure
from prongsai.organisation.tests.building import START, a_person, a_post, an_agency


def test_a_post_has_one_holder_on_a_day(agency):
    post, first, second = a_post(agency), a_person(agency), a_person(agency)
    Tenure.objects.create(post=post, person=first, start=START, end=date(2021, 9, 30))
    overlapping = Tenure(post=post, person=second, start=date(2021, 9, 30))
    with pytest.raises(IntegrityError, match="tenure_one_holder_per_post"), transaction.atomic():
        Tenure.objects.bulk_create([overlapping])
    with pytest.raises(ValidationError, match="มีผู้ดำรงตำแหน่งอยู่แล้ว"):
        overlapping.full_clean()
    # The day after the last one is free.
    Tenure.objects.create(post=post, person=second, start=date(2021, 10, 1))


def test_supervisors_never_form_a_circle(agency):
    top = a_person(agency)
    middle = a_person(agency, supervisor=top)
    low = a_person(agency, supervisor=middle)
    with pytest.raises(IntegrityError, match="circle"), transaction.atomic():
        Person.objects.filter(pk=top.pk).update(supervisor=low)
    with pytest.raises(IntegrityError, match="circle"), transaction.atomic():
        Person.objects.filter(pk=top.pk).update(supervisor=top)
    top.supervisor = low
    with pytest.raises(ValidationError, match="วนกลับมา"):
        top.full_clean()
    Person.objects.filter(pk=low.pk).update(supervisor=top)


def test_C34_G17_people_and_agencies_are_never_deleted(agency):
    person = a_person(agency)
    for record in (person, agency):
        with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
            type(record).objects.filter(pk=record.pk)._raw_delete("default")


def test_G45_history_keeps_bulk_changes_too(agency):
    person = a_person(agency, last_name="เดิม")
    Person.objects.filter(pk=person.pk).update(last_name="ใหม่")
    names = person.events.order_by("pgh_id").values_list("last_name", flat=True)
    assert list(names) == ["เดิม", "ใหม่"]
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        person.events.update(last_name="ลบร่องรอย")


def test_people_stand_where_the_name_of_their_agency_puts_them(province, agency):
    other = an_agency(province, name_th="อำเภอท้ายสุด")
    person = a_person(agency)

    def key():
        return Person.objects.values_list("agency_sort_key", flat=True).get(pk=person.pk)

    assert key() == agency.sort_key
    agency.name_th = "สำนักงานใหม่"
    agency.save()
    assert key() == agency.sort_key
    Person.objects.filter(pk=person.pk).update(agency=other, agency_sort_key="เดา")
    assert key() == other.sort_key
    person.save()  # back to the agency that it still holds
    assert key() == agency.sort_key
    # That an agency has another name is no event in the history of its people.
    assert person.events.count() == 3
