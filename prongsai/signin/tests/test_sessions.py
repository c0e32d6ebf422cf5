"""The list of sessions, and signing out from afar."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.urls import reverse

from prongsai.notices.models import Notice
from prongsai.signin.tests.hands import FIREFOX, PHONE, entries, is_in, signed_in, type_password, words

pytestmark = pytest.mark.django_db


def test_one_session_is_ended_from_another(world):
    desk, phone, tablet = signed_in("officer"), signed_in("officer", PHONE), signed_in("officer", PHONE)
    page = words(desk.get(reverse("account_sessions")))
    assert "Firefox บน Windows" in page
    assert page.count("Chrome บน Android<br>") + page.count("Chrome บน Android</dt>") == 2
    assert "127.0.0.1" not in page
    assert not UserSession.objects.filter(ip="127.0.0.1").exists()
    its = UserSession.objects.get(session_key=phone.session.session_key)
    answer = desk.post(reverse("account_session_end", args=[its.pk]))
    assert answer.url == reverse("account_sessions")
    assert [is_in(one) for one in (desk, phone, tablet)] == [True, False, True]
    ended = entries("signin.session_ended", actor_id=world["officer"].person.pk)
    assert [entry.content["device"] for entry in ended] == ["Chrome บน Android"]


def test_all_others_are_ended_at_once_and_nobody_else_is(world):
    desk, phone, tablet = signed_in("officer"), signed_in("officer", PHONE), signed_in("officer", PHONE)
    colleague = signed_in("officer_2")
    desk.post(reverse("account_sessions_end_others"))
    assert [is_in(one) for one in (desk, phone, tablet, colleague)] == [True, False, False, True]


def test_a_session_of_somebody_else_does_not_exist(world):
    mine, other = signed_in("officer"), signed_in("officer_2")
    theirs = UserSession.objects.get(session_key=other.session.session_key)
    assert mine.post(reverse("account_session_end", args=[theirs.pk])).status_code == 404
    assert is_in(other)


def test_a_new_device_is_told_a_known_one_is_not(world):
    person = world["officer"].person
    told = Notice.objects.filter(recipient=person, kind="signin.new_device")
    desk = signed_in("officer")
    assert not told.exists()  # the first one
    desk.post(reverse("account_logout"))
    type_password(desk, "officer")
    assert not told.exists()
    signed_in("officer", PHONE)
    assert [notice.text.count("Chrome บน Android") for notice in told] == [1]
    assert entries("signin.new_device", actor_id=person.pk).count() == 1


def test_when_it_was_last_used_is_written_now_and_then(world, later):
    desk = signed_in("officer", FIREFOX)
    session = UserSession.objects.get(session_key=desk.session.session_key)
    first = session.last_seen_at
    is_in(desk)
    session.refresh_from_db()
    assert session.last_seen_at == first
    with later(minutes=6):
        is_in(desk)
    session.refresh_from_db()
    assert session.last_seen_at > first
