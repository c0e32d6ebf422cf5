"""What the papers of a complaint share: who writes, which number, who printed a copy."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from prongsai.complaints.models import Case, Ground, Item
from prongsai.documents import Items
from prongsai.organisation.actors import Actor
from prongsai.thai.dates import format_datetime
from prongsai.thai.digits import to_thai

CLASSIFIED = "ลับ"  # S3 on paper: Rule on the Keeping of Official Secrets B.E. 2544


def number(case: Case) -> str:
    return to_thai(case.number)


def office(case: Case) -> list[str]:
    """Name and address of the office that handles the case, as the province gives them."""
    return [to_thai(line) for line in (case.agency.name_th, _contact(case).get("address_th", "")) if line]


def contact(case: Case) -> list[str]:
    phone = _contact(case).get("phone") or next(
        (
            c["value"]
            for c in case.province.settings.get("complaint_channels", [])
            if c.get("channel") == "phone"
        ),
        "",
    )
    return [to_thai(f"{case.agency.name_th} โทร. {phone}")] if phone else []


def _contact(case: Case) -> dict[str, Any]:
    return case.province.settings.get("agencies", {}).get(case.agency.code, {})


def basis(case: Case) -> str:
    return f"ประกาศ{case.province.full_name} มาตรการที่ ๕"


def grounds(case: Case) -> str:
    with override("th"):
        return "; ".join(str(Ground(g).label) for g in case.grounds) or "ยังมิได้ระบุ"


def seven_items(case: Case) -> Items:
    """The items of M5.2.2, each with whether it is there."""
    with override("th"):
        return Items([str(i.label) for i in Item], [i.value not in case.items_missing for i in Item])


def printed(actor: Actor) -> str:
    """Who made this copy, and when: a copy of a secret matter says so on every page."""
    return f"พิมพ์โดย {actor.label} เมื่อ {format_datetime(timezone.now(), 'long', 'thai')}"


def tracking_page() -> str:
    return settings.SITE_URL.rstrip("/") + reverse("complaints:track")
