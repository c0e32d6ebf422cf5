"""The confidential channel in real browsers: what is typed leaves none of them readable (M6.2.3.(12), AT-M6-18)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from prongsai.organisation.sample import SAMPLE_DOMAIN, SAMPLE_PASSWORD
from tests.house import House
from tests.screen import browser, look_over, page_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

__all__ = ["browser"]

SECRET = "หัวหน้าหน่วยงานสมมติรับเงินใต้โต๊ะทุกวันที่ห้า"
FILE, NAME = "เนื้อหาของไฟล์แนบที่เป็นความลับ", "หลักฐานลับมาก.txt"
ANSWER = "ได้รับแล้ว ขอทราบสถานที่ที่แน่ชัด"
PASSPHRASE = "ม้าสีเขียวกระโดดข้ามสะพานไม้"
MAXIMUM = 40 * 1024  # bytes of script before anybody writes; the age library comes afterwards


def sign_in(page: Page, house: House, key: str) -> None:
    page.goto(f"{house.url}/account/login/?next=/office/")
    page.fill("input[name=login]", f"{key}@{SAMPLE_DOMAIN}")
    page.fill("input[name=password]", SAMPLE_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{house.url}/office/")


def listen(page: Page) -> list[bytes]:
    """Everything that this browser sends from now on: addresses and bodies."""
    sent: list[bytes] = []

    def note(request: Any) -> None:
        sent.append(request.url.encode() + b"\n" + (request.post_data_buffer or b""))

    page.on("request", note)
    return sent


def make_key(page: Page, house: House) -> None:
    page.goto(f"{house.url}/office/confidential/key/")
    assert look_over(page) == []
    page.get_by_role("button", name="สร้างกุญแจ").click()
    expect(page.get_by_text("วลีผ่านต้องยาวอย่างน้อย 16 ตัวอักษร")).to_be_visible()
    page.get_by_label("วลีผ่าน", exact=True).fill(PASSPHRASE)
    page.get_by_label("วลีผ่านอีกครั้ง").fill(PASSPHRASE)
    page.get_by_role("button", name="สร้างกุญแจ").click()
    expect(page.get_by_text("สร้างกุญแจแล้ว ลายนิ้วมือ")).to_be_visible(timeout=60_000)


@pytest.mark.at("AT-M6-18")
def test_the_whole_way_in_browsers_and_nothing_readable_on_the_wire_or_in_the_database(
    browser: Browser, house: House
) -> None:
    house.start()
    with page_of(browser) as governor, page_of(browser) as sender:
        from_governor, from_sender = listen(governor), listen(sender)
        sign_in(governor, house, "governor")
        make_key(governor, house)

        scripts: list[int] = []
        sender.on(
            "response",
            lambda r: (
                scripts.append(len(r.body())) if "/confidential/" in r.url and r.url.endswith(".js") else None
            ),
        )
        sender.goto(f"{house.url}/confidential/")
        assert look_over(sender) == []
        assert sum(scripts) < MAXIMUM
        sender.get_by_role("button", name="เข้ารหัสและส่ง").click()
        expect(sender.get_by_text("โปรดเลือกว่าจะส่งถึงผู้ใด")).to_be_visible()
        sender.get_by_label("ผู้ว่าราชการจังหวัดเท่านั้น").check()
        sender.get_by_role("button", name="เข้ารหัสและส่ง").click()
        expect(sender.get_by_text("โปรดเขียนข้อความหรือแนบไฟล์")).to_be_visible()
        sender.get_by_label("ข้อความ", exact=True).fill(SECRET)
        sender.get_by_label("ไฟล์แนบ").set_input_files(
            {"name": NAME, "mimeType": "text/plain", "buffer": FILE.encode()}
        )
        sender.get_by_role("button", name="เข้ารหัสและส่ง").click()
        expect(sender.get_by_role("heading", name="ส่งข้อความแล้ว")).to_be_visible(timeout=60_000)
        assert look_over(sender) == []
        number = sender.locator("[data-part=number]").inner_text()
        code = sender.locator("[data-part=code]").inner_text()
        sender.get_by_role("button", name="จดแล้ว").click()
        sender.wait_for_url(f"{house.url}/confidential/thread/")

        read_and_answer(governor, house, number)

        sender.get_by_label("เลขที่").fill(number)
        sender.get_by_label("รหัส").fill(code.lower().replace("-", " "))
        sender.get_by_role("button", name="เปิดอ่าน").click()
        expect(sender.get_by_text(ANSWER)).to_be_visible(timeout=60_000)
        expect(sender.get_by_text(SECRET)).to_be_visible()
        assert look_over(sender) == []
        sender.get_by_label("ข้อความ", exact=True).fill("ที่ห้องประชุมชั้นสาม")
        sender.get_by_role("button", name="เข้ารหัสและส่ง").click()
        expect(sender.locator("[data-part=letters]").get_by_text("ที่ห้องประชุมชั้นสาม")).to_be_visible(
            timeout=60_000
        )

        wire = b"\n".join([*from_governor, *from_sender])
        plain = code.replace("-", "")
        for secret in (SECRET, FILE, NAME, ANSWER, PASSPHRASE, code, plain, "AGE-SECRET-KEY"):
            assert secret.encode() not in wire, secret
        assert number.encode() in wire
    kept = house.query("SELECT content FROM confidential_message")
    assert len(kept) == 3
    assert {bytes(content)[:21] for (content,) in kept} == {b"age-encryption.org/v1"}
    sizes = {len(content) // 1024 for (content,) in kept}
    assert sizes == {4}, "padded: lengths tell nothing"


def read_and_answer(page: Page, house: House, number: str) -> None:
    page.goto(f"{house.url}/office/registers/confidential/")
    page.get_by_role("link", name=number).click()
    assert look_over(page) == []
    passphrase, button = page.get_by_label("วลีผ่านของกุญแจช่องทางลับ"), page.get_by_role("button", name="เปิดอ่าน")
    passphrase.fill("วลีผ่านที่ไม่ใช่ของข้าพเจ้าเลย")
    button.click()
    expect(page.get_by_text("วลีผ่านไม่ถูกต้อง")).to_be_visible(timeout=60_000)
    passphrase.fill(PASSPHRASE)
    button.click()
    expect(page.get_by_text(SECRET)).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        page.get_by_role("link", name=NAME).click()
    assert download.value.path().read_text(encoding="utf-8") == FILE
    assert look_over(page) == []
    page.get_by_label("คำตอบ").fill(ANSWER)
    page.get_by_role("button", name="เข้ารหัสและส่งคำตอบ").click()
    expect(page.get_by_text("ตอบแล้ว").first).to_be_visible(timeout=60_000)


def test_without_scripts_the_pages_say_what_to_do_instead(browser: Browser, house: House) -> None:
    house.start()
    with page_of(browser, scripts=False) as page:
        for path in ("/confidential/", "/confidential/thread/", "/protection/"):
            assert page.goto(house.url + path).status == 200  # type: ignore[union-attr]
            assert page.locator("textarea:visible, input[type=file]:visible").count() == 0
        page.goto(f"{house.url}/confidential/thread/")
        expect(page.get_by_text("หน้านี้ต้องใช้ JavaScript")).to_be_visible()


def test_the_page_on_protection_has_no_faults(browser: Browser, house: House) -> None:
    house.start()
    with page_of(browser) as page:
        for path in ("/protection/", "/en/protection/", "/en/confidential/"):
            page.goto(house.url + path)
            assert look_over(page) == []
