"""Grave acts ask who is there, and nothing that was typed is lost on the way."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.acts.registry import all_acts
from prongsai.ledger.models import Entry
from prongsai.organisation.sample import SAMPLE_PASSWORD
from prongsai.signin.sudo import FIELD
from prongsai.signin.tests.hands import code, enrol, entries, signed_in, words
from prongsai.workdays.models import Holiday

pytestmark = pytest.mark.django_db

SOURCE = "มติคณะรัฐมนตรี ลงวันที่ ๑ พฤศจิกายน ๒๕๖๙ เรื่องวันหยุดราชการ"
WITHDRAW = "compliance.withdraw_holiday"


@pytest.fixture
def admin(world) -> Client:
    return signed_in("system_admin")


@pytest.fixture
def typed(admin) -> dict[str, str]:
    choices = admin.get(reverse("office:make", args=[WITHDRAW])).context["form"].fields["holiday"].queryset
    return {"holiday": str(choices[0].pk), "source": SOURCE}


def send(client: Client, typed: dict[str, str], **proof: str):
    return client.post(reverse("office:make", args=[WITHDRAW]), {**typed, **proof})


def is_withdrawn(typed: dict[str, str]) -> bool:
    return Holiday.objects.get(pk=typed["holiday"]).is_cancelled


def test_right_after_signing_in_nothing_is_asked(admin, typed):
    assert FIELD not in words(admin.get(reverse("office:make", args=[WITHDRAW])))
    assert send(admin, typed).status_code == 303
    assert is_withdrawn(typed)


def test_C07_later_the_form_itself_asks_and_keeps_what_was_typed(admin, typed, later):
    with later(minutes=16):
        assert FIELD in words(admin.get(reverse("office:make", args=[WITHDRAW])))
        for proof in ({}, {FIELD: ""}, {FIELD: "not the password"}):
            answer = send(admin, typed, **proof)
            assert answer.status_code == 422
            assert SOURCE in words(answer)
            assert "not the password" not in words(answer)
        assert not is_withdrawn(typed)
        assert send(admin, typed, **{FIELD: SAMPLE_PASSWORD}).status_code == 303
        assert is_withdrawn(typed)
        # And for the next while it is fresh again.
        assert FIELD not in words(admin.get(reverse("office:make", args=[WITHDRAW])))
    assert SAMPLE_PASSWORD not in str(Entry.objects.filter(kind=WITHDRAW).latest("pk").content)


def test_a_right_proof_is_kept_while_another_field_is_wrong(admin, typed, later):
    with later(minutes=16):
        answer = send(admin, {**typed, "source": ""}, **{FIELD: SAMPLE_PASSWORD})
        assert answer.status_code == 422
        assert FIELD not in words(answer)
        assert send(admin, typed).status_code == 303


def test_wrong_proofs_are_counted_and_recorded(world, admin, typed, later):
    user = world["system_admin"]
    with later(minutes=16):
        for _ in range(5):
            send(admin, typed, **{FIELD: "not the password"})
        assert "กรุณารอ" in words(send(admin, typed, **{FIELD: SAMPLE_PASSWORD}))
    refused = entries("signin.password.refused", subject_id=str(user.pk))
    assert {entry.actor_id for entry in refused} == {user.person.pk}
    assert not is_withdrawn(typed)


def test_with_an_authenticator_app_the_code_is_asked(admin, typed, later):
    secret = enrol(admin)
    with later(minutes=16):
        answer = send(admin, typed, **{FIELD: SAMPLE_PASSWORD})
        assert "รหัสจากแอปยืนยันตัวตน" in words(answer)
        assert not is_withdrawn(typed)
        assert send(admin, typed, **{FIELD: code(secret)}).status_code == 303
    assert is_withdrawn(typed)


def test_an_act_that_is_not_grave_does_not_ask(admin, later):
    with later(minutes=16):
        assert FIELD not in words(admin.get(reverse("office:make", args=["compliance.add_holiday"])))


def test_what_is_grave_follows_from_the_declaration():
    assert {"complaints.request_reveal", "complaints.allow_reveal", WITHDRAW} <= {
        act.key() for act in all_acts() if act.needs_proof()
    }


def test_second_factors_are_changed_only_after_a_fresh_proof(admin, later):
    with later(minutes=16):
        answer = admin.get(reverse("mfa_activate_totp"))
        assert answer.url.startswith(reverse("account_reauthenticate"))
        assert "ยืนยันว่าเป็นท่าน" in words(admin.get(answer.url))
        back = admin.post(answer.url, {"password": SAMPLE_PASSWORD})
        assert back.url == reverse("mfa_activate_totp")
        assert admin.get(back.url).status_code == 200
