"""งานของฉัน: what is late, what is nearly due, what else is to be done. Nothing else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from prongsai import notices, sealed
from prongsai.notices.models import Notice
from prongsai.office.access import actor_of, person_of, staff_page
from prongsai.office.inbox import linked
from prongsai.office.jobs import desk_of
from prongsai.organisation.actors import Actor
from prongsai.registers import all_registers

NEWEST = 5


@staff_page
def my_work(request: HttpRequest) -> HttpResponse:
    actor, person = actor_of(request), person_of(request)
    unread = Notice.objects.of(person.pk).unread()[:NEWEST]
    context = {
        "desk": desk_of(actor),
        "unread": linked(actor, unread),
        "unread_count": notices.unread_count(person),
        **_key(request, actor),
    }
    return render(request, "office/my_work.html", context)


def _key(request: HttpRequest, actor: Actor) -> dict[str, object]:
    """The state of the officer's own key; nothing for those who have no secret matters."""
    secret = any(r.secrecy >= "S3" and r.may_see(actor) for r in all_registers())
    if not secret and not actor.has("identity_custodian"):
        return {"key": ""}
    if sealed.keyholder_of(actor.person) is None:
        return {"key": "none"}
    return {"key": "open" if sealed.unlocked(request) else "closed"}
