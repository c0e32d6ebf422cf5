"""A real browser in the tests: started once per file, watched for errors and violations of the site's own policy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = 360, 1280  # CSS pixels
# axe no longer counts these as faults, though labels and error messages then belong to the wrong field.
SAME_IDS = """() => [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, n, all) => all.indexOf(id) !== n)"""
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed with the file: while it lives, Django takes every test of this process for asynchronous code."""
    if not Path(CHROMIUM).is_file():
        pytest.fail(
            f"The browser tests need Chromium, and {CHROMIUM} is missing. Install it with "
            "'sudo apt-get install chromium' (make test does it as root), or name another in CHROMIUM=/path/to/it."
        )
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@contextmanager
def page_of(browser: Browser, *, width: int = DESK, scripts: bool = True) -> Iterator[Page]:
    """A page of a browser of its own; whatever went wrong on the pages visited fails the test at the end."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="th-TH", java_script_enabled=scripts
    )
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: problems.append(f"{request.url}: {request.failure}"))
    page.on(
        "console",
        lambda message: problems.append(f"{page.url}: {message.text}") if _is_problem(message) else None,
    )
    yield page
    context.close()
    # A download ends a navigation, which Chromium calls aborted.
    assert not [problem for problem in problems if "ERR_ABORTED" not in problem]


def _is_problem(message: Any) -> bool:
    # A page that answers 422 or 404 on purpose is shown; Chromium writes a line about each.
    return message.type == "error" and "status of 4" not in message.text


def faults(page: Page) -> list[str]:
    """Violations of WCAG 2.0, 2.1 and 2.2, levels A and AA."""
    # By the debugger, not by a tag: the site's policy stays in force.
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found = page.evaluate("tags => axe.run({runOnly: tags})", WCAG)["violations"]
    same = page.evaluate(SAME_IDS)
    twice = [f"{page.url} has the id {name} more than once" for name in same]
    return twice + [
        f"{page.url} ({page.viewport_size and page.viewport_size['width']} px) {v['id']}: {[n['target'] for n in v['nodes']][:3]}"
        for v in found
    ]


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def look_over(page: Page) -> list[str]:
    """Faults at desktop and at phone width, and sideways scrolling on the phone; the page is loaded once."""
    found: list[str] = []
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        found += faults(page)
        if width == PHONE and scrolls_sideways(page):
            found.append(f"{page.url} scrolls sideways at {PHONE} px")
    return found


def tab_to(page: Page, selector: str, most: int = 150) -> None:
    """Press Tab until an element of ``selector`` has the focus, as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector} on {page.url}")
