import gzip
import hashlib
import re
from pathlib import Path
from urllib.parse import unquote

import polib
import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory

from prongsai.ui.middleware import BadBytesMiddleware
from prongsai.ui.parts import Link
from prongsai.ui.tests.page import Page
from prongsai.ui.views import bad_request, csrf_failure, plain_error

UI = Path(__file__).parent.parent
TEMPLATES = sorted((UI / "templates").rglob("*.html"))
STATIC = UI / "static" / "ui"


def test_the_frame_names_the_place_the_language_and_the_sample():
    nav = [Link("หน้าหลัก", "/", current=True), Link("มาตรการ", "/m")]
    context = {"province": "จังหวัดทดสอบ", "is_sample": True, "nav_items": nav, "search_url": "/s"}
    page = Page(render_to_string("ui/portal_base.html", context))
    assert page.one("html")["lang"] == "th"
    assert "จังหวัดทดสอบ" in page.one("header")["text"]
    assert "มิใช่ข้อมูลจริง" in page.one("section", class_="ps-sample")["text"]
    assert page.one("a", **{"aria-current": "page"})["href"] == "/"
    assert page.one("main")["id"] == page.one("a", class_="govuk-skip-link")["href"][1:]
    assert page.one("input", type="search")["id"] == page.one("label")["for"]
    assert not Page(render_to_string("ui/portal_base.html", {})).all("section")


@pytest.mark.parametrize("status", [400, 403, 404, 410, 413, 429, 500, 503])
def test_error_pages_speak_both_languages_and_need_no_request(status):
    response = plain_error(status)
    page = Page(response.content.decode())
    assert response.status_code == status
    assert re.search("[ก-๛]", page.one("h1")["text"])
    assert any(re.search("[a-z]{3}", e["text"]) for e in page.all("p", lang="en"))


@pytest.mark.parametrize("status", [500, 503])
def test_pages_for_a_broken_house_hold_no_template_code(status):
    source = (UI / "templates" / f"{status}.html").read_text()
    assert "{%" not in source and "{{" not in source


def test_a_stale_form_is_told_apart_from_a_missing_right():
    response = csrf_failure(RequestFactory().post("/"), reason="<secret>")
    assert response.status_code == 403
    assert "หมดอายุ" in response.content.decode() and "secret" not in response.content.decode()


def test_what_is_too_big_is_said_to_be_too_big(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    request = RequestFactory().post("/", {"text": "ก" * 100})
    try:
        request.POST  # noqa: B018
    except Exception as error:
        assert bad_request(request, error).status_code == 413
    assert bad_request(request, ValueError()).status_code == 400


@pytest.mark.parametrize(
    ("address", "cookie", "status"),
    [
        ("/?q=%00", "", 400),
        ("/?q=%ff", "", 400),
        ("/a%00b", "", 400),
        # Broken bytes of a path become text in Django's hands (%ED…): such a page is only unknown.
        ("/%ed%a0%80", "", 200),
        ("/", 'sessionid="\\000abcdefgh"', 400),
        ("/?q=%E0%B8%81", "sessionid=abc", 200),
    ],
)
def test_bytes_that_no_text_can_hold_are_refused_at_the_door(address, cookie, status, rf):
    request = rf.get(address, headers={"cookie": cookie})
    # A server hands over the raw bytes as latin-1; the test client would quote them again.
    request.META["PATH_INFO"] = unquote(address.split("?")[0], "latin-1")
    assert BadBytesMiddleware(lambda _: HttpResponse())(request).status_code == status


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_templates_hold_no_inline_code_or_style(path):
    source = path.read_text()
    assert not re.search(r"""\s(style|on[a-z]+)=["']""", source)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", source))
    assert "<style" not in source and "javascript:" not in source


def test_the_first_view_stays_light():
    css = [STATIC / "prongsai.css", STATIC / "vendor" / "govuk-frontend" / "govuk-subset.css"]
    fonts = list(STATIC.rglob("*.woff2"))
    frame = render_to_string("ui/portal_base.html", {}).encode()
    weight = sum(len(gzip.compress(p.read_bytes())) for p in css) + sum(p.stat().st_size for p in fonts)
    # What is left of 100 KB is for the page's own content.
    assert len(fonts) == 4 and weight + len(gzip.compress(frame)) < 70_000


def test_vendored_files_are_what_the_list_says():
    listed = re.findall(r"^    ([0-9a-f]{64})  (\S+)$", (STATIC / "vendor" / "VENDORED.md").read_text(), re.M)
    assert len(listed) == 6
    for digest, name in listed:
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == digest
    css = (STATIC / "vendor" / "govuk-frontend" / "govuk-subset.css").read_text()
    assert "@font-face" not in css and "GDS Transport" not in css and "url(" not in css


def test_every_sentence_of_the_templates_is_in_english_too():
    po = polib.pofile(str(UI / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    assert not po.untranslated_entries() and not po.fuzzy_entries()
    known = {entry.msgid for entry in po}
    for path in TEMPLATES:
        for sentence in re.findall(r'{% translate "([^"]+)"|_\("([^"]+)"\)', path.read_text()):
            assert "".join(sentence).replace("%", "%%") in known, path.name
    compiled = {
        e.msgid: e.msgstr for e in polib.mofile(str(UI / "locale" / "en" / "LC_MESSAGES" / "django.mo"))
    }
    assert all(compiled[e.msgid] == e.msgstr for e in po if not e.msgctxt)
