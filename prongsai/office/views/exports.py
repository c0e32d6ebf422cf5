"""Large XLSX of a register: asked for, watched while the worker makes it, downloaded once. Works without scripts."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prongsai.office.access import actor_of, person_of, staff_page, visible_register
from prongsai.office.addresses import register_url
from prongsai.office.views.registers import record_export
from prongsai.registers import Register, exported, exporting, register_of
from prongsai.registers.browserkey import key_of, make_key
from prongsai.registers.export import as_download, is_large
from prongsai.registers.listing import Listing
from prongsai.registers.models import Export
from prongsai.registers.workbook import CONTENT_TYPE, MOST_ROWS
from prongsai.ui.parts import Link

LOOK_AGAIN = 3  # seconds
ENOUGH = f"ท่านมีไฟล์ที่ขอไว้แล้ว {exporting.MOST_LIVE} ไฟล์ โปรดดาวน์โหลดหรือลบไฟล์เดิมก่อน แล้วจึงขอไฟล์ใหม่"


@staff_page
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """What the list shows, as a file of the worker. Asking again leads to the same file."""
    register = visible_register(actor_of(request), key)
    shown = Listing(register, actor_of(request), request.GET)
    query = urlencode(exporting.asked(shown))
    if not is_large(shown):
        return redirect(f"{reverse('office:register-xlsx', args=[key])}?{query}".rstrip("?"))
    if found := exporting.live(shown):
        return redirect("office:export", found.pk)
    problem = exporting.TOO_LONG if shown.count > MOST_ROWS else ""
    if request.method == "POST" and not problem:
        response = HttpResponse(status=303)
        key_in_hand = key_of(request) or make_key(request, response)
        try:
            export = exporting.ask(shown, bytes(key_in_hand.public_key))
        except exporting.TooManyExports:
            problem = ENOUGH
        else:
            response["Location"] = reverse("office:export", args=[export.pk])
            return response
    context = {
        "register": register,
        "shown": shown,
        "problem": problem,
        "too_long": shown.count > MOST_ROWS,
        "query": query,
        "csv_url": f"{reverse('office:register-csv', args=[key])}?{query}".rstrip("?"),
        "others": Export.objects.filter(person=person_of(request), state__in=Export.LIVE).order_by(
            "asked_at"
        ),
        **_around(register, query),
    }
    return render(request, "office/export_ask.html", context, status=422 if request.method == "POST" else 200)


@staff_page
@require_GET
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far it is; while it is at work the browser looks again by itself."""
    export = exported.settle(_mine(request, pk))
    if export.is_live:
        exported.still_allowed(export, actor_of(request))
    register = register_of(export.register_key)
    context = {
        "export": export,
        "register": register,
        "is_here": exported.opens_with(export, key_of(request)),
        "look_again": LOOK_AGAIN,
        **_around(register, exporting.query_of(export)),
    }
    response = render(request, "office/export.html", context)
    if export.is_at_work:
        response["Refresh"] = str(LOOK_AGAIN)
    return response


@staff_page
@require_GET
def download(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    export, actor = exported.settle(_mine(request, pk)), actor_of(request)
    key = key_of(request)
    if export.state != Export.State.READY or key is None or not exported.opens_with(export, key):
        return redirect("office:export", pk)  # it says why
    try:
        frames = exported.open_file(export, actor, key)
    except exported.NotGiven:
        return redirect("office:export", pk)
    register = visible_register(actor, export.register_key)
    record_export(actor, register, "xlsx", export.total, narrowed=export.narrowed)
    response = StreamingHttpResponse(frames, content_type=CONTENT_TYPE)
    response["Content-Length"] = str(export.size)
    return as_download(response, register, "xlsx")


@require_POST
@staff_page
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop the work, or delete the file. Back to the list, where it can be asked for again."""
    export = _mine(request, pk)
    if export.is_live:
        exported.close(export, Export.State.CANCELLED)
        messages.success(request, "ยกเลิกและลบไฟล์แล้ว")
    return redirect(_list_of(export.register_key, exporting.query_of(export)))


def _mine(request: HttpRequest, pk: UUID) -> Export:
    """One's own; somebody else's does not exist."""
    return get_object_or_404(Export, pk=pk, person=person_of(request))


def _list_of(key: str, query: str) -> str:
    return f"{reverse('office:register', args=[key])}?{query}".rstrip("?")


def _around(register: Register | None, query: str) -> dict[str, object]:
    trail = [Link("ทะเบียนทั้งหมด", reverse("office:registers"))]
    back = register_url(register, query) if register else reverse("office:registers")
    if register is not None:
        trail.append(Link(register.name, back))
    return {"back": back, "breadcrumbs": [*trail, Link("ไฟล์ XLSX", "")], "page_audience": "เฉพาะท่าน"}
