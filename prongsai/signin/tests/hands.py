"""What a person does at the sign-in pages, by hand of a test."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from prongsai.ledger.models import Entry
from prongsai.organisation.sample import SAMPLE_DOMAIN, SAMPLE_PASSWORD

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"


def account(key: str) -> str:
    return f"{key}@{SAMPLE_DOMAIN}"


def type_password(client: Client, key: str, password: str = SAMPLE_PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": account(key), "password": password})


def signed_in(key: str, user_agent: str = FIREFOX) -> Client:
    client = Client(HTTP_USER_AGENT=user_agent)
    assert type_password(client, key).status_code == 302
    return client


def code(secret: str, steps: int = 0) -> str:
    """What the app shows now, or some steps of 30 s later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def enrol(client: Client) -> str:
    """Add an authenticator app; its secret."""
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return str(secret)


def words(answer: Any) -> str:
    return str(answer.content.decode())


def is_in(client: Client) -> bool:
    return client.get(reverse("office:my-work")).status_code == 200


def entries(kind: str, **fields: Any) -> Any:
    return Entry.objects.filter(kind=kind, **fields).order_by("id")
