"""The officer's inbox."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from prongsai import notices
from prongsai.notices.models import Notice
from prongsai.notices.planning import settings_of
from prongsai.office.access import actor_of, person_of, staff_page
from prongsai.office.inbox import linked
from prongsai.office.mail_form import MailSettingsForm, mail_context

PAGE = 50


@staff_page
def inbox(request: HttpRequest, mail_form: MailSettingsForm | None = None) -> HttpResponse:
    person = person_of(request)
    page = Paginator(Notice.objects.of(person.pk), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "told": linked(actor_of(request), page.object_list),
        "unread_count": notices.unread_count(person),
        **mail_context(person, mail_form),
    }
    return render(request, "office/notices.html", context, status=422 if mail_form else 200)


@staff_page
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a mail leads: one's own notice, and on to its record while one may see it. A link alone marks nothing read."""
    mine = get_object_or_404(Notice.objects.of(person_of(request).pk), pk=pk)
    (told,) = linked(actor_of(request), [mine])
    return redirect(told.url or "office:notices")


@require_POST
@staff_page
def by_mail(request: HttpRequest) -> HttpResponse:
    """How one wants to be told by mail; only ever one's own settings."""
    form = MailSettingsForm(request.POST, instance=settings_of(person_of(request)))
    if not form.is_valid():
        return inbox(request, form)
    form.save()
    messages.success(request, "บันทึกวิธีรับอีเมลแจ้งเตือนแล้ว")
    return redirect("office:notices")


@require_POST
@staff_page
def read(request: HttpRequest) -> HttpResponse:
    """Mark one's own notices as read: those named by ``id``, or all of them."""
    ids = [int(i) for i in request.POST.getlist("id") if i.isdecimal() and len(i) < 19]
    wanted = ids if "id" in request.POST else None
    count = notices.mark_read(person_of(request), wanted)
    messages.success(request, f"ทำเครื่องหมายว่าอ่านแล้ว {count} รายการ")
    return redirect("office:my-work" if request.POST.get("from") == "work" else "office:notices")
