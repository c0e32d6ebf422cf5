"""Search across the registers that a person may see, each through its own door: a foreign record cannot be found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from prongsai.office.access import actor_of, staff_page
from prongsai.office.addresses import register_url, row_url
from prongsai.organisation.actors import Actor
from prongsai.registers import Register, all_registers
from prongsai.registers.listing import Listing

WORDS = {"text", "link", "state"}  # kinds of columns that say what a row is
SHOWN = 8  # rows of one register; the register itself lists them all


@dataclass(frozen=True)
class Found:
    register: Register
    count: int
    rows: list[tuple[str, str, str]]  # title, address, hint
    url: str


@staff_page
def search(request: HttpRequest) -> HttpResponse:
    query = (request.GET.get("q") or "").strip()[:200]
    found = _search(actor_of(request), query) if query else []
    context = {"query": query, "search_query": query, "found": found, "count": sum(f.count for f in found)}
    return render(request, "office/search.html", context)


def _search(actor: Actor, query: str) -> list[Found]:
    results = []
    for register in all_registers():
        if not register.search or not register.may_see(actor):
            continue
        params = QueryDict(urlencode({"q": query}))
        listing = Listing(register, actor, params)
        if listing.count:
            rows = [_line(listing, row) for row in listing.rows[:SHOWN]]
            results.append(Found(register, listing.count, rows, register_url(register, params.urlencode())))
    return sorted(results, key=lambda f: f.register.public)


def _line(listing: Listing, row: Any) -> tuple[str, str, str]:
    """Title, address and hint: the row's first column, its page, its next two columns."""
    words = [str(value) for column, value in listing.cells(row) if column.kind in WORDS and value]
    return words[0], row_url(listing.register, row), " · ".join(words[1:3])
