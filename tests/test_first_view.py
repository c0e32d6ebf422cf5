"""What a first visit costs on a telephone: the home page with everything that it loads, as it goes over the wire."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest

from tests.house import House
from tests.visitor import Answer, Visitor

pytestmark = pytest.mark.xdist_group("house")

BUDGET = 100 * 1024  # bytes, compressed, fonts included
LOADED = {
    "link": ("href", {"stylesheet", "icon", "preload", "manifest"}),
    "script": ("src", None),
    "img": ("src", None),
}


class _Loads(HTMLParser):
    """Addresses that a browser fetches by itself when it shows the page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        name, kinds = LOADED.get(tag, ("", None))
        if name and at.get(name) and (kinds is None or kinds & set((at.get("rel") or "").split())):
            self.addresses.append(at[name] or "")


def _plain(answer: Answer) -> bytes:
    return gzip.decompress(answer.body) if answer.headers.get("Content-Encoding") == "gzip" else answer.body


def _everything(visitor: Visitor) -> dict[str, Answer]:
    """Every resource of the home page by its address, and what style sheets load in turn (every face of the font)."""
    seen: dict[str, Answer] = {}
    waiting = ["/"]
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith("data:"):
            continue
        answer = seen[address] = visitor.get(address, **{"Accept-Encoding": "gzip"})
        assert answer.status == 200, address
        kind = answer.headers["Content-Type"]
        if kind.startswith("text/html"):
            page = _Loads()
            page.feed(_plain(answer).decode())
            waiting += [urljoin(address, found) for found in page.addresses]
        elif kind.startswith("text/css"):
            waiting += [
                urljoin(address, found)
                for found in re.findall(r"url\([\"']?([^\"')]+)", _plain(answer).decode())
            ]
    return seen


def test_the_first_view_stays_within_its_budget(house: House):
    loaded = _everything(Visitor(house.url))
    sizes = {address: len(answer.body) for address, answer in loaded.items()}
    assert sum(size for address, size in sizes.items() if address.endswith(".woff2")), (
        "the font was not counted"
    )
    assert any(address.endswith(".css") for address in sizes)
    assert sum(sizes.values()) <= BUDGET, sorted(sizes.items(), key=lambda item: -item[1])


def test_texts_travel_compressed_and_named_by_their_content(house: House):
    loaded = _everything(Visitor(house.url))
    assert loaded["/"].headers["Content-Encoding"] == "gzip"
    for address, answer in loaded.items():
        if address.endswith((".css", ".js")):
            assert answer.headers["Content-Encoding"] == "gzip", address
            assert "immutable" in answer.headers["Cache-Control"], address
