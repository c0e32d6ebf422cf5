"""Guessing is stopped, an office is not; and every failure is recorded without what was typed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from prongsai.organisation.sample import SAMPLE_PASSWORD
from prongsai.signin import limits, upkeep
from prongsai.signin.models import Counter
from prongsai.signin.tests.hands import account, code, enrol, entries, is_in, signed_in, type_password, words

pytestmark = pytest.mark.django_db
WRONG = "not the password of anybody"


def refusals(what: str, user) -> list:
    return [e.content for e in entries(f"signin.{what}.refused", subject_id=str(user.pk))]


def test_C02_the_sixth_attempt_waits_and_says_how_long(world, later):
    stranger = Client()
    for _ in range(5):
        assert "อีเมลหรือรหัสผ่านไม่ถูกต้อง" in words(type_password(stranger, "officer", WRONG))
    waits = words(type_password(stranger, "officer"))
    assert "กรุณารอ 5 นาที" in waits and f'value="{account("officer")}"' in waits
    with later(minutes=4, seconds=30):
        assert "วินาทีแล้วลองใหม่" in words(type_password(stranger, "officer"))
    with later(minutes=5, seconds=1):
        assert type_password(stranger, "officer").status_code == 302


def test_C02_the_office_behind_the_same_address_goes_on(world):
    for _ in range(7):
        type_password(Client(), "officer", WRONG)
    assert type_password(Client(), "officer_2").status_code == 302


def test_a_stranger_cannot_lock_somebody_out_of_the_own_browser(world):
    own = signed_in("officer")
    own.post(reverse("account_logout"))
    for _ in range(6):
        type_password(Client(), "officer", WRONG)
    assert "กรุณารอ" in words(type_password(Client(), "officer"))
    assert type_password(own, "officer").status_code == 302


def test_right_passwords_do_not_count(world):
    for _ in range(12):
        assert type_password(Client(), "officer").status_code == 302


def test_an_address_that_tries_a_list_of_accounts_is_stopped(world, settings, monkeypatch):
    monkeypatch.setattr(limits, "ADDRESS", limits.Limit("address", 8, 60))
    for number in range(8):
        assert "ไม่ถูกต้อง" in words(type_password(Client(), f"nobody-{number}", WRONG))
    assert "กรุณารอ" in words(type_password(Client(), "officer_2"))
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert type_password(elsewhere, "officer_2").status_code == 302


def test_an_unknown_account_waits_like_a_known_one(world):
    answers = []
    for key in ("officer", "nobody-at-all"):
        answers.append([words(type_password(Client(), key, WRONG)) for _ in range(7)])
    said = [["กรุณารอ" in page for page in pages] for pages in answers]
    assert said[0] == said[1] == [False] * 5 + [True] * 2


def test_failures_are_in_the_ledger_without_what_was_typed(world):
    user = world["officer"]
    for _ in range(8):
        type_password(Client(), "officer", WRONG)
    assert [content.get("reason") for content in refusals("password", user)] == [None] * 5 + ["too_many"]
    mistaken = {"login": "typed-by-mistake@example.go.th", "password": WRONG}
    Client().post(reverse("account_login"), mistaken)
    last = entries("signin.password.refused").last()
    assert (last.subject_id, last.actor_id) == ("", None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(e::text, '') FROM ledger_entry e WHERE kind LIKE 'signin.%%'")
        (everything,) = cursor.fetchone()
    for typed in (WRONG, SAMPLE_PASSWORD, "typed-by-mistake", account("officer"), "127.0.0.1"):
        assert typed not in everything


def test_wrong_codes_are_counted_and_recorded(world):
    secret = enrol(signed_in("officer"))
    client = Client()
    type_password(client, "officer")
    url = reverse("mfa_authenticate")
    wrong = f"{(int(code(secret)) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert "รหัสไม่ถูกต้อง" in words(client.post(url, {"code": wrong}))
    assert "กรุณารอ 5 นาที" in words(client.post(url, {"code": code(secret, 1)}))
    assert not is_in(client)
    found = refusals("second_factor", world["officer"])
    assert [content.get("reason") for content in found] == [None] * 5 + ["too_many"]


def test_a_wrong_password_of_a_closed_account_says_no_more_than_any(world):
    user = world["officer"]
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert "อีเมลหรือรหัสผ่านไม่ถูกต้อง" in words(type_password(Client(), "officer", WRONG))
    assert type_password(Client(), "officer").url == reverse("account_inactive")
    assert len(refusals("closed_account", user)) == 1


def test_ended_windows_are_swept(world, later):
    type_password(Client(), "officer", WRONG)
    upkeep.sweep()
    assert Counter.objects.exists()
    with later(minutes=6):
        upkeep.sweep()
    assert not Counter.objects.exists()


@pytest.mark.django_db(transaction=True, available_apps=["prongsai.signin"])
def test_attempts_at_the_same_moment_do_not_pass_together():
    """Twenty at once, each on a connection of its own: five are looked at."""

    def one(_number: int) -> bool:
        try:
            limits.attempt(account="at once", address="198.51.100.9")
        except limits.TooMany:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(20) as pool:
        passed = sum(pool.map(one, range(20)))
    assert passed == limits.ACCOUNT.most
