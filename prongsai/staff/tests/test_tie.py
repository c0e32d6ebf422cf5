"""The tie to ThaID is another way into an account: it is made and cut only by whoever has just proved who is there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.staff.thaid.identity import citizen_key, link, linked

pytestmark = pytest.mark.django_db

BACKEND = "prongsai.organisation.accounts.Backend"


@pytest.fixture(autouse=True)
def _configured(settings: Any) -> None:
    settings.THAID_ISSUER = "https://issuer.example"


@pytest.mark.parametrize("page", ["thaid_link", "thaid_connect", "thaid_unlink"])
def test_a_session_that_somebody_left_open_ties_and_cuts_nothing(world: dict[str, Any], page: str):
    link(world["officer"], citizen_key("1101700230708"))
    browser = Client()
    browser.force_login(world["officer"], backend=BACKEND)  # nothing says when
    ask = browser.get if page == "thaid_link" else browser.post
    answer = ask(reverse(page))
    assert answer.status_code == 302 and answer.url.startswith(reverse("account_reauthenticate"))
    assert linked(world["officer"]) is not None


def test_whoever_has_just_signed_in_cuts_the_tie(world: dict[str, Any], client_of: Any):
    link(world["officer"], citizen_key("1101700230708"))
    assert client_of("officer").post(reverse("thaid_unlink")).status_code == 302
    assert linked(world["officer"]) is None
