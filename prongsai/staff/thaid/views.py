"""The pages of ThaID: away to the issuer, back, and one's own tie. None of them exists where it is not configured."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.decorators import reauthentication_required
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from prongsai import ledger
from prongsai.organisation.models import User
from prongsai.staff.thaid.identity import linked
from prongsai.staff.thaid.provider import ThaIDAdapter

View = Callable[..., HttpResponseBase]


def configured(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.THAID_ISSUER:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _away(request: HttpRequest, process: str) -> HttpResponseBase:
    adapter = ThaIDAdapter(request)
    provider = adapter.get_provider()
    next_url = account_adapter(request).is_safe_url(request.POST.get("next", "")) and request.POST["next"]
    try:
        return provider.redirect(
            request,
            process,
            next_url or None,
            scope=provider.get_scope_from_request(request),
        )
    except (RequestException, OAuth2Error) as error:
        return render_authentication_error(request, provider, exception=error)


@configured
@never_cache
@require_POST
def login(request: HttpRequest) -> HttpResponseBase:
    return _away(request, AuthProcess.LOGIN)


@configured
@never_cache
@require_POST
@login_required
@reauthentication_required
def connect(request: HttpRequest) -> HttpResponseBase:
    """Another way into the account: whoever adds it proves again who is there."""
    return _away(request, AuthProcess.CONNECT)


class Callback(OAuth2CallbackView):
    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        """The state is there once; its nonce is what the token must show."""
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response


@configured
@never_cache
@require_GET
def callback(request: HttpRequest) -> HttpResponseBase:
    return Callback.adapter_view(ThaIDAdapter(request))(request)


@configured
@never_cache
@login_required
@reauthentication_required
@require_GET
def link_page(request: HttpRequest) -> HttpResponseBase:
    return render(request, "thaid/link.html", {"tie": linked(_user(request))})


@configured
@never_cache
@require_POST
@login_required
@reauthentication_required
def unlink(request: HttpRequest) -> HttpResponseBase:
    """Cut one's own tie. Who signs in by nothing else keeps it."""
    user = _user(request)
    tie = linked(user)
    if tie is not None and not user.has_usable_password():
        messages.error(request, _("บัญชีนี้ไม่มีรหัสผ่าน จึงยกเลิกการเชื่อมกับ ThaID มิได้"))
    elif tie is not None:
        with transaction.atomic():
            tie.delete()
            record(user, "unlink_thaid")
        messages.success(request, _("ยกเลิกการเชื่อมกับ ThaID แล้ว"))
    return redirect("thaid_link")


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def record(user: User, what: str) -> None:
    """That a tie was made or cut is an entry of the ledger; to whom it leads is not."""
    person = user.person
    if person is not None:
        ledger.append(
            kind=f"staff.{what}",
            actor_id=person.pk,
            actor_label=person.full_name,
            subject=("organisation.user", str(user.pk)),
            clauses=[],
            province=person.province_id,
            agency_id=person.agency_id,
            secrecy="S1",
            content={},
        )
