"""What allauth says happened, as entries of the ledger and notices to the person."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from prongsai.organisation.models import User
from prongsai.signin import records, seen
from prongsai.signin.enforcement import FACTORS

NAMES = {
    Authenticator.Type.TOTP: "แอปยืนยันตัวตน",
    Authenticator.Type.WEBAUTHN: "พาสคีย์",
    Authenticator.Type.RECOVERY_CODES: "รหัสกู้คืน",
}
NOWHERE = "0.0.0.0"  # noqa: S104 - the column must hold something
IF_NOT_YOU = "หากมิใช่ท่าน โปรดเปลี่ยนรหัสผ่านและแจ้งผู้ดูแลระบบโดยเร็ว"


@receiver(user_logged_in)
def on_sign_in(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    seen.begin(request)


@receiver(pre_save, sender=UserSession)
def without_place(instance: UserSession, **kwargs: Any) -> None:
    """allauth would keep the address of every session; nobody needs to know where staff sit."""
    instance.ip = NOWHERE


@receiver(signals.authenticator_added)
def on_added(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type in FACTORS:
        # Sessions that were opened before, with a password alone, may be somebody else's.
        for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
            session.end()
    _changed(request, user, authenticator, "factor_added", "เพิ่ม")


@receiver(signals.authenticator_removed)
def on_removed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _changed(request, user, authenticator, "factor_removed", "นำ", "ออก")


@receiver(signals.authenticator_reset)
def on_reset(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _changed(request, user, authenticator, "factor_reset", "สร้าง", "ชุดใหม่")


@receiver(signals.authentication_failed)
def on_failed(
    request: HttpRequest, user: User, authenticator: Authenticator, reauthentication: bool, **kwargs: Any
) -> None:
    records.refused(request, "second_factor", user=user, factor=str(authenticator.type))


@receiver(password_changed)
def on_password(request: HttpRequest, user: User, **kwargs: Any) -> None:
    records.changed(user, "password_changed", f"มีการเปลี่ยนรหัสผ่านของบัญชีของท่าน {IF_NOT_YOU}")


def _changed(
    request: HttpRequest, user: User, authenticator: Authenticator, what: str, verb: str, end: str = ""
) -> None:
    name = NAMES[Authenticator.Type(authenticator.type)]
    comes_along = (
        what == "factor_added" and authenticator.type not in FACTORS
    )  # recovery codes, with the factor
    text = "" if comes_along else f"มีการ{verb}{name}{end}ในบัญชีของท่าน {IF_NOT_YOU}"
    records.changed(user, what, text, factor=str(authenticator.type))
