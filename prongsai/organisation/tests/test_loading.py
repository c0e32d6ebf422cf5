"""The packaged data, loaded as an installation does it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from prongsai.organisation.actors import Actor
from prongsai.organisation.holders import holders
from prongsai.organisation.loading import (
    LoadingError,
    load_agencies_standard,
    load_places,
    load_province,
)
from prongsai.organisation.models import Agency, Person, Place, Post, User
from prongsai.organisation.provinces import current_province
from prongsai.organisation.roles import Role
from prongsai.organisation.sample import SAMPLE_PASSWORD, load_sample_people
from prongsai.organisation.tests.building import a_person, a_province, an_agency

pytestmark = pytest.mark.django_db


def test_places_agencies_and_sample_people():
    assert load_places() == load_places() == Place.objects.count()
    districts = Place.objects.filter(parent_id="50")
    assert [place.code for place in districts] == [f"50{n:02}" for n in range(1, 26)]
    assert Place.objects.filter(parent__in=districts).count() == 204
    assert Place.objects.get(pk="5025").name_th == "กัลยาณิวัฒนา"

    province = load_province("50", is_sample=True)
    assert load_agencies_standard(province) == Agency.objects.count()
    edited = province.agencies.get(code="DOAE")
    Agency.objects.filter(pk=edited.pk).update(name_th="แก้ไขแล้ว")
    assert load_agencies_standard(load_province("50")) == 0
    assert Agency.objects.get(pk=edited.pk).name_th == "แก้ไขแล้ว"
    assert current_province().is_sample
    assert province.agencies.filter(kind=Agency.Kind.DISTRICT).count() == 25
    assert province.agencies.get(function=Agency.Function.ANTICORRUPTION_CENTRE).parent.code == "PO-HR"
    assert not Agency.objects.filter(name_th__contains="{").exists()
    assert Post.objects.filter(kind=Post.Kind.AGENCY_HEAD, title_th="นายอำเภอกัลยาณิวัฒนา").exists()

    users = load_sample_people(province)
    assert load_sample_people(province).keys() == users.keys()
    assert User.objects.count() == Person.objects.count() == len(users)
    assert users["governor"].check_password(SAMPLE_PASSWORD)
    assert {person.staff_type for person in Person.objects.all()} >= set(Person.StaffType)
    for role in Role:
        found = holders(role, province)
        assert found, role
        assert all(Actor.of(person).has(role) for person in found)
        assert all(person.full_name.endswith("(ตัวอย่าง)") for person in found)
    assert len(holders(Role.IDENTITY_CUSTODIAN, province)) == 3
    assert not set(holders(Role.IDENTITY_CUSTODIAN, province)) & set(holders(Role.CENTER_OFFICER, province))


def test_invented_people_stay_out_of_a_real_province():
    with pytest.raises(ValueError, match="sample"):
        load_sample_people(a_province(is_sample=False))
    assert not Person.objects.exists()
    a_person(an_agency(current_province()))
    with pytest.raises(LoadingError, match="real people"):
        load_province("50", is_sample=True)


def test_which_province_this_is(settings):
    assert current_province() is None
    first = a_province("50")
    assert current_province() == first
    second = a_province("57")
    with pytest.raises(ImproperlyConfigured, match="PRONGSAI_PROVINCE"):
        current_province()
    settings.PRONGSAI_PROVINCE = "57"
    assert current_province() == second


def test_a_province_without_a_data_file_is_named():
    with pytest.raises(LoadingError, match="50"):
        load_province("99")
