"""The desk in a real browser: a letter is typed in without a mouse and with few keys; a draft keeps itself."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.house import House
from tests.screen import browser, look_over
from tests.test_office_browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

__all__ = ["browser"]

FOCUSED = "document.activeElement.name"
VISIBLE = "input:not([type=hidden]):visible, select:visible, textarea:visible"
MOST_FIELDS, MOST_TABS = 10, 14


class Typist:
    """Counts what the keyboard does besides typing words."""

    def __init__(self, page: Page) -> None:
        self.page, self.tabs = page, 0

    def on(self) -> str:
        self.page.keyboard.press("Tab")
        self.tabs += 1
        return self.page.evaluate(FOCUSED) or ""

    def into(self, name: str, text: str = "") -> None:
        """One Tab to the next field, which must be this one."""
        assert self.on() == name
        if text:
            self.page.keyboard.insert_text(text)


def test_a_letter_is_typed_in_by_keyboard_alone(browser: Browser, house: House) -> None:
    page = sign_in(browser, house, "center_officer_3")
    page.goto(f"{house.url}/office/complaints/intake/post_signed/")
    assert page.locator("form.ps-form").locator(VISIBLE).count() <= MOST_FIELDS
    assert page.evaluate(FOCUSED) == "received_on"
    assert re.search(r"/25\d\d$", page.input_value("[name=received_on]")), "today stands there"
    hand = Typist(page)
    hand.into("receiving_no", "รับ ๑๒/๒๕๖๙")
    hand.into("postmark_on", page.input_value("[name=received_on]"))
    hand.into("accused_agency")
    page.keyboard.press("ArrowDown")
    hand.into("accused_name", "เจ้าหน้าที่สมมติ")
    hand.into("narrative", "ใจความของหนังสือซึ่งพิมพ์ด้วยแป้นพิมพ์")
    hand.into("name", "นางผู้ร้อง สมมติ")
    hand.into("hand_signed")
    assert page.is_checked("[name=hand_signed]")
    hand.into("files")
    hand.into("envelope_scan")
    while hand.on() or page.evaluate("document.activeElement.type") != "submit":
        assert hand.tabs <= MOST_TABS
    page.keyboard.press("Enter")
    page.wait_for_url(f"{house.url}/office/complaints/intake/receipt/")
    assert page.locator("#ps-receipt-code").count() == 1
    ((number,),) = house.query("SELECT number FROM complaints_case ORDER BY created_at DESC LIMIT 1")
    assert number in page.inner_text("main")
    assert look_over(page) == []


def test_what_is_said_is_read_back_and_confirmed_by_keyboard(browser: Browser, house: House) -> None:
    page = sign_in(browser, house, "damrongtham_officer")
    page.goto(f"{house.url}/office/complaints/intake/phone/")
    assert look_over(page) == []
    page.focus("[name=narrative]")
    page.keyboard.insert_text("ผู้โทรแจ้งเรื่องสมมติ")
    page.press("[name=accused_name]", "Enter")
    expect(page.locator("#readback-title")).to_be_visible()
    assert look_over(page) == []
    assert page.evaluate(FOCUSED) == "readback_confirmed"
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{house.url}/office/complaints/intake/receipt/")
    page.goto(f"{house.url}/office/registers/received/")
    assert look_over(page) == []


def test_a_draft_keeps_itself_while_the_officer_types(browser: Browser, house: House) -> None:
    page = sign_in(browser, house, "center_officer_2")
    page.clock.install()
    page.goto(f"{house.url}/office/complaints/intake/agency/")
    page.fill("[name=narrative]", "พิมพ์ค้างไว้")
    page.clock.run_for(21_000)
    expect(page.locator("#draft-note")).to_contain_text("เก็บร่างไว้เมื่อ")
    page.fill("[name=from_agency]", "หน่วยงานสมมติ")
    page.clock.run_for(21_000)
    page.wait_for_function("document.querySelector('[name=draft]').value")
    page.evaluate("window.onbeforeunload = null")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(f"{house.url}/office/complaints/intake/")
    assert page.get_by_role("button", name="ลบร่างนี้").count() == 1, "kept again, it is the same draft"
    assert look_over(page) == []
