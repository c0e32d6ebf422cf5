"""Pages of one's own account: second factors, passkeys, recovery codes, sessions. They speak Thai like the office."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account_views
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import flows
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from prongsai.signin import devices, records
from prongsai.signin.enforcement import has_factor, is_enforced, is_last_factor, must_have
from prongsai.signin.second_factor import MFAAdapter

View = Callable[..., HttpResponseBase]


def own_account(view: View) -> View:
    """For whoever is signed in; never cached; in Thai."""

    @wraps(view)
    @never_cache
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Not ``override``: allauth's pages are rendered after the view has returned.
        translation.activate("th")
        return view(request, *args, **kwargs)

    return guarded


class IndexView(base.IndexView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        actor = self.request.actor  # type: ignore[attr-defined]
        owed = must_have(actor)
        return {
            **super().get_context_data(**kwargs),
            "must_have": owed,
            "lacks": owed and not has_factor(self.request.user),  # type: ignore[arg-type]
            "is_enforced": is_enforced(),
        }


class RemovePasskeyView(webauthn.RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "why_not": self._why_not()}

    def form_valid(self, form: Any) -> HttpResponse:
        if self._why_not():
            return self.render_to_response(self.get_context_data(form=form), status=409)
        return super().form_valid(form)

    def _why_not(self) -> str:
        last = must_have(self.request.actor) and is_last_factor(self.get_object())  # type: ignore[attr-defined]
        return str(MFAAdapter.error_messages["cannot_delete_authenticator"]) if last else ""


class PasskeyLoginView(webauthn.LoginWebAuthnView):
    """As allauth's, but goes on to where the person wanted to go."""

    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        return flows.perform_passwordless_login(self.request, authenticator, login)


index = own_account(IndexView.as_view())
activate_totp = own_account(totp.activate_totp)
deactivate_totp = own_account(totp.deactivate_totp)
recovery_codes = own_account(recovery.view_recovery_codes)
new_recovery_codes = own_account(recovery.generate_recovery_codes)
add_passkey = own_account(webauthn.add_webauthn)
edit_passkey = own_account(webauthn.EditWebAuthnView.as_view(success_url=reverse_lazy("mfa_index")))
remove_passkey = own_account(RemovePasskeyView.as_view())
password_again = own_account(account_views.reauthenticate)
code_again = own_account(base.reauthenticate)
passkey_again = own_account(webauthn.reauthenticate_webauthn)
# Before anybody is signed in: in the language of the visitor.
second_step = never_cache(base.authenticate)
passkey_login = never_cache(PasskeyLoginView.as_view())


@own_account
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the account is signed in: by what and since when, never from where."""
    found = sorted(
        UserSession.objects.purge_and_list(request.user), key=lambda s: s.last_seen_at, reverse=True
    )  # type: ignore[arg-type]
    rows = [
        {
            "pk": one.pk,
            "device": devices.describe(one.user_agent),
            "since": one.created_at,
            "seen": one.last_seen_at,
            "is_this": one.session_key == request.session.session_key,
        }
        for one in found
    ]
    return render(
        request, "signin/sessions.html", {"sessions": rows, "others": [r for r in rows if not r["is_this"]]}
    )


@require_POST
@own_account
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out one of one's own sessions. That of somebody else does not exist (404)."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    return _end(request, [session])


@require_POST
@own_account
def end_others(request: HttpRequest) -> HttpResponse:
    mine = UserSession.objects.filter(user=request.user)  # type: ignore[misc]
    return _end(request, list(mine.exclude(session_key=request.session.session_key)))


def _end(request: HttpRequest, ended: list[UserSession]) -> HttpResponse:
    user = request.user
    end_sessions(request, ended)
    for session in ended:
        records.changed(user, "session_ended", device=devices.describe(session.user_agent))  # type: ignore[arg-type]
    if not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("account_login"), status=303)
    messages.success(request, f"ออกจากระบบในอุปกรณ์อื่นแล้ว {len(ended)} แห่ง")
    return HttpResponseRedirect(reverse("account_sessions"), status=303)
