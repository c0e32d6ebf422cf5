"""The house in a real browser: no accessibility fault, fit for a phone, whole by keyboard and without scripts."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from prongsai.complaints.sample import SAMPLE_PASSPHRASE
from prongsai.organisation.sample import SAMPLE_DOMAIN, SAMPLE_PASSWORD
from tests.complaints import PDF
from tests.house import House
from tests.screen import browser, look_over, page_of, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

__all__ = ["browser"]

PUBLIC = [
    "/",
    "/announcement/",
    "/measures/M5/",
    "/clauses/{key}/M5.2.4/",
    "/clauses/{key}/A.P1/",
    "/agencies/",
    "/agencies/{agency}/",
    "/evidence/{entry}/",
    "/registers/",
    "/registers/clauses/",
    "/registers/evidence/?page=1",
    "/registers/statements/",
    "/search/?q=ร้องเรียน",
    "/verify/",
    "/about/",
    "/privacy/",
    "/accessibility/",
    "/api/",
    "/nothing-here/",
    "/complaints/",
    "/complaints/new/",
    "/complaints/statistics/",
    "/complaints/track/",
    "/complaints/receipt/",
]
REASON = "ตรวจสอบคำร้องและเอกสารแล้ว เห็นควรดำเนินการตามที่เสนอนี้"


@pytest.fixture(scope="module")
def words(house: House) -> dict[str, str]:
    """What the addresses of the public pages need."""
    open_entry = "SELECT max(id) FROM ledger_entry WHERE secrecy IN ('S0', 'S1') AND clauses <> '{}'"
    ((entry,),) = house.query(open_entry)
    ((agency,),) = house.query("SELECT id FROM organisation_agency WHERE code = 'DOAE'")
    return {"key": "chiang-mai-2563", "agency": str(agency), "entry": str(entry)}


@pytest.mark.parametrize("language", ["", "/en"])
def test_C42_public_pages_have_no_faults_and_fit_a_phone(
    browser: Browser, house: House, words: dict[str, str], language: str
):
    found: list[str] = []
    with page_of(browser) as page:
        for path in PUBLIC:
            page.goto(house.url + language + path.format(**words))
            found += look_over(page)
    assert not found, "\n".join(found)


def test_thai_is_set_in_sarabun(browser: Browser, house: House):
    with page_of(browser) as page:
        page.goto(house.url)
        page.evaluate("document.fonts.ready")
        assert page.evaluate("document.fonts.check('18px Sarabun', 'น้ำ')")
        # ``check`` is content where there is no such font at all.
        loaded = (
            "[...document.fonts].filter(f => f.family.includes('Sarabun') && f.status === 'loaded').length"
        )
        assert page.evaluate(loaded) > 0
        assert "Sarabun" in page.evaluate("getComputedStyle(document.querySelector('main p')).fontFamily")


@pytest.mark.parametrize("language", ["", "/en"])
def test_C42_a_complaint_from_error_to_matter_has_no_faults(
    browser: Browser, house: House, tmp_path: Path, language: str
):
    found: list[str] = []
    with page_of(browser) as page:
        page.goto(f"{house.url}{language}/complaints/new/")
        page.locator("form[enctype] button[type=submit]").click()
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        found += look_over(page)
        fill_in(page)
        page.locator("form[enctype] button[type=submit]").click()
        page.wait_for_url("**/complaints/receipt/")
        found += look_over(page)
        number, code = receipt(page)
        with page.expect_download() as proof:
            page.locator("a[href$='proof.json']").click()
        proof.value.save_as(tmp_path / "proof.json")
        page.goto(f"{house.url}{language}/complaints/track/")
        page.locator("[name=number]").fill("ไม่มีเลขนี้")
        page.locator("[name=code]").fill("ผิด")
        page.locator("[name=code]").press("Enter")
        found += look_over(page)
        page.locator("[name=number]").fill(number)
        page.locator("[name=code]").fill(code)
        page.locator("[name=code]").press("Enter")
        page.wait_for_url("**/complaints/track/matter/")
        found += look_over(page)
        page.goto(f"{house.url}{language}/verify/")
        page.locator("main input[type=file]").first.set_input_files(tmp_path / "proof.json")
        page.locator("main form button[type=submit]").click()
        page.wait_for_load_state()
        assert page.locator("main").inner_text().count("✓") or page.locator(".ps-notice--success").count()
        found += look_over(page)
    assert not found, "\n".join(found)


def test_C42_a_complaint_is_filed_with_the_keyboard_alone(browser: Browser, house: House):
    with page_of(browser) as page:
        page.goto(house.url)
        tab_to(page, "main a[href$='/complaints/new/'], main a[href$='/complaints/']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/complaints/**")
        if not page.url.endswith("/new/"):
            tab_to(page, "main a[href$='/complaints/new/']")
            page.keyboard.press("Enter")
            page.wait_for_url("**/complaints/new/")
        tab_to(page, "[name=grounds]")
        page.keyboard.press("Space")
        tab_to(page, "[name=accused_agency]")
        page.keyboard.press("End")
        tab_to(page, "[name=accused_other]")
        page.keyboard.type("เทศบาลสมมติ")
        tab_to(page, "[name=narrative]")
        page.keyboard.type("เจ้าหน้าที่เรียกรับเงิน")
        tab_to(page, "[name=request_choice]")
        page.keyboard.press("Space")
        tab_to(page, "[name=name]")
        page.keyboard.type("นางบุญมี ศรีสมมติ")
        tab_to(page, "[name=address]")
        page.keyboard.type("๙๙/๙ หมู่ ๙")
        tab_to(page, "[name=confirm]")
        page.keyboard.press("Space")
        tab_to(page, "form[enctype] button[type=submit]")
        page.keyboard.press("Enter")
        page.wait_for_url("**/complaints/receipt/")
        assert all(receipt(page))


def test_without_scripts_a_citizen_files_and_two_officers_decide(
    browser: Browser, house: House, tmp_path: Path
):
    evidence = tmp_path / "หลักฐาน.pdf"
    evidence.write_bytes(PDF)
    with page_of(browser, scripts=False) as page:
        page.goto(f"{house.url}/complaints/new/")
        fill_in(page)
        page.locator("[name=files]").set_input_files(evidence)
        page.locator("form[enctype] button[type=submit]").click()
        page.wait_for_url("**/complaints/receipt/")
        number, _code = receipt(page)
    with page_of(browser, scripts=False) as first, page_of(browser, scripts=False) as second:
        matter = sign_in(first, house, "center_officer", number)
        step(first, matter, "start_screening", {})
        assess = {
            "accused_staff_type": "civil_servant",
            "case_class": "misconduct",
            "main_ground": "G3",
            "foundation": "founded",
        }
        step(first, matter, "assess", {**assess, "note": REASON})
        step(
            first,
            matter,
            "test_unsigned",
            {"evidence_test": "yes", "evidence_text": REASON, "witness_test": "yes", "witness_text": REASON},
        )
        same = sign_in(second, house, "center_officer_2", number)
        step(second, same, "sign_test", {"agrees": "yes"})
        step(first, matter, "propose_acceptance", {"reason": REASON})
        step(second, same, "accept", {})
        assert evidence.name in second.locator("main").inner_text()
    assert house.query("SELECT state FROM complaints_case WHERE number = %s", number) == [("accepted",)]


def test_sign_in_unlocking_and_an_open_record_have_no_faults(browser: Browser, house: House):
    """The other pages of the staff site are in ``test_office_browser.py``; here its policy is in force."""
    found: list[str] = []
    with page_of(browser) as page:
        page.goto(f"{house.url}/account/login/")
        found += look_over(page)
        page.locator("[name=login]").fill("nobody@example.go.th")
        page.locator("[name=password]").fill("wrong")
        page.locator("[name=password]").press("Enter")
        page.wait_for_load_state()
        found += look_over(page)
        matter = sign_in(page, house, "center_officer", "0001", found)
        page.goto(matter)
        found += look_over(page)
        for path in ("/office/key/change/", "/account/password/change/", "/office/registers/reveals/"):
            page.goto(house.url + path)
            found += look_over(page)
    assert not found, "\n".join(found)


def fill_in(page: Page) -> None:
    page.locator("[name=accused_agency]").select_option("other")
    page.locator("[name=accused_other]").fill("เทศบาลสมมติ")
    page.locator("[name=narrative]").fill("เจ้าหน้าที่เรียกรับเงินสามพันบาท")
    page.locator("[name=request_choice][value=investigate]").check()
    page.locator("[name=name]").fill("นางบุญมี ศรีสมมติ")
    page.locator("[name=address]").fill("๙๙/๙ หมู่ ๙ ตำบลสมมติ")
    page.locator("[name=confirm]").check()


def receipt(page: Page) -> tuple[str, str]:
    return page.locator(".ps-receipt__number").inner_text(), page.locator("#ps-receipt-code").inner_text()


def sign_in(page: Page, house: House, key: str, number: str, found: list[str] | None = None) -> str:
    """Sign in, unlock and find the matter; its address. With ``found`` the pages on the way are looked over."""
    page.goto(f"{house.url}/account/login/")
    page.locator("[name=login]").fill(f"{key}@{SAMPLE_DOMAIN}")
    page.locator("[name=password]").fill(SAMPLE_PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/office/")
    page.goto(f"{house.url}/office/key/unlock/")
    if found is not None:
        found += look_over(page)
    page.locator("[name=passphrase]").fill(SAMPLE_PASSPHRASE)
    page.locator("[name=passphrase]").press("Enter")
    page.wait_for_url("**/office/")
    page.goto(f"{house.url}/office/registers/complaints/?q={number}")
    return urljoin(house.url, page.locator("tbody th a").first.get_attribute("href") or "")


def step(page: Page, matter: str, act: str, answers: dict[str, str]) -> None:
    """Open the matter, take the step, answer its questions."""
    page.goto(matter)
    page.locator(f"main a[href*='complaints.{act}']").first.click()
    for name, value in answers.items():
        field = page.locator(f"[name={name}]")
        if field.first.get_attribute("type") == "radio":
            page.locator(f"[name={name}][value='{value}']").check()
        else:
            field.fill(value)
    page.locator("main form:has([name=version]) button[type=submit]").click()
    page.wait_for_url(matter)
