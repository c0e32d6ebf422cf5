"""Browsers that an account has used: a random cookie, of which the house keeps only the hash. No place, no address."""

from __future__ import annotations

import datetime as dt
import re
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from prongsai.organisation.models import User
from prongsai.signin import records
from prongsai.signin.keyed import hashed
from prongsai.signin.models import Device

COOKIE = "prongsai_device"
KEPT = dt.timedelta(days=400)  # what browsers keep a cookie at most
BROWSERS = [
    ("Edge", r"\bEdgA?/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("LINE", r"\bLine/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"(Chrome|CriOS)/"),
    ("Safari", r"\bSafari/"),
]
SYSTEMS = [
    ("Android", r"\bAndroid\b"),
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Windows", r"\bWindows\b"),
    ("macOS", r"\bMac OS X\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Linux", r"\bLinux\b"),
]


def describe(user_agent: str) -> str:
    """ "Chrome บน Windows": what a person recognises a browser by."""
    browser = _first(BROWSERS, user_agent) or "เบราว์เซอร์ที่ไม่ทราบชื่อ"
    system = _first(SYSTEMS, user_agent)
    return f"{browser} บน {system}" if system else browser


def describe_request(request: HttpRequest) -> str:
    return describe(request.META.get("HTTP_USER_AGENT", ""))


def known(request: HttpRequest, account: str) -> str:
    """The hash of this browser's cookie if somebody has signed in to ``account`` with it; else ""."""
    if not (cookie := request.COOKIES.get(COOKIE)):
        return ""
    key_hash = hashed(b"signin.device", cookie)
    found = Device.objects.filter(user__email=account.strip().lower(), key_hash=key_hash)
    return key_hash if found.exists() else ""


def note(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Remember the browser of a sign-in. A further one is told to the person: the first one has nobody to surprise."""
    cookie = request.COOKIES.get(COOKIE) or secrets.token_urlsafe(32)
    now, label = timezone.now(), describe_request(request)
    device, is_new = Device.objects.get_or_create(
        user=user,
        key_hash=hashed(b"signin.device", cookie),
        defaults={"label": label, "first_at": now, "last_at": now},
    )
    if not is_new:
        Device.objects.filter(pk=device.pk).update(last_at=now, label=label)
    elif Device.objects.filter(user=user).exclude(pk=device.pk).exists():
        text = (
            f"มีการเข้าสู่ระบบด้วยบัญชีของท่านจากอุปกรณ์ใหม่ ({label}) หากมิใช่ท่าน โปรดออกจากระบบของอุปกรณ์นั้นและเปลี่ยนรหัสผ่าน"
        )
        records.changed(user, "new_device", text, device=label)
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def sweep() -> int:
    """Browsers whose cookie has run out."""
    return Device.objects.filter(last_at__lt=timezone.now() - KEPT).delete()[0]


def _first(names: list[tuple[str, str]], user_agent: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, user_agent)), "")
