"""Through HTTP: set a passphrase, unlock, lock; and a copy of the database that opens nothing."""

import base64
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prongsai import ledger, sealed
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import User
from prongsai.sealed import keys, unlocking
from prongsai.sealed.middleware import UnlockMiddleware
from prongsai.sealed.tests.people import PASSPHRASE, make_user

pytestmark = pytest.mark.django_db
COOKIE = "prongsai_unlock"
WORK = "/office/"


@pytest.fixture
def user() -> User:
    user = make_user("สมชาย")
    sealed.create_keys(user.person, PASSPHRASE)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def unlock(client: Client, passphrase: str = PASSPHRASE, **more: str) -> HttpResponse:
    return client.post(reverse("sealed:unlock"), {"passphrase": passphrase, "next": WORK, **more})


def hand_of(client: Client, user: User) -> sealed.Unlocked | None:
    """What an office view of this browser would get from ``sealed.unlocked``; cookies travel both ways."""
    return visit(client, user, sealed.unlocked)


def visit(client: Client, user: User, view):
    request, seen = HttpRequest(), []
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items() if morsel.value}
    request.actor = Actor.of(user.person)

    def respond(request: HttpRequest) -> HttpResponse:
        seen.append(view(request))
        return HttpResponse()

    response = SessionMiddleware(UnlockMiddleware(respond))(request)
    client.cookies.update(response.cookies)
    return seen[0]


def test_without_keys_the_officer_is_led_to_set_a_passphrase_and_is_then_unlocked() -> None:
    user = make_user("สมศรี")
    client = signed_in(user)
    response = client.get(reverse("sealed:unlock"), {"next": WORK})
    assert response.status_code == 302 and response["Location"].startswith(reverse("sealed:create"))
    form = {"passphrase": PASSPHRASE, "again": PASSPHRASE, "understood": "on", "next": WORK}

    for wrong in ({"again": "อย่างอื่นทั้งหมดเลย"}, {"understood": ""}, {"passphrase": "สั้น", "again": "สั้น"}):
        page = client.post(reverse("sealed:create"), {**form, **wrong})
        assert page.status_code == 200 and page.context["form"].errors
        assert PASSPHRASE not in page.content.decode()
    same_as_sign_in = {"passphrase": "login password 1", "again": "login password 1"}
    assert (
        "passphrase"
        in client.post(reverse("sealed:create"), {**form, **same_as_sign_in}).context["form"].errors
    )
    assert keys.keyholder_of(user.person) is None

    response = client.post(reverse("sealed:create"), form)
    assert response.status_code == 302 and response["Location"] == WORK
    assert hand_of(client, user) is not None
    assert ledger.Entry.objects.get(kind="sealed.create_keys", actor_id=user.person.pk).content["fingerprint"]


def test_the_right_passphrase_unlocks_with_a_strict_cookie(user: User) -> None:
    client = signed_in(user)
    page = client.get(reverse("sealed:unlock"))
    assert "no-store" in page["Cache-Control"]
    envelope = sealed.create_envelope("case", [keys.keyholder_of(user.person)])
    assert hand_of(client, user) is None
    assert unlock(client)["Location"] == WORK
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["max-age"] == 15 * 60
    hand_of(client, user).open(envelope)
    assert ledger.Entry.objects.filter(kind="sealed.unlock", actor_id=user.person.pk).count() == 1


def test_a_wrong_passphrase_says_so_is_recorded_and_locks_after_five(user: User) -> None:
    client = signed_in(user)
    for _ in range(5):
        page = unlock(client, "ผิดผิดผิดผิดผิด")
        assert page.status_code == 200 and COOKIE not in client.cookies
    assert "15" in str(page.context["form"].errors["passphrase"])
    unlock(client)
    assert hand_of(client, user) is None
    refusals = ledger.Entry.objects.filter(kind="sealed.unlock.refused", actor_id=user.person.pk).order_by(
        "id"
    )
    assert [entry.content["reason"] for entry in refusals] == ["WrongPassphrase"] * 4 + ["LockedOut"] * 2


def test_the_database_alone_and_the_cookie_alone_open_nothing(user: User) -> None:
    client = signed_in(user)
    unlock(client)
    hand = hand_of(client, user)
    private = unlocking.OFFICER.take  # the drawer itself, to learn the secret that must be nowhere
    secret = visit(client, user, lambda request: private(request, str(hand.keyholder.pk)))
    assert len(secret) == 32

    everything = _dump_database() + base64.b64decode(client.cookies[COOKIE].value, altchars=b"-_")
    for form in (secret, secret.hex().encode(), base64.b64encode(secret), base64.urlsafe_b64encode(secret)):
        assert form.rstrip(b"=") not in everything

    thief = signed_in(user)  # has the session's row (and even its cookie), not the key of the drawer
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert hand_of(thief, user) is None
    thief.cookies[COOKIE] = base64.urlsafe_b64encode(bytes(32)).decode()
    assert hand_of(thief, user) is None
    assert hand_of(client, user) is not None  # and trying took nothing from the officer

    other = signed_in(user)  # has the cookie, in another session
    other.cookies[COOKIE] = client.cookies[COOKIE].value
    assert hand_of(other, user) is None


def _dump_database() -> bytes:
    """Every row of every table of this room and of the sessions, with sessions decoded."""
    dump = [str(session.get_decoded()).encode() for session in Session.objects.all()]
    with connection.cursor() as cursor:
        for table in (
            "sealed_keyholder",
            "sealed_grant",
            "sealed_envelope",
            "django_session",
            "ledger_entry",
        ):
            cursor.execute(f"SELECT * FROM {table}")
            for row in cursor.fetchall():
                dump += [bytes(v) if isinstance(v, memoryview) else str(v).encode() for v in row]
    return b"\n".join(dump)


def test_fifteen_minutes_without_use_and_it_is_over(user: User) -> None:
    client = signed_in(user)
    start = timezone.now()
    with time_machine.travel(start):
        unlock(client)
    with time_machine.travel(start + timedelta(minutes=14)):
        assert hand_of(client, user) is not None  # use renews the time
    with time_machine.travel(start + timedelta(minutes=28)):
        assert hand_of(client, user) is not None
    with time_machine.travel(start + timedelta(minutes=44)):
        assert hand_of(client, user) is None


def test_lock_and_sign_out_put_the_key_away(user: User) -> None:
    client = signed_in(user)
    unlock(client)
    kept = client.cookies[COOKIE].value
    assert client.get(reverse("sealed:lock")).status_code == 405
    client.post(reverse("sealed:lock"), {"next": WORK})
    assert not client.cookies[COOKIE].value
    client.cookies[COOKIE] = kept
    assert hand_of(client, user) is None

    unlock(client)
    session = client.cookies["sessionid"].value
    client.logout()
    assert not Session.objects.filter(session_key=session).exists()


def test_replaced_keys_and_another_person_do_not_use_what_is_in_hand(user: User) -> None:
    client = signed_in(user)
    unlock(client)
    stranger = make_user("สมศรี")
    sealed.create_keys(stranger.person, PASSPHRASE)
    assert hand_of(client, stranger) is None
    sealed.retire_keys(keys.keyholder_of(user.person))
    assert hand_of(client, user) is None


def test_the_passphrase_is_changed_on_its_page(user: User) -> None:
    client = signed_in(user)
    new = "กุหลาบแดงสิบสองดอก"
    form = {"old": "ผิดผิดผิดผิดผิด", "passphrase": new, "again": new, "next": WORK}
    assert "old" in client.post(reverse("sealed:change"), form).context["form"].errors
    assert client.post(reverse("sealed:change"), {**form, "old": PASSPHRASE}).status_code == 302
    unlock(client)
    assert hand_of(client, user) is None
    unlock(client, new)
    assert hand_of(client, user) is not None


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_next_stays_on_this_site(user: User, target: str, settings) -> None:
    settings.LOGIN_REDIRECT_URL = WORK
    assert unlock(signed_in(user), next=target)["Location"] == WORK


def test_strangers_and_accounts_without_a_person_are_kept_out(settings) -> None:
    settings.LOGIN_URL = "/accounts/login/"
    for name in ("unlock", "create", "change"):
        assert Client().get(reverse(f"sealed:{name}")).status_code == 302
    loose = User.objects.create_user("loose@example.test", "login password 1")
    assert signed_in(loose).get(reverse("sealed:unlock")).status_code == 403


def test_a_complainants_key_is_in_hand_after_the_code(user: User) -> None:
    code = sealed.new_code()
    client = signed_in(user)
    visit(client, user, lambda request: sealed.unlock_tracker(request, code.lower()))
    tracker = visit(client, user, sealed.tracked)
    assert tracker.public_key == bytes(sealed.tracker_key(code).public_key)
    assert hand_of(client, user) is None  # the two drawers are apart
    visit(client, user, sealed.lock_tracker)
    assert visit(client, user, sealed.tracked) is None
