"""What the invited person sees. A link that is wrong, used, withdrawn or too old looks the same as one that never was."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from prongsai.acts import Refused, perform
from prongsai.organisation.actors import Actor
from prongsai.staff.acts import AcceptInvitation
from prongsai.staff.forms import AcceptForm
from prongsai.staff.links import open_invitation
from prongsai.staff.models import Invitation

SESSION = "invitation"


@never_cache
@require_GET
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the token in the session and leave the address, so that no page, history or referrer shows it."""
    request.session[SESSION] = token[:100]
    return HttpResponseRedirect(reverse("staff:invitation"), status=303)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    found = open_invitation(request.session.get(SESSION, ""))
    if found is None:
        return render(request, "staff/invitation_over.html", status=410)
    if request.method == "GET":
        return _page(request, found, AcceptForm(invitation=found))
    form = AcceptForm(request.POST, invitation=found)
    if not form.is_valid():
        return _page(request, found, form, 422)
    actor = Actor("tracker", found.province, label=f"{found.full_name} (ผู้ได้รับเชิญ)", record_key=str(found.pk))
    try:
        perform(AcceptInvitation, found, actor=actor, data=form.cleaned_data, request=request)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, found, form, 409)
    del request.session[SESSION]
    messages.success(request, _("เปิดบัญชีแล้ว โปรดเข้าสู่ระบบด้วยอีเมลและรหัสผ่านที่ท่านตั้งไว้"))
    return HttpResponseRedirect(reverse("account_login"), status=303)


def _page(request: HttpRequest, found: Invitation, form: AcceptForm, status: int = 200) -> HttpResponse:
    return render(request, "staff/invitation.html", {"invitation": found, "form": form}, status=status)
