"""How people sign in (django-allauth): by e-mail and password, with accounts that the office opens for them."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.stagekit import clear_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prongsai.organisation.models import User

WRONG = _("อีเมลหรือรหัสผ่านไม่ถูกต้อง")


class Backend(AuthenticationBackend):
    """Adds the person's service to what decides whether an account is open, on every request."""

    def user_can_authenticate(self, user: User) -> bool:
        return user.may_sign_in()

    def get_user(self, user_id: int) -> User | None:
        # With what the actor of the request needs, in the same query.
        found = User.objects.select_related("person__province", "person__agency").filter(pk=user_id).first()
        return found if found and self.user_can_authenticate(found) else None


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up; Thai messages; accounts of people who left stay shut."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        # One message, whether the address is unknown or the password is wrong.
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "account_inactive": _("บัญชีนี้ปิดใช้งานแล้ว"),
        "enter_current_password": _("รหัสผ่านปัจจุบันไม่ถูกต้อง"),
        "incorrect_password": _("รหัสผ่านไม่ถูกต้อง"),
        "too_many_login_attempts": _("ท่านเข้าสู่ระบบไม่สำเร็จหลายครั้ง กรุณารอ 5 นาทีแล้วลองใหม่"),
        "rate_limited": _("มีการร้องขอถี่เกินไป กรุณารอสักครู่แล้วลองใหม่"),
        "same_as_current": _("รหัสผ่านใหม่ต้องไม่ซ้ำกับรหัสผ่านปัจจุบัน"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:  # type: ignore[override]
        if not user.may_sign_in():
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_change_password")

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail: the office has none by default."""
