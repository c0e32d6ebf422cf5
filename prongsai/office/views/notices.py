"""The officer's inbox."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from prongsai import notices
from prongsai.notices.models import Notice
from prongsai.office.access import actor_of, staff_page
from prongsai.office.inbox import linked

PAGE = 50


@staff_page
def inbox(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = Paginator(Notice.objects.of(actor.person_id), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "told": linked(actor, page.object_list),
        "unread_count": notices.unread_count(actor.person),
    }
    return render(request, "office/notices.html", context)


@require_POST
@staff_page
def read(request: HttpRequest) -> HttpResponse:
    """Mark one's own notices as read: those named by ``id``, or all of them."""
    ids = [int(i) for i in request.POST.getlist("id") if i.isdecimal() and len(i) < 19]
    wanted = ids if "id" in request.POST else None
    count = notices.mark_read(actor_of(request).person, wanted)
    messages.success(request, f"ทำเครื่องหมายว่าอ่านแล้ว {count} รายการ")
    return redirect("office:my-work" if request.POST.get("from") == "work" else "office:notices")
