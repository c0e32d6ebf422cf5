"""Pages are kept for readers who are nobody in particular, and for nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prongsai.portal.tests.reading import text_of

NOTHING = "การไม่มีหลักฐานมิได้หมายความว่ามิได้ปฏิบัติ"


@pytest.mark.parametrize(
    "url", ["/", "/clauses/chiang-mai-2563/M4.1/", "/search/?q=แผน", "/registers/clauses/?q=แผน"]
)
def test_a_kept_page_asks_the_database_nothing(url: str, province: Any, client: Client) -> None:
    first = client.get(url)
    with CaptureQueriesContext(connection) as queries:
        second = client.get(url)

    assert second.content == first.content and len(queries) == 0
    assert not second.cookies and second.headers["Cache-Control"] == "no-cache"
    assert client.get(url, headers={"If-None-Match": second.headers["ETag"]}).status_code == 304


def test_language_and_question_are_part_of_the_key(province: Any, client: Client) -> None:
    words = {url: client.get(url).content for url in ("/", "/en/", "/search/?q=แผน", "/search/?q=รถ")}

    assert len(set(words.values())) == 4
    assert all(client.get(url).content == content for url, content in words.items())


def test_staff_never_get_a_kept_page_nor_leave_one(
    province: Any, client_of: Callable[[str], Client], client: Client, done: Callable[..., int]
) -> None:
    officer = client_of("center_officer")
    before = officer.get("/clauses/chiang-mai-2563/M4.2/")
    done("M4.2")
    after = officer.get("/clauses/chiang-mai-2563/M4.2/")

    assert before.headers["Cache-Control"] == after.headers["Cache-Control"] == "private, no-store"
    assert NOTHING in text_of(before.content.decode())
    assert NOTHING not in text_of(after.content.decode())
    assert NOTHING not in text_of(client.get("/clauses/chiang-mai-2563/M4.2/").content.decode())


def test_answers_that_are_not_pages_are_not_kept(province: Any, client: Client) -> None:
    for url in ("/clauses/chiang-mai-2563/M9.9/", "/registers/clauses.csv", "/complaints/track/"):
        client.get(url)

    assert not cache._cache  # type: ignore[attr-defined]


@pytest.mark.parametrize("accepts", ["gzip, br", ""])
def test_a_kept_page_leaves_as_the_first_one_did(accepts: str, province: Any, client: Client) -> None:
    pages = [client.get("/", headers={"Accept-Encoding": accepts}) for _ in range(2)]

    first, second = ({**page.headers, "X-Request-ID": ""} for page in pages)
    assert first == second and first["Content-Security-Policy"]
    assert ("gzip" in second.get("Content-Encoding", "")) == bool(accepts)
    assert pages[0].content == pages[1].content


def test_a_page_kept_for_one_host_is_not_given_for_a_strange_one(province: Any, client: Client) -> None:
    assert client.get("/").status_code == 200
    assert client.get("/", headers={"Host": "elsewhere.example"}).status_code == 400
