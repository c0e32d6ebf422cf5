"""Signing in and out, as a person does it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from prongsai.organisation.models import User
from prongsai.organisation.periods import today
from prongsai.organisation.tests.building import PASSWORD, a_person, an_account

WRONG = "อีเมลหรือรหัสผ่านไม่ถูกต้อง"


@pytest.fixture
def person(agency):
    return a_person(agency, first_name="สมชาย")


@pytest.fixture
def account(person):
    return an_account(person)


def sign_in(client, email="somchai@example.go.th", password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def signed_in_as(client) -> str:
    """The label of whoever the browser is, as the server sees it on any page."""
    return client.get(reverse("account_login"), follow=False).wsgi_request.actor.label


def test_sign_in_and_out(client, account):
    page = client.get(reverse("account_login"))
    assert "เข้าสู่ระบบสำหรับเจ้าหน้าที่" in page.content.decode()
    answer = sign_in(client, "  Somchai@Example.go.th ")
    assert answer.status_code == 302
    assert answer.url == reverse("office:my-work")
    assert signed_in_as(client) == "นายสมชาย ทดสอบ ตำแหน่ง นักวิชาการ"
    assert "ต้องการออกจากระบบหรือไม่" in client.get(reverse("account_logout")).content.decode()
    assert client.post(reverse("account_logout")).url == reverse("portal:home")
    assert signed_in_as(client) == "ประชาชน"


def test_a_wrong_password_and_an_unknown_address_answer_alike(client, account):
    wrong = sign_in(client, password="not the password")
    unknown = sign_in(client, email="nobody@example.go.th")
    for answer in (wrong, unknown):
        assert answer.status_code == 200
        assert answer.context["form"].non_field_errors() == [WRONG]
    assert signed_in_as(client) == "ประชาชน"


@pytest.mark.parametrize("why", ["ended", "not yet begun", "account closed"])
def test_whoever_left_cannot_sign_in(client, person, account, why):
    yesterday, tomorrow = today() - timedelta(days=1), today() + timedelta(days=1)
    if why == "account closed":
        User.objects.update(is_active=False)
    else:
        type(person).objects.update(**({"end": yesterday} if why == "ended" else {"start": tomorrow}))
    answer = sign_in(client)
    assert answer.url == reverse("account_inactive")
    assert "บัญชีนี้ปิดใช้งานแล้ว" in client.get(answer.url).content.decode()
    assert signed_in_as(client) == "ประชาชน"
    # Without the password nobody learns that the account is closed.
    assert sign_in(client, password="not the password").context["form"].non_field_errors() == [WRONG]


def test_whoever_leaves_is_out_at_the_next_click(client, person, account):
    sign_in(client)
    type(person).objects.update(end=today() - timedelta(days=1))
    assert signed_in_as(client) == "ประชาชน"


def test_five_wrong_passwords_make_one_account_wait_but_not_the_office(client, account, agency):
    an_account(a_person(agency), "other@example.go.th")
    for _ in range(5):
        sign_in(client, password="not the password")
    assert "กรุณารอ 5 นาที" in sign_in(client).context["form"].non_field_errors()[0]
    assert sign_in(client, "other@example.go.th").status_code == 302


def test_change_of_password(client, account):
    sign_in(client)
    url = reverse("account_change_password")
    new = "ปลาทูตากแห้งสิบสองตัว"
    too_short = client.post(url, {"oldpassword": PASSWORD, "password1": "สั้น", "password2": "สั้น"})
    assert too_short.context["form"].errors["password1"] == ["รหัสผ่านสั้นเกินไป ต้องมีอย่างน้อย 12 ตัวอักษร"]
    differing = client.post(url, {"oldpassword": PASSWORD, "password1": new, "password2": f"{new} "})
    assert differing.context["form"].errors["password2"] == ["รหัสผ่านใหม่ทั้งสองช่องไม่ตรงกัน"]
    wrong = client.post(url, {"oldpassword": "x" * 12, "password1": new, "password2": new})
    assert wrong.context["form"].errors["oldpassword"] == ["รหัสผ่านปัจจุบันไม่ถูกต้อง"]
    assert client.post(url, {"oldpassword": PASSWORD, "password1": new, "password2": new}).status_code == 302
    client.post(reverse("account_logout"))
    assert sign_in(client).status_code == 200
    assert sign_in(client, password=new).status_code == 302


def test_an_account_without_a_person_has_no_rights(client, db):
    an_account(None)
    sign_in(client)
    actor = client.get(reverse("account_login")).wsgi_request.actor
    assert actor.kind == "anonymous"
    assert actor.roles == frozenset()


def test_a_page_of_a_stranger_asks_for_the_province_once(client, province, django_assert_max_num_queries):
    client.get(reverse("account_login"))
    with django_assert_max_num_queries(0):
        client.get(reverse("account_login"))
