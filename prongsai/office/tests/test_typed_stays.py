"""A session that ends while a form lies open, and a sign-in in another tab, take nothing of what was typed (C07)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.complaints import acts
from prongsai.complaints.models import Case
from prongsai.complaints.tests import steps
from prongsai.organisation.sample import SAMPLE_DOMAIN, SAMPLE_PASSWORD
from prongsai.signin.sudo import FIELD
from tests.visitor import Fields, form_of

pytestmark = pytest.mark.django_db

OURS = {"HTTP_ORIGIN": "http://testserver"}
TYPED = f"{steps.REASON} ซึ่งพิมพ์ไว้นานแล้ว"


@pytest.fixture
def browser() -> Client:
    """One that is asked for the token of the form, as every real one is."""
    return Client(enforce_csrf_checks=True)


def form(answer: Any, field: str) -> Fields:
    return form_of(answer.content.decode(), field)


def sign_in(browser: Client, key: str) -> None:
    page = reverse("account_login")
    account = {"login": f"{key}@{SAMPLE_DOMAIN}", "password": SAMPLE_PASSWORD}
    answer = browser.post(page, {**form(browser.get(page), "login"), **account}, **OURS)
    assert answer.status_code == 302, steps.said(answer)


def test_C07_an_act_outlives_the_session_and_a_sign_in_in_another_tab(world: Any, browser: Client) -> None:
    case = steps.file_complaint().case
    sign_in(browser, "center_officer")
    start = steps.act_url(acts.StartScreening, case)
    assert browser.post(start, form(browser.get(start), "version"), **OURS).status_code == 303
    check = steps.act_url(acts.RecordCheck, case)
    typed = {**form(browser.get(check), "version"), "text": TYPED, FIELD: "typed proof"}
    del browser.cookies["sessionid"]

    signed_out = browser.post(check, typed, **OURS)

    assert signed_out.status_code == 403 and "no-store" in signed_out["Cache-Control"]
    page = steps.said(signed_out)
    assert f'href="{reverse("account_login")}" target="_blank"' in page and TYPED in page
    assert "typed proof" not in page and FIELD not in page
    sign_in(browser, "center_officer")  # in the other tab: the token of this page is an old one now
    anew = browser.post(check, form(signed_out, "version"), **OURS)
    assert anew.status_code == 403 and TYPED in steps.said(anew)
    assert browser.post(check, form(anew, "version"), **OURS).status_code == 303
    assert case.notes.count() == 1


def test_C07_a_complaint_whose_cookie_is_gone_is_sent_again_with_its_files(
    world: Any, browser: Client
) -> None:
    page = reverse("complaints:new")
    blank = form(browser.get(page), "narrative")
    browser.cookies.clear()

    refused = browser.post(page, {**blank, **steps.complaint(files=[steps.pdf("ใบเสร็จ.pdf")])}, **OURS)

    assert refused.status_code == 403
    assert steps.NARRATIVE in steps.said(refused) and "ใบเสร็จ.pdf" in steps.said(refused)
    again = browser.post(page, form(refused, "narrative"), **OURS)
    assert again.status_code == 303, steps.said(again)
    number, _code = steps.receipt_of(browser)
    case = Case.objects.get(number=number)
    assert case.evidence.count() == 1 and case.grounds == ["G3"]


@pytest.mark.parametrize(
    "sender",
    [
        {},
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_REFERER": "https://elsewhere.example/"},
        {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "cross-site"},
    ],
)
def test_what_another_site_sends_is_never_shown_again(world: Any, browser: Client, sender: Any) -> None:
    refused = browser.post(reverse("complaints:new"), steps.complaint(), **sender)
    assert refused.status_code == 403 and steps.NARRATIVE not in steps.said(refused)
    case = steps.file_complaint().case
    answer = Client().post(steps.act_url(acts.RecordCheck, case), {"text": TYPED}, **sender)
    assert answer.status_code == 302
