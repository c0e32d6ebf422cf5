"""What happens with an identity that ThaID vouches for: it opens its account, ties itself to one's own, or nothing."""

from __future__ import annotations

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.base.constants import AuthError
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from prongsai.staff.thaid.identity import PROVIDER

log = logging.getLogger(__name__)


class SocialAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: accounts are opened by invitation."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            mine = SocialAccount.objects.filter(user_id=request.user.pk, provider=PROVIDER)
            other = sociallogin.is_existing and sociallogin.user != request.user
            if other or mine.exclude(uid=sociallogin.account.uid).exists():
                self._answer(request, "thaid/taken.html", 409)
        elif not sociallogin.is_existing:
            self._answer(request, "thaid/unknown.html", 403)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Cancelled by the person, or not to be believed: nothing happened, and the page says no more than that."""
        cancelled = error == AuthError.CANCELLED
        if not cancelled:
            log.warning("ThaID sign-in refused: %s", type(exception).__name__ if exception else "no state")
        self._answer(request, "thaid/failed.html", 401, cancelled=cancelled)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        return reverse("thaid_link")

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail: the account page and the ledger show it."""

    def _answer(self, request: HttpRequest, template: str, status: int, **context: Any) -> None:
        raise ImmediateHttpResponse(render(request, template, context, status=status))
