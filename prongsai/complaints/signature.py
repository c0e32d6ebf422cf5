"""Confirming the signature of a web complaint by a one-time code (M5.2.2.5; Electronic Transactions Act B.E. 2544 s.9).

The code goes to the telephone or mailbox that the sender gave when filing. With the tracking code in hand the sender's
own identity can be opened; without it nobody here knows the address. Six digits, ten minutes, five guesses, three codes
an hour.
"""

from __future__ import annotations

import datetime as dt
import hmac
import json
import secrets
import urllib.request
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai import sealed
from prongsai.complaints.models import OneTimeCode, Receipt
from prongsai.organisation.keyed import keyed_hash

LIFETIME = dt.timedelta(minutes=10)
GUESSES = 5
MOST_SENT = 3
SENT_WITHIN = dt.timedelta(hours=1)


class NotSent(Exception):
    """The code could not be sent; ``str()`` is the sentence to show."""


class WrongCode(Exception):
    """Not the code, or no longer; ``str()`` is the sentence to show."""


def ways(receipt: Receipt, key: sealed.Tracker) -> dict[str, str]:
    """Where a code can go: ``{"phone": "08x-xxx-1234", "email": "s…@example.com"}``, masked; empty when nowhere."""
    sender = _sender(receipt, key)
    found = {}
    if sender.get("phone") and settings.SMS_URL:
        found["phone"] = f"{sender['phone'][:2]}x-xxx-{sender['phone'][-4:]}"
    if sender.get("email") and (settings.SMTP_URL or receipt.case.province.is_sample):
        name, _at, host = sender["email"].partition("@")
        found["email"] = f"{name[:1]}…@{host}"
    return found


def send(receipt: Receipt, key: sealed.Tracker, way: str) -> None:
    """Send a fresh code. The one before is void. Raises NotSent."""
    if way not in ways(receipt, key):
        raise NotSent(_("โปรดเลือกช่องทางรับรหัส"))
    code = f"{secrets.randbelow(1_000_000):06d}"
    now = timezone.now()
    row = OneTimeCode.objects.filter(receipt=receipt).first()
    fresh = row is None or row.first_sent_at < now - SENT_WITHIN
    if row and not fresh and row.sent >= MOST_SENT:
        raise NotSent(_("ขอรหัสได้ไม่เกินสามครั้งต่อชั่วโมง โปรดลองใหม่ภายหลัง"))
    try:
        _dispatch(_sender(receipt, key)[way], way, code)
    except OSError as error:
        raise NotSent(_("ส่งรหัสไม่สำเร็จ โปรดลองใหม่อีกครั้ง")) from error
    OneTimeCode.objects.update_or_create(
        receipt=receipt,
        defaults={
            "code_hash": _hash(receipt, code),
            "expires_at": now + LIFETIME,
            "guesses_left": GUESSES,
            "sent": 1 if fresh or row is None else row.sent + 1,
            "first_sent_at": now if fresh or row is None else row.first_sent_at,
        },
    )


def check(receipt: Receipt, typed: str) -> None:
    """Raises WrongCode unless ``typed`` is the code that was sent. Every guess is counted before it is looked at."""
    mine = OneTimeCode.objects.filter(receipt=receipt)
    counted = mine.filter(guesses_left__gt=0, expires_at__gt=timezone.now()).update(
        guesses_left=F("guesses_left") - 1
    )
    row = mine.first()
    if not counted or row is None:
        raise WrongCode(_("รหัสหมดอายุหรือระบุผิดหลายครั้ง โปรดขอรหัสใหม่"))
    if not hmac.compare_digest(bytes(row.code_hash), _hash(receipt, typed)):
        raise WrongCode(_("รหัสไม่ถูกต้อง โปรดตรวจสอบแล้วลองใหม่"))
    mine.update(guesses_left=0)


def _sender(receipt: Receipt, key: sealed.Tracker) -> dict[str, Any]:
    identity = receipt.identity
    return key.open(identity.envelope).json(bytes(identity.sealed), context=f"identity:{receipt.case_id}")


def _hash(receipt: Receipt, code: str) -> bytes:
    return keyed_hash(f"{receipt.pk}:{code}".encode(), b"prongsai.otp")


def _dispatch(to: str, way: str, code: str) -> None:
    """The message holds the code and nothing of the matter; not even that it is a complaint."""
    text = _("รหัสยืนยัน %(code)s ใช้ได้ภายใน 10 นาที โปรดอย่าให้ผู้ใดทราบ") % {"code": code}
    if way == "email":
        EmailMessage(_("รหัสยืนยัน"), text, to=[to]).send()
        return
    body = json.dumps({"to": to, "text": text}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}"}
    request = urllib.request.Request(settings.SMS_URL, data=body, headers=headers)  # noqa: S310 - set by the operator
    with urllib.request.urlopen(request, timeout=10):  # noqa: S310
        pass
