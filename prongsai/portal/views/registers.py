"""Public registers: the list of them, each one as a page, and the files with exactly what a page lists."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from prongsai.portal.keeping import kept
from prongsai.portal.pages import province_of, show
from prongsai.registers import Register, public_registers, register_of
from prongsai.registers import export as limits
from prongsai.registers.export import is_large, respond
from prongsai.registers.exporting import asked
from prongsai.registers.licence import licence_of
from prongsai.registers.listing import Listing
from prongsai.registers.present import Presented


def _register(key: str) -> Register:
    found = register_of(key)
    if found is None or not found.public:
        raise Http404
    return found


@kept
def index(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    province = province_of(request)
    rows = [(r, reverse("portal:register", args=[r.key]), r.rows(actor).count()) for r in public_registers()]
    changed = max(filter(None, (r.changed(actor) for r in public_registers())), default=None)
    context = {"registers": rows, "licence": licence_of(province)}
    return show(request, "registers", context, changed=changed, trail=[(_("ข้อมูลเปิด"), "")])


@kept
def listing(request: HttpRequest, key: str) -> HttpResponse:
    found = _register(key)
    province_of(request)
    actor = request.actor  # type: ignore[attr-defined]
    shown = Presented(
        Listing(found, actor, request.GET),
        row_url=found.public_address,
        export_url=lambda kind: reverse(f"portal:register-{kind}", args=[key]),
        kinds=("xlsx", "csv", "json"),
    )
    trail = [(_("ข้อมูลเปิด"), reverse("portal:registers")), (found.name, "")]
    return show(
        request,
        "register",
        {"register": found, "shown": shown},
        changed=found.changed(actor),
        trail=trail,
    )


@require_safe
def export(request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    found = _register(key)
    province_of(request)
    shown = Listing(found, request.actor, request.GET)  # type: ignore[attr-defined]
    if kind == "xlsx" and is_large(shown):
        return _too_large(request, shown)
    return respond(shown, kind)


def _too_large(request: HttpRequest, shown: Listing) -> HttpResponse:
    """CSV and JSON of any length are there at once; an XLSX of that length would keep the house busy for nobody known."""
    register, query = shown.register, urlencode(asked(shown))

    def address(name: str) -> str:
        return f"{reverse(f'portal:{name}', args=[register.key])}?{query}".rstrip("?")

    context = {
        "register": register,
        "count": shown.count,
        "at_once": limits.AT_ONCE,
        "files": [(kind.upper(), address(f"register-{kind}")) for kind in ("csv", "json")],
        "back": address("register"),
    }
    trail = [(_("ข้อมูลเปิด"), reverse("portal:registers")), (register.name, address("register")), ("XLSX", "")]
    response = show(request, "register_large", context, trail=trail)
    response.headers["Cache-Control"] = "no-store"
    return response
