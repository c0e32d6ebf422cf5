"""Lists come in pages: ``page`` and ``size`` in, ``total``, ``Link`` (RFC 8288) and ``X-Total-Count`` out."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Field, Schema

from prongsai.api.schemas import LicenceOut
from prongsai.registers.licence import licence_of


class Paging(Schema):
    page: int = Field(1, ge=1, le=1_000_000, description="Number of the page, from 1")
    size: int = Field(50, ge=1, le=100, description="Items on a page, at most 100")


class PageOut(Schema):
    total: int
    page: int
    size: int
    licence: LicenceOut


def paged(
    request: HttpRequest,
    response: HttpResponse,
    rows: QuerySet | Sequence[Any],
    paging: Paging,
    shape: Callable[[Any], dict[str, Any]],
) -> dict[str, Any]:
    """One page of ``rows``, each made by ``shape``. Beyond the last page there are no items, and no error."""
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    start = (paging.page - 1) * paging.size
    items = [shape(row) for row in rows[start : start + paging.size]]
    response.headers["X-Total-Count"] = str(total)
    response.headers["Link"] = _links(request, paging, max(1, -(-total // paging.size)))
    return {
        "total": total,
        "page": paging.page,
        "size": paging.size,
        "licence": licence_of(request.actor.province).described(),  # type: ignore[attr-defined]
        "items": items,
    }


def _links(request: HttpRequest, paging: Paging, last: int) -> str:
    pages = {"first": 1, "prev": paging.page - 1, "next": paging.page + 1, "last": last}
    links = []
    for relation, number in pages.items():
        if 1 <= number <= last:
            query = request.GET.copy()
            query["page"] = str(number)
            links.append(
                f'<{request.build_absolute_uri(request.path)}?{query.urlencode()}>; rel="{relation}"'
            )
    return ", ".join(links)
