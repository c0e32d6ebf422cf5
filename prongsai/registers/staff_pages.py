"""The door of every staff page: signed in, a person of the staff list, in Thai, never cached."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache

from prongsai.files import resend
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.ui.parts import Link

NO_PERSON = "บัญชีนี้ยังมิได้ผูกกับบุคคลในทะเบียนเจ้าหน้าที่ โปรดติดต่อผู้ดูแลระบบ"

View = Callable[..., HttpResponseBase]


def staff_page(view: View) -> View:
    """For people with an account; others go to the sign-in page and come back. The staff site speaks Thai."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _signed_out(request)
        person_of(request)
        # Not ``override``: an export is written after the view has returned. The next request sets its own language.
        translation.activate("th")
        return view(request, *args, **kwargs)

    return guarded


def _signed_out(request: HttpRequest) -> HttpResponse:
    """To the sign-in page; a form that was filled in meanwhile stays where it is, and one signs in beside it."""
    if not resend.can_keep(request):
        return redirect_to_login(request.get_full_path())
    why = "ท่านออกจากระบบแล้วหรือพ้นเวลาใช้งาน ระบบจึงยังมิได้บันทึก"
    why_en = "You have been signed out, and nothing was saved yet."
    return resend.not_taken(request, why, why_en, Link("เข้าสู่ระบบ", reverse("account_login")))


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def person_of(request: HttpRequest) -> Person:
    """Whoever is signed in; ``staff_page`` has made sure that there is somebody."""
    person = actor_of(request).person
    if person is None:
        raise PermissionDenied(NO_PERSON)
    return person
