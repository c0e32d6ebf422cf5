"""The registers: which there are, each one as a list, and the files with exactly what a list shows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from prongsai import ledger
from prongsai.acts import Act, acts_for
from prongsai.office.access import actor_of, staff_page, visible_register
from prongsai.office.addresses import make_url, row_url
from prongsai.organisation.actors import Actor
from prongsai.registers import Register, all_registers
from prongsai.registers.export import is_large, respond
from prongsai.registers.exporting import asked
from prongsai.registers.listing import Listing
from prongsai.registers.present import Presented
from prongsai.ui.parts import Link

LOGGED = "S3"  # from this secrecy class on, an export is a read that the ledger keeps


@staff_page
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    shown = [(r, r.rows(actor).count()) for r in all_registers() if r.may_see(actor)]
    groups = [
        ("ทะเบียนงาน", [row for row in shown if not row[0].public]),
        ("ทะเบียนที่เผยแพร่ต่อประชาชนด้วย", [row for row in shown if row[0].public]),
    ]
    return render(request, "office/registers.html", {"groups": [g for g in groups if g[1]]})


@staff_page
def listing(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    register = visible_register(actor, key)
    shown = Presented(
        Listing(register, actor, request.GET),
        row_url=lambda row: row_url(register, row),
        export_url=lambda kind: reverse(f"office:register-{kind}", args=[key]),
    )
    context = {
        "register": register,
        "shown": shown,
        "makes": makes(register, actor),
        "pages": [(words, reverse(name)) for words, name in register.pages],
        "breadcrumbs": [Link("ทะเบียนทั้งหมด", reverse("office:registers")), Link(register.name, "")],
        "page_audience": register.audience,
    }
    return render(request, "office/register.html", context)


def makes(register: Register, actor: Actor) -> list[tuple[Act, str]]:
    """The acts by which this person may add to the register, with their addresses."""
    model = register.acts_on or register.model
    acts = [act for act in acts_for(model) if None in act.moves and (act.page or act.face == "office")]
    return [(act, make_url(act)) for act in acts if not act.by(actor, None)]


@staff_page
def export(request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    actor = actor_of(request)
    register = visible_register(actor, key)
    shown = Listing(register, actor, request.GET)
    if kind == "xlsx" and is_large(shown):
        query = urlencode(asked(shown))
        return redirect(f"{reverse('office:export-ask', args=[key])}?{query}".rstrip("?"))
    record_export(actor, register, kind, shown.count, narrowed=bool(shown.sentence))
    return respond(shown, kind)


def record_export(actor: Actor, register: Register, kind: str, rows: int, *, narrowed: bool) -> None:
    """Write down, before it leaves, that somebody is given a file of a secret register."""
    if register.secrecy >= LOGGED:
        ledger.record_read(
            kind="registers.export_read",
            actor_id=actor.person_id,
            actor_label=actor.label,
            subject=("registers.register", register.key),
            province=actor.province.pk,  # type: ignore[union-attr]
            secrecy=register.secrecy,
            content={"kind": kind, "rows": rows, "narrowed": narrowed},
        )
