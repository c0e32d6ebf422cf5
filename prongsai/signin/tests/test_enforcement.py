"""Whoever must have a second factor can do nothing but get one."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from prongsai.organisation.models import Province
from prongsai.organisation.provinces import forget_province
from prongsai.signin.tests.hands import code, enrol, is_in, signed_in, type_password, words

pytestmark = pytest.mark.django_db

MUST = ["governor", "vice_governor", "center_officer", "identity_custodian", "system_admin"]
NEED_NOT = ["officer", "head_agency", "damrongtham_officer", "auditor"]


@pytest.fixture
def real_province(world):
    """The same people in a province that is no sample."""
    Province.objects.filter(pk="50").update(is_sample=False)
    forget_province()
    yield
    forget_province()


@pytest.mark.parametrize("key", MUST)
def test_G35_they_can_do_nothing_before(real_province, key):
    client = signed_in(key)
    for name in ("office:my-work", "office:registers", "portal:home", "sealed:create", "account_sessions"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer.url) == (303, reverse("mfa_index"))
    assert client.post(reverse("office:notices-read")).url == reverse("mfa_index")
    assert "โปรดเพิ่มแอปยืนยันตัวตนหรือพาสคีย์" in words(client.get(reverse("mfa_index")))
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200


def test_enrolling_opens_the_office_and_signing_out_was_always_possible(real_province):
    client = signed_in("center_officer")
    assert client.post(reverse("account_logout")).status_code == 302
    client = signed_in("center_officer")
    enrol(client)
    assert is_in(client)


@pytest.mark.parametrize("key", NEED_NOT)
def test_others_may_work_without(real_province, key):
    assert is_in(signed_in(key))


def test_the_last_factor_cannot_be_taken_off(real_province):
    client = signed_in("system_admin")
    enrol(client)
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert "โปรดเพิ่มวิธีอื่นก่อน" in words(answer)
    assert Authenticator.objects.filter(type="totp").exists()


def test_a_role_given_later_counts_at_the_next_click(real_province, world):
    from prongsai.organisation.models import RoleAssignment
    from prongsai.organisation.periods import today

    client = signed_in("officer")
    assert is_in(client)
    person = world["officer"].person
    RoleAssignment.objects.create(person=person, role="center_officer", agency=person.agency, start=today())
    assert not is_in(client)


def test_G35_a_sample_province_does_not_force_and_says_so(world, settings):
    anyone = Client()
    assert "จังหวัดตัวอย่าง" in words(anyone.get(reverse("account_login")))
    client = signed_in("center_officer")
    assert is_in(client)
    assert "จังหวัดตัวอย่าง" in words(client.get(reverse("mfa_index")))
    settings.SECOND_FACTOR = "always"
    assert not is_in(client)
    assert "มิได้บังคับ" not in words(anyone.get(reverse("account_login")))


def test_signing_in_with_the_factor_goes_straight_to_work(real_province):
    client = signed_in("governor")
    secret = enrol(client)
    client.post(reverse("account_logout"))
    type_password(client, "governor")
    assert client.post(reverse("mfa_authenticate"), {"code": code(secret, 1)}).url == reverse(
        "office:my-work"
    )
    assert is_in(client)
