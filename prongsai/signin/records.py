"""What failed and what changed: entries of the ledger, and a notice to the person whose account it is.

No entry holds what was typed, neither password nor code, nor the address that was typed as an account (people type their
password there): whoever must compare attempts has keyed hashes.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.urls import reverse

from prongsai import ledger, notices
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import User
from prongsai.organisation.models.accounts import UserManager
from prongsai.organisation.provinces import current_province
from prongsai.signin.keyed import hashed

STRANGER = "ผู้ที่ยังมิได้เข้าสู่ระบบ"
ADDRESS_HASH = 16  # hexadecimal digits: enough to tell two addresses apart, too few to be one


def refused(
    request: HttpRequest, what: str, *, user: User | None = None, account: str = "", **why: Any
) -> None:
    """Record a failed attempt, committed whatever becomes of the request.

    ``user``: the account that was tried, where it exists; ``account``: what was typed as one.
    """
    content = {"address": hashed(b"signin.address", address_of(request))[:ADDRESS_HASH], **why}
    if account:
        content["account"] = hashed(b"signin.account", UserManager.normalise(account))[:ADDRESS_HASH]
    signed_in = user is not None and request.user.is_authenticated and request.user.pk == user.pk
    ledger.record_refusal(
        kind=f"signin.{what}.refused",
        subject=("organisation.user", user.pk) if user else None,
        content=content,
        **(_of(user) if signed_in and user else _of_stranger(user)),
    )


def changed(user: User, what: str, text: str = "", *, by: str = "", **content: Any) -> None:
    """Record what was changed in the account; with ``text`` its person finds it in the inbox.

    ``by``: who did it, where that was not the person.
    """
    who = {**_of(user), "actor_id": None, "actor_label": by} if by else _of(user)
    ledger.append(kind=f"signin.{what}", subject=("organisation.user", user.pk), content=content, **who)
    if text and user.person_id:
        notices.tell(person_ids=[user.person_id], text=text, kind=f"signin.{what}", url=reverse("mfa_index"))


def user_of(account: str) -> User | None:
    return (
        User.objects.select_related("person__province").filter(email=UserManager.normalise(account)).first()
    )


def address_of(request: HttpRequest) -> str:
    return str(get_adapter(request).get_client_ip(request))


def _of(user: User) -> dict[str, Any]:
    person = user.person
    if person is None:
        return {**_of_stranger(None), "actor_label": user.email}
    return {
        "actor_id": person.pk,
        "actor_label": Actor.of(person).label,
        "province": person.province_id,
        "agency_id": person.agency_id,
        "secrecy": "S2",
    }


def _of_stranger(user: User | None) -> dict[str, Any]:
    province = user.person.province if user and user.person else current_province()
    return {"actor_label": STRANGER, "province": province.pk if province else "", "secrecy": "S2"}
