"""The door of every staff page: signed in, a person of the staff list, in Thai, never cached; records only by register."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import translation
from django.views.decorators.cache import never_cache

from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.registers import Register, register_for, register_of

NO_PERSON = "บัญชีนี้ยังมิได้ผูกกับบุคคลในทะเบียนเจ้าหน้าที่ โปรดติดต่อผู้ดูแลระบบ"

View = Callable[..., HttpResponseBase]


def staff_page(view: View) -> View:
    """For people with an account; others go to the sign-in page and come back. The staff site speaks Thai."""

    @wraps(view)
    @never_cache
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person_of(request)
        # Not ``override``: an export is written after the view has returned. The next request sets its own language.
        translation.activate("th")
        return view(request, *args, **kwargs)

    return guarded


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def person_of(request: HttpRequest) -> Person:
    """Whoever is signed in; ``staff_page`` has made sure that there is somebody."""
    person = actor_of(request).person
    if person is None:
        raise PermissionDenied(NO_PERSON)
    return person


def visible_register(actor: Actor, key: str) -> Register:
    """The register called ``key``, if it is in this person's menu at all; otherwise 404."""
    found = register_of(key)
    if found is None or not found.may_see(actor):
        raise Http404
    return found


def visible_record(register: Register | None, actor: Actor, pk: UUID | str) -> Any:
    """The record through its register's own door; one that is not behind it does not exist (404)."""
    found = register.rows(actor).filter(pk=pk).first() if register is not None else None
    if found is None:
        raise Http404
    return found


def seen_records(actor: Actor, wanted: dict[str, set[str]]) -> dict[tuple[str, str], Any]:
    """Of many records (ids by type) those that the person may see: (type, id) → record. One query per type."""
    seen = {}
    for record_type, ids in wanted.items():
        register = register_for(record_type)
        if register is None or not register.has_record_page:
            continue
        for record in register.rows(actor).filter(pk__in=ids):
            seen[record_type, str(record.pk)] = record
    return seen
