"""Pages of the officer's own keys: set a passphrase, unlock, lock, change the passphrase. Each is in the ledger."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from prongsai import ledger
from prongsai.sealed import keys, unlocking
from prongsai.sealed.errors import LockedOut, SealError, WrongPassphrase
from prongsai.sealed.forms import ChangePassphraseForm, CreateKeysForm, UnlockForm
from prongsai.sealed.models import Keyholder

View = Callable[[HttpRequest], HttpResponse]


def own_keys(view: View) -> View:
    """For people with an account; never cached, passphrases kept out of error reports."""

    @wraps(view)
    @never_cache
    @sensitive_post_parameters()
    @sensitive_variables()
    @login_required
    def guarded(request: HttpRequest) -> HttpResponse:
        if request.actor.person is None:  # type: ignore[attr-defined]
            raise PermissionDenied
        return view(request)

    return guarded


@own_keys
def unlock(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    keyholder = keys.keyholder_of(person)
    if keyholder is None:
        return redirect(_with_next(reverse("sealed:create"), _next(request)))
    form = UnlockForm(request.POST or None)
    if form.is_valid():
        try:
            unlocking.unlock(request, form.cleaned_data["passphrase"])
        except SealError as error:
            _refused(request, form, "passphrase", error, keyholder)
        else:
            _note(request, "sealed.unlock", keyholder)
            return redirect(_next(request))
    return _page(request, "sealed/unlock.html", form)


@require_POST
@own_keys
def lock(request: HttpRequest) -> HttpResponse:
    if (hand := unlocking.unlocked(request)) is not None:
        _note(request, "sealed.lock", hand.keyholder)
    unlocking.lock(request)
    messages.success(request, _("ปิดผนึกข้อมูลลับแล้ว"))
    return redirect(_next(request))


@own_keys
def create(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    if keys.keyholder_of(person) is not None:
        return redirect(_with_next(reverse("sealed:unlock"), _next(request)))
    form = CreateKeysForm(request.POST or None, account=request.user)
    if form.is_valid():
        passphrase = form.cleaned_data["passphrase"]
        try:
            keyholder = keys.create_keys(person, passphrase)
        except SealError as error:
            form.add_error(None, str(error))
        else:
            unlocking.unlock(request, passphrase)
            _note(request, "sealed.create_keys", keyholder, fingerprint=keyholder.fingerprint)
            messages.success(request, _("ตั้งรหัสเปิดผนึกแล้ว"))
            return redirect(_next(request))
    return _page(request, "sealed/create.html", form)


@own_keys
def change(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    keyholder = keys.keyholder_of(person)
    if keyholder is None:
        return redirect(_with_next(reverse("sealed:create"), _next(request)))
    form = ChangePassphraseForm(request.POST or None, account=request.user)
    if form.is_valid():
        try:
            keys.change_passphrase(person, form.cleaned_data["old"], form.cleaned_data["passphrase"])
        except SealError as error:
            _refused(request, form, "old", error, keyholder)
        else:
            _note(request, "sealed.change_passphrase", keyholder)
            messages.success(request, _("เปลี่ยนรหัสเปิดผนึกแล้ว"))
            return redirect(_next(request))
    return _page(request, "sealed/change.html", form)


def _refused(
    request: HttpRequest, form: forms.Form, field: str, error: SealError, keyholder: Keyholder
) -> None:
    form.add_error(field, str(error))
    if isinstance(error, WrongPassphrase | LockedOut):
        _note(request, "sealed.unlock.refused", keyholder, ledger.record_refusal, reason=type(error).__name__)


def _page(request: HttpRequest, template: str, form: forms.Form) -> HttpResponse:
    # The act is of a room above, which this ground does not know: its address is a name of the site's.
    lost = reverse("office:make", args=["staff.request_recovery"])
    return render(request, template, {"form": form, "next": _next(request), "lost_url": lost})


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: ``next`` when it is a page of this site, otherwise the officer's own work."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def _with_next(url: str, target: str) -> str:
    return f"{url}?{urlencode({'next': target})}"


def _person(request: HttpRequest) -> Any:
    return request.actor.person  # type: ignore[attr-defined]


def _note(
    request: HttpRequest,
    kind: str,
    keyholder: Keyholder,
    write: Callable[..., ledger.Appended] = ledger.append,
    **content: Any,
) -> None:
    actor = request.actor  # type: ignore[attr-defined]
    write(
        kind=kind,
        actor_id=actor.person.pk,
        actor_label=actor.label,
        subject=("sealed.keyholder", keyholder.pk),
        province=keyholder.province_id,
        agency_id=actor.person.agency_id,
        secrecy="S2",
        content=content,
    )
