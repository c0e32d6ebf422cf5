"""What the public frame shows on every page: menu, search, links at the foot."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from prongsai.ui.parts import Link

OFFICE = {"office", "account"}


def public_face(request: HttpRequest) -> dict[str, Any]:
    """Frame variables of ``ui/portal_base.html``. Pages of the office bring their own, which win over these."""
    match = getattr(request, "resolver_match", None)
    if match and (match.app_name in OFFICE or (match.url_name and match.url_name.startswith("account_"))):
        return {"home_url": reverse("portal:home")}
    return {
        "home_url": reverse("portal:home"),
        "search_url": reverse("portal:search"),
        "signin_url": reverse("account_login"),
        "nav_items": SimpleLazyObject(lambda: _menu(request.path)),
        "footer_links": SimpleLazyObject(_foot),
    }


def _menu(path: str) -> list[Link]:
    items = [
        (_("หน้าหลัก"), reverse("portal:home")),
        (_("ประกาศและข้อปฏิบัติ"), reverse("portal:announcement")),
        (_("รายชื่อหน่วยงาน"), reverse("portal:agencies")),
        (_("แจ้งเรื่องร้องเรียน"), reverse("complaints:how")),
        (_("ติดตามเรื่อง"), reverse("complaints:track")),
        (_("ช่องทางลับ"), reverse("confidential:write")),
        (_("สถิติ"), reverse("complaints:statistics")),
        (_("ข้อมูลเปิด"), reverse("portal:registers")),
        (_("ตรวจสอบเอกสาร"), reverse("portal:verify")),
    ]
    return [Link(label, url, current=path == url) for label, url in items]


def _foot() -> list[Link]:
    return [
        Link(_("เกี่ยวกับเว็บไซต์นี้"), reverse("portal:about")),
        Link(_("ประกาศความเป็นส่วนตัว"), reverse("portal:privacy")),
        Link(_("การเข้าถึงเว็บไซต์"), reverse("portal:accessibility")),
    ]
