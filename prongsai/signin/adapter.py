"""How allauth signs people in here: counted attempts, failures in the ledger, devices remembered."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.stagekit import clear_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from prongsai.organisation import accounts
from prongsai.organisation.models import User
from prongsai.organisation.models.accounts import UserManager
from prongsai.signin import devices, guarding, records, sudo


class AccountAdapter(accounts.AccountAdapter):
    error_messages = {
        **accounts.AccountAdapter.error_messages,
        "incorrect_code": _("รหัสไม่ถูกต้องหรือใช้ไปแล้ว"),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The account of these credentials or None; raises ``limits.TooMany`` (a ValidationError)."""
        account = UserManager.normalise(credentials.get("email") or "")
        with guarding.guarded(request, "password", account=account) as attempt:
            user = super().authenticate(request, **credentials)
            if user is not None:
                attempt.succeeded()
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        account = credentials.get("email") or ""
        records.refused(request, "password", user=records.user_of(account), account=account)

    def reauthenticate(self, user: User, password: str) -> bool:  # type: ignore[override]
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:  # type: ignore[override]
        if not user.may_sign_in():
            records.refused(request, "closed_account", user=user)
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        response = super().post_login(request, user, **kwargs)
        devices.note(request, response, user)
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Signing in a moment ago counts as much as confirming it a moment ago."""
        return not sudo.is_fresh(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": "ใช้รหัสผ่าน",
            "mfa_reauthenticate": "ใช้รหัสจากแอปยืนยันตัวตนหรือรหัสกู้คืน",
            "mfa_reauthenticate:webauthn": "ใช้พาสคีย์",
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]
