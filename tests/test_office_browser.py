"""The staff site in a real browser: no accessibility fault, no sideways scrolling on a phone, nothing that needs a mouse."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from prongsai.complaints.sample import SAMPLE_PASSPHRASE
from prongsai.organisation.sample import SAMPLE_DOMAIN, SAMPLE_PASSWORD
from tests.house import House
from tests.screen import AXE, SAME_IDS, browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

__all__ = ["browser"]

SCAN = "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
WIDTHS = (1280, 360)
PAGES = {
    "center_officer": [
        "/office/",
        "/office/notices/",
        "/office/registers/",
        "/office/registers/complaints/",
        "/office/registers/duties/",
        "/office/registers/post/",
        "/office/complaints/intake/",
        "/office/complaints/intake/post_signed/",
        "/office/search/?q=0001",
    ],
    "governor": [
        "/office/dashboard/",
        "/office/dashboard/M5/",
        "/office/registers/people/",
    ],
    "system_admin": ["/office/registers/holidays/", "/office/act/compliance.add_holiday/new/"],
}


def sign_in(browser: Browser, house: House, key: str, width: int = 1280) -> Page:
    # The scanner is injected by the test, which the site's own policy would refuse.
    page = browser.new_context(
        viewport={"width": width, "height": 900}, bypass_csp=True, locale="th-TH"
    ).new_page()
    page.goto(f"{house.url}/account/login/?next=/office/")
    page.fill("input[name=login]", f"{key}@{SAMPLE_DOMAIN}")
    page.fill("input[name=password]", SAMPLE_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{house.url}/office/")
    return page


def faults(page: Page) -> list[Any]:
    page.evaluate(AXE)
    found = page.evaluate(SCAN)["violations"]
    same = [(page.url, "same id", name) for name in page.evaluate(SAME_IDS)]
    return same + [(page.url, v["id"], [node["target"] for node in v["nodes"]][:3]) for v in found]


def is_wider_than_the_window(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("key", PAGES)
def test_C42_pages_have_no_faults_and_fit_the_window(
    browser: Browser, house: House, key: str, width: int
) -> None:
    page = sign_in(browser, house, key, width)
    for path in PAGES[key]:
        answer = page.goto(house.url + path)
        assert answer is not None
        assert answer.status == 200, path
        assert faults(page) == []
        assert not is_wider_than_the_window(page), path


def test_C42_an_opened_record_and_its_steps_have_no_faults(browser: Browser, house: House) -> None:
    page = sign_in(browser, house, "center_officer", width=360)
    page.goto(f"{house.url}/office/key/unlock/?next=/office/registers/complaints/")
    page.fill("input[name=passphrase]", SAMPLE_PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{house.url}/office/registers/complaints/")
    records = page.eval_on_selector_all("tbody th a", "links => links.map(link => link.href)")
    for record in records[:3]:
        page.goto(record)
        assert page.locator("#file-title").count() == 1, "the content is open"
        assert faults(page) == []
        assert not is_wider_than_the_window(page), record
        for step in page.eval_on_selector_all(".ps-acts a", "links => links.map(link => link.href)"):
            page.goto(step)
            assert faults(page) == []
            assert not is_wider_than_the_window(page), step


def test_C42_a_step_is_done_with_the_keyboard_alone(browser: Browser, house: House) -> None:
    page = sign_in(browser, house, "center_officer_2")
    go_to(page, ".ps-tasks__verb a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{house.url}/office/act/**")
    go_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{house.url}/office/registers/complaints/**")
    assert page.locator(".ps-notice--success").count() == 1


def go_to(page: Page, selector: str) -> None:
    """Press Tab until the first element of ``selector`` has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement === document.querySelector(s)", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector}")
