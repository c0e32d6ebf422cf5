"""An authenticator app and recovery codes, through the pages."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from prongsai.notices.models import Notice
from prongsai.signin.commands import remove_factors
from prongsai.signin.tests.hands import code, enrol, entries, is_in, signed_in, type_password, words
from prongsai.thai.digits import to_thai

pytestmark = pytest.mark.django_db


def second_step(client: Client, typed: str):
    return client.post(reverse("mfa_authenticate"), {"code": typed})


def test_with_an_app_the_password_alone_is_not_enough(world):
    client = signed_in("officer")
    secret = enrol(client)
    client.post(reverse("account_logout"))
    assert type_password(client, "officer").url == reverse("mfa_authenticate")
    assert not is_in(client)
    assert "รหัสยืนยันตัวตน" in words(client.get(reverse("mfa_authenticate")))
    answer = second_step(client, to_thai(code(secret, 1)))
    assert answer.url == reverse("office:my-work")
    assert is_in(client)


def test_a_code_is_taken_once_also_from_another_browser(world):
    secret = enrol(signed_in("officer"))
    typed = code(secret, 1)
    first, second = Client(), Client()
    for client in (first, second):
        type_password(client, "officer")
    assert second_step(first, typed).status_code == 302
    assert "รหัสไม่ถูกต้องหรือใช้ไปแล้ว" in words(second_step(second, typed))
    assert not is_in(second)


def test_the_secret_stands_nowhere_in_the_database(world):
    client = signed_in("officer")
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret

    def stored() -> str:
        sessions = [json.dumps(one.get_decoded()) for one in Session.objects.all()]
        return "\n".join(sessions + [json.dumps(one.data) for one in Authenticator.objects.all()])

    assert secret not in stored()
    client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert secret not in stored()
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code(secret, 1))


def test_recovery_codes_are_shown_once_and_each_works_once(world):
    client = signed_in("officer")
    enrol(client)
    page = words(client.get(reverse("mfa_view_recovery_codes")))
    codes = re.findall(r"<code>(\d{4} \d{4})</code>", page)
    assert len(set(codes)) == 10
    (link,) = re.findall(r'download="recovery-codes.txt" href="data:text/plain;charset=utf-8,([^"]*)"', page)
    assert all(one in unquote(link) for one in codes)
    again = words(client.get(reverse("mfa_view_recovery_codes")))
    assert "ไม่แสดงซ้ำ" in again
    assert not re.search(r"\d{4} \d{4}", again)

    client.post(reverse("account_logout"))
    type_password(client, "officer")
    assert second_step(client, codes[3]).status_code == 302
    other = Client()
    type_password(other, "officer")
    assert second_step(other, codes[3]).status_code == 200
    assert not is_in(other)


def test_what_changes_is_recorded_and_told(world, django_capture_on_commit_callbacks):
    client = signed_in("officer")
    with django_capture_on_commit_callbacks(execute=True):
        enrol(client)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    person = world["officer"].person
    kinds = entries("signin.factor_added", actor_id=person.pk).count()
    assert kinds == 2  # the app, and the recovery codes that came with it
    assert entries("signin.factor_removed", actor_id=person.pk).exists()
    told = Notice.objects.filter(recipient=person, kind="signin.factor_added")
    assert "มีการเพิ่มแอปยืนยันตัวตน" in told.order_by("pk")[0].text


def test_a_new_factor_ends_sessions_that_a_password_alone_has_opened(
    world, django_capture_on_commit_callbacks
):
    thief, owner = signed_in("officer"), signed_in("officer")
    assert is_in(thief)
    with django_capture_on_commit_callbacks(execute=True):
        enrol(owner)
    assert is_in(owner)
    assert not is_in(thief)


def test_the_picture_is_drawn_here(world):
    page = words(signed_in("officer").get(reverse("mfa_activate_totp")))
    assert re.search(r'<img src="data:image/svg\+xml;base64,', page)
    assert "http" not in "".join(re.findall(r'<img src="([^"]*)"', page))


def test_an_operator_helps_whoever_has_lost_everything(world):
    client = signed_in("officer")
    enrol(client)
    assert remove_factors(world["officer"].email) == 2
    assert not is_in(client)
    assert type_password(Client(), "officer").url == reverse("office:my-work")
    (entry,) = entries("signin.factors_removed_by_operator", subject_id=str(world["officer"].pk))
    assert (entry.actor_id, entry.content["taken"]) == (None, 2)
