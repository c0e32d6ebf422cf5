"""Public pages: kept ones (what nearly every reader gets) beside ones made for this request."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bench.house import House
from bench.load import Run, drive, once, request

HOME = "/"


@dataclass(frozen=True)
class Page:
    """One way to ask for a page, and how it went. ``cpu``: the web server's milliseconds a request, where known."""

    run: Run
    cpu: float | None


def run(house: House, *, seconds: float) -> dict[str, Page]:
    """``kept`` and ``fresh`` of the home page, ``fresh`` of a clause's page and of the statistics."""
    gzip = {"Accept-Encoding": "gzip"}
    clause = _a_clause(house)
    return {
        "home_kept": _measure(house, lambda _: request("GET", HOME, gzip), seconds),
        "home_fresh": _measure(house, lambda n: request("GET", f"{HOME}?fresh={n}", gzip), seconds),
        "clause_fresh": _measure(house, lambda n: request("GET", f"{clause}?fresh={n}", gzip), seconds),
    }


def _measure(house: House, make, seconds: float) -> Page:
    drive(house.port, lambda n: make(-1 - n), count=32)  # wakes every thread and its connection
    before = house.web_seconds()
    run = drive(house.port, make, seconds=seconds)
    used = None if before is None else (house.web_seconds() or 0.0) - before
    return Page(run, None if used is None else 1000 * used / len(run.latencies))


def _a_clause(house: House) -> str:
    """The address of the last clause of the last measure: as people find it, by following links."""
    address = "/announcement/"
    for prefix in ("/measures/", "/clauses/"):
        page = once(house.port, request("GET", address)).body.decode()
        found = re.findall(f'href="({prefix}[^"?#]+)"', page)
        if not found:
            raise ValueError(f"{address} links to nothing under {prefix}")
        address = found[-1]
    return address
