"""Passkeys in a real browser, with Chromium's virtual authenticator: added, used as second factor, to sign in, and to confirm."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from prongsai.organisation.sample import SAMPLE_DOMAIN, SAMPLE_PASSWORD
from tests.house import House
from tests.screen import browser, look_over, page_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

__all__ = ["browser"]

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_is_added_and_signs_in(browser: Browser, house: House):
    found: list[str] = []
    with page_of(browser) as page:
        insert_authenticator(page)
        base = at_localhost(house)
        type_password(page, base, "web_officer")
        page.wait_for_url("**/office/")
        page.goto(f"{base}/account/security/")
        found += look_over(page)
        page.locator("main a[href$='/passkeys/new/']").click()
        found += look_over(page)
        page.locator("[name=name]").fill("กุญแจทดสอบ")
        page.get_by_role("button", name="เพิ่มพาสคีย์").click()
        page.wait_for_url("**/account/security/codes/")
        assert page.locator("#ps-recovery-codes li").count() == 10
        found += look_over(page)
        with page.expect_download() as download:
            page.get_by_role("link", name="บันทึกเป็นไฟล์ข้อความ").click()
        saved = download.value.path().read_text(encoding="utf-8")
        assert all(one in saved for one in page.locator("#ps-recovery-codes code").all_inner_texts())
        page.goto(f"{base}/account/security/")
        assert "กุญแจทดสอบ" in page.locator("main").inner_text()
        found += look_over(page)

        # As second factor, after the password.
        sign_out(page)
        type_password(page, base, "web_officer")
        page.wait_for_url("**/account/login/second/")
        found += look_over(page)
        page.get_by_role("button", name="ยืนยันด้วยพาสคีย์").click()
        page.wait_for_url("**/office/")

        # Instead of the password, and on to where one wanted to go.
        sign_out(page)
        page.goto(f"{base}/account/login/?next=/office/notices/")
        found += look_over(page)
        page.get_by_role("button", name="เข้าสู่ระบบด้วยพาสคีย์").click()
        page.wait_for_url(f"{base}/office/notices/")

        # To confirm who is there.
        page.goto(f"{base}/account/confirm/passkey/?next=/account/sessions/")
        found += look_over(page)
        page.get_by_role("button", name="ยืนยันด้วยพาสคีย์").click()
        page.wait_for_url(f"{base}/account/sessions/")
        found += look_over(page)
    assert not found, "\n".join(found)


def test_a_foreign_passkey_is_refused_and_a_missing_one_explained(browser: Browser, house: House):
    with page_of(browser) as page:
        insert_authenticator(page)  # an empty one
        page.goto(f"{at_localhost(house)}/account/login/")
        page.get_by_role("button", name="เข้าสู่ระบบด้วยพาสคีย์").click()
        expect(page.locator("[data-passkey-error]")).to_be_visible()
    with page_of(browser, scripts=False) as page:
        page.goto(f"{at_localhost(house)}/account/login/")
        expect(page.locator("[data-passkey-missing]")).to_be_visible()
        expect(page.locator("[data-passkey-error]")).to_be_hidden()
        expect(page.get_by_role("button", name="เข้าสู่ระบบด้วยพาสคีย์")).to_have_count(0)


def at_localhost(house: House) -> str:
    """Passkeys belong to a name; an address has none."""
    return f"http://localhost:{house.port}"


def insert_authenticator(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def type_password(page: Page, base: str, key: str) -> None:
    page.goto(f"{base}/account/login/")
    page.locator("[name=login]").fill(f"{key}@{SAMPLE_DOMAIN}")
    page.locator("[name=password]").fill(SAMPLE_PASSWORD)
    page.locator("[name=password]").press("Enter")


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="ออกจากระบบ", exact=True).click()
    page.wait_for_url("**/")
