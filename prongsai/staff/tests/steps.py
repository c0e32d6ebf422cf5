"""What people do in these tests, through the pages."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from prongsai.acts import Act


def make(client: Client, act: type[Act], **data: Any) -> Any:
    return client.post(reverse("office:make", args=[act.key()]), data)


def do(client: Client, act: type[Act], record: Any, **data: Any) -> Any:
    record.refresh_from_db()
    path = reverse("office:act", args=[act.key(), record.pk])
    return client.post(path, {"version": record.version, **data})


def sign_in(email: str, password: str) -> tuple[Client, Any]:
    client = Client()
    return client, client.post(reverse("account_login"), {"login": email, "password": password})
