"""The watchers of the browser tests see what they watch for; otherwise their silence would prove nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.house import House
from tests.screen import browser, look_over, page_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

__all__ = ["browser"]

BAD = """
<!doctype html><html lang="th"><title>เลว</title><main><h1>เลว</h1><img src="data:,"><input>
<p style="color:#999;background:#fff">จาง</p><div style="width:900px">กว้าง</div></main>
"""


def test_faults_and_sideways_scrolling_are_found(browser: Browser):
    with page_of(browser) as page:
        page.set_content(BAD)
        found = "\n".join(look_over(page))
    for fault in ("image-alt", "label", "color-contrast", "scrolls sideways"):
        assert fault in found


@pytest.mark.parametrize(
    "script",
    [
        "document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))",
        "document.body.append(Object.assign(document.createElement('img'), {src: 'http://localhost:9/x.png'}))",
        "setTimeout(() => { throw new Error('broken') })",
        "console.error('broken')",
    ],
)
def test_violations_of_the_policy_and_errors_are_found(browser: Browser, house: House, script: str):
    with pytest.raises(AssertionError), page_of(browser) as page:
        page.goto(house.url)
        page.evaluate(script)
        page.wait_for_timeout(100)
