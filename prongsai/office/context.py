"""What the staff frame shows on every page: menu, search, who is signed in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from prongsai import notices
from prongsai.office.addresses import register_url
from prongsai.office.menu import registers_of
from prongsai.office.scope import may_see_dashboard
from prongsai.office.warnings import warnings_for
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.ui.parts import Link

ROOMS = {"office", "sealed"}
OF_A_MEASURE = "-office"  # how the app_name of a measure's own staff pages ends


def office_face(request: HttpRequest) -> dict[str, Any]:
    """Frame variables of ``ui/office_base.html``, for the staff site and the account pages of somebody signed in."""
    match = getattr(request, "resolver_match", None)
    actor = getattr(request, "actor", None)
    if match is None or actor is None:
        return {}
    person = actor.person
    ours = match.app_name in ROOMS or (match.app_name or "").endswith(OF_A_MEASURE)
    ours = ours or (match.url_name or "").startswith(("account_", "mfa_", "thaid_"))
    if not ours or person is None:
        return {}
    return {
        "home_url": reverse("office:my-work"),
        "search_url": reverse("office:search"),
        "nav_items": SimpleLazyObject(lambda: _menu(actor, person, request)),
        "footer_links": SimpleLazyObject(_foot),
        "house_warnings": SimpleLazyObject(lambda: warnings_for(actor)),
        "person_name": person.full_name,
        "person_post": actor.label.partition(" ตำแหน่ง ")[2] or person.position,
    }


def _menu(actor: Actor, person: Person, request: HttpRequest) -> list[Link]:
    unread = notices.unread_count(person)
    own, index = reverse("office:my-work"), reverse("office:registers")
    items = [Link(_("งานของฉัน"), own)]
    if may_see_dashboard(actor):
        items.append(Link(_("ภาพรวมการปฏิบัติ"), reverse("office:dashboard")))
    items.append(Link(_("การแจ้งเตือน"), reverse("office:notices"), count=unread or None))
    # An act leaves its message for the next page.
    just_done = request.method != "GET" or bool(messages.get_messages(request))
    items += [Link(r.name, register_url(r)) for r in registers_of(actor, unread, anew=just_done)]
    items.append(Link(_("ทะเบียนทั้งหมด"), index))

    def is_here(url: str) -> bool:
        # Every address of the staff site begins with these two.
        return request.path == url if url in (own, index) else request.path.startswith(url)

    return [Link(i.label, i.url, current=is_here(i.url), count=i.count) for i in items]


def _foot() -> list[Link]:
    return [
        Link(_("เว็บไซต์สำหรับประชาชน"), reverse("portal:home")),
        Link(_("รหัสเปิดผนึก"), reverse("sealed:change")),
        Link(_("ความปลอดภัยของบัญชี"), reverse("mfa_index")),
        *([Link("ThaID", reverse("thaid_link"))] if settings.THAID_ISSUER else []),
        Link(_("เปลี่ยนรหัสผ่าน"), reverse("account_change_password")),
    ]
