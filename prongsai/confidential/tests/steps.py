"""What the browsers do in the tests without one: age by another implementation (rage), the same requests."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pyrage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from prongsai.acts import perform
from prongsai.confidential.acts import MakeKey, NameDeputy
from prongsai.confidential.models import Report
from prongsai.confidential.recipients import choices, readers_of
from prongsai.organisation.actors import Actor
from prongsai.organisation.periods import today

SECRET = "ผู้อำนวยการกองสมมติรับเงินหนึ่งแสนบาททุกเดือน"
PASSPHRASE = "ม้าสีเขียวกระโดดข้ามสะพาน"


@cache
def wrapped(text: str = "AGE-SECRET-KEY-…") -> bytes:
    """Something under a passphrase; made once, because stretching takes its time."""
    return pyrage.passphrase.encrypt(text.encode(), PASSPHRASE)


def make_key(user: Any) -> pyrage.x25519.Identity:
    identity = pyrage.x25519.Identity.generate()
    data = {"public_key": str(identity.to_public()), "wrapped": wrapped()}
    perform(MakeKey, None, actor=Actor.of(user.person), data=data)
    return identity


def name_deputy(world: dict[str, Any], who: str = "vice_governor") -> None:
    data = {"person": world[who].person, "order_no": "ลับ 1/2570", "order_date": today()}
    perform(NameDeputy, None, actor=Actor.of(world["governor"].person), data=data)


def open_channel(world: dict[str, Any]) -> dict[str, pyrage.x25519.Identity]:
    """Governor and deputy with their keys."""
    name_deputy(world)
    return {who: make_key(world[who]) for who in ("governor", "vice_governor")}


@dataclass
class Sender:
    """Somebody with a browser: a code that stays there, and a key of the thread."""

    code: str = "0123456789ABCDEFGHJK"
    identity: pyrage.x25519.Identity = field(default_factory=pyrage.x25519.Identity.generate)
    number: str = ""
    client: Client = field(default_factory=Client)

    @property
    def lookup(self) -> str:
        return hashlib.sha256(f"prongsai confidential channel lookup v1 {self.code}".encode()).hexdigest()

    def encrypted(self, keys: list[Any], text: str) -> SimpleUploadedFile:
        to = [pyrage.x25519.Recipient.from_str(k.public_key) for k in keys]
        content = pyrage.encrypt(text.encode(), [*to, self.identity.to_public()])
        return SimpleUploadedFile("message.age", content)

    def send(self, province: Any, text: str = SECRET, *, to: str = "both", **changes: Any) -> Any:
        keys = [r.key for r in choices(province).get(to, [])]
        fields = {
            "to": to,
            "lookup": self.lookup,
            "keys": [str(key.pk) for key in keys if key],
            "sender_key": str(self.identity.to_public()),
            "sender_wrapped": SimpleUploadedFile("sender.age", wrapped()),
            "content": self.encrypted(keys, text),
            **changes,
        }
        answer = self.client.post(reverse("confidential:send"), fields, secure=True)
        if answer.status_code == 200:
            self.number = answer.json()["number"]
        return answer

    def sent(self, province: Any, text: str = SECRET, *, to: str = "both") -> Report:
        answer = self.send(province, text, to=to)
        assert answer.status_code == 200, answer.content.decode()
        return Report.objects.get(number=self.number)

    def ask(self, name: str, **fields: Any) -> Any:
        body = {"number": self.number, "lookup": self.lookup, **fields}
        return self.client.post(
            reverse(f"confidential:{name}"), json.dumps(body), content_type="application/json", secure=True
        )

    def write_again(self, report: Report, text: str) -> Any:
        keys = [r.key for r in readers_of(report)]
        fields = {"number": self.number, "lookup": self.lookup, "keys": [str(k.pk) for k in keys if k]}
        fields["content"] = self.encrypted(keys, text)  # type: ignore[assignment]
        return self.client.post(reverse("confidential:again"), fields, secure=True)


def reply(client: Client, sender: Sender, report: Report, text: str) -> Any:
    """An answer as a recipient's browser sends it."""
    keys = [r.key for r in readers_of(report)]
    fields = {"keys": [str(k.pk) for k in keys if k], "content": sender.encrypted(keys, text)}
    return client.post(reverse("confidential-office:reply", args=[report.pk]), fields, secure=True)
