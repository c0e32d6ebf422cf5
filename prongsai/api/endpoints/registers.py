"""Every public register through its own door: the rows, filters, search and order of its page and of its files."""

from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from ninja import Field, Query, Router

from prongsai.api import shapes
from prongsai.api.paging import PageOut, Paging, paged
from prongsai.api.problems import BadRequest
from prongsai.api.schemas import RegisterDetailOut, RegisterOut, RowOut
from prongsai.registers import Register, public_registers, register_of
from prongsai.registers.licence import licence_of
from prongsai.registers.listing import Listing
from prongsai.registers.plain import cells, described

router = Router(tags=["registers"])

COMMON = {"page", "size", "lang", "sort"}
FILES = ("csv", "xlsx", "json")


class Asked(Paging):
    lang: Literal["th", "en"] = Field("th", description="Language of the values")
    sort: str = Field("", max_length=60, description="Key of a column; with - before it, descending")
    q: str = Field("", max_length=200, description="Words to be found")


class RegisterPage(PageOut):
    items: list[RegisterOut]


class RowPage(PageOut):
    key: str = Field(description="Of the register")
    narrowed_by: str
    items: list[RowOut]


@router.get("/registers", response=RegisterPage, summary="Public registers", description="ทะเบียนที่เปิดเผย")
def registers(request: HttpRequest, response: HttpResponse, paging: Query[Paging]) -> Any:
    shapes.province_of(request)
    return paged(request, response, public_registers(), paging, lambda row: _register(request, row))


@router.get(
    "/registers/{key}",
    response=RegisterDetailOut,
    summary="One register: columns, filters, files",
    description="ทะเบียนหนึ่ง: คอลัมน์ ตัวกรอง และไฟล์",
)
def register(request: HttpRequest, key: str) -> Any:
    province = shapes.province_of(request)
    found = _public(key)
    return {
        **_register(request, found),
        "filters": [_filter(one, request.actor) for one in found.filters],  # type: ignore[attr-defined]
        "licence": licence_of(province).described(),
    }


@router.get(
    "/registers/{key}/rows",
    response=RowPage,
    summary="Rows of a register; besides these parameters it takes the register's own filters",
    description="รายการในทะเบียน นอกจากพารามิเตอร์เหล่านี้ ใช้ตัวกรองของทะเบียนนั้นได้ด้วย",
)
def register_rows(
    request: HttpRequest,
    response: HttpResponse,
    key: str,
    asked: Query[Asked],
) -> Any:
    shapes.province_of(request)
    found = _public(key)
    with translation.override(asked.lang):
        listing = _listing(request, found)

        def row(record: Any) -> dict[str, Any]:
            path = found.public_address(record)
            return {
                "values": cells(listing, record),
                "url": request.build_absolute_uri(path) if path else None,
            }

        page = paged(request, response, listing.rows, asked, row)
    return {**page, "key": key, "narrowed_by": listing.sentence}


def _public(key: str) -> Register:
    found = register_of(key)
    if found is None or not found.public:
        raise Http404
    return found


def _listing(request: HttpRequest, found: Register) -> Listing:
    """The register as its page lists it. What a page passes over, a program is told: unknown names and values."""
    actor = request.actor  # type: ignore[attr-defined]
    known = COMMON | {name for one in found.filters for name in _parameters(one)}
    known |= {"q"} if found.search else set()
    wrong = [(name, "ทะเบียนนี้ไม่มีพารามิเตอร์นี้", "This register has no such parameter.") for name in request.GET if name not in known]  # fmt: skip
    listing = Listing(found, actor, request.GET)
    for state in listing.filters:
        if state.error:
            wrong.append((_parameters(state.filter)[0], *_both_errors(found, request, state.filter.key)))
    if request.GET.get("sort") and not listing.sort_key:
        wrong.append(("sort", "เรียงตามคอลัมน์นี้มิได้", "Rows cannot be sorted by this."))
    if wrong:
        raise BadRequest(*wrong)
    return listing


def _both_errors(found: Register, request: HttpRequest, key: str) -> tuple[str, str]:
    """What a filter says about its value, in Thai and in English."""
    said = []
    for language in ("th", "en"):
        with translation.override(language):
            states = Listing(found, request.actor, request.GET).filters  # type: ignore[attr-defined]
            said.append(next(state.error for state in states if state.filter.key == key))
    return said[0], said[1]


def _parameters(declared: Any) -> list[str]:
    if declared.kind == "period":
        return [f"{declared.key}_from", f"{declared.key}_to"]
    return [declared.key]


def _register(request: HttpRequest, found: Register) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    return {
        "key": found.key,
        "title_th": found.title,
        "title_en": found.title_en,
        "about_th": found.about,
        "about_en": found.about_en,
        "total": found.rows(actor).count(),
        "changed_at": found.changed(actor),
        "columns": [described(column) for column in found.columns],
        "sortable": [column.key for column in found.columns if column.sort],
        "searchable": bool(found.search),
        "rows_url": shapes.url(request, "api:register_rows", found.key),
        "files": {kind: shapes.url(request, f"portal:register-{kind}", found.key) for kind in FILES},
        "url": shapes.url(request, "portal:register", found.key),
    }


def _filter(declared: Any, actor: Any) -> dict[str, Any]:
    choices: dict[str, list[str]] = {}
    if declared.kind == "choice":
        for language in ("th", "en"):
            with translation.override(language):
                for value, label in declared.choices(actor):
                    choices.setdefault(str(value), []).append(str(label))
    return {
        "parameters": _parameters(declared),
        "kind": declared.kind,
        "label_th": declared.label,
        "label_en": declared.label_en or declared.label,
        "choices": [{"value": v, "label_th": labels[0], "label_en": labels[-1]} for v, labels in choices.items()],
    }  # fmt: skip
