"""Every entry of the announcement has a page that shows it as printed, in both languages."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from prongsai.compliance.models import Announcement, Clause
from prongsai.organisation.models import Agency
from prongsai.portal.tests.reading import text_of


@pytest.fixture
def announcement(province: Any) -> Announcement:
    return Announcement.objects.get(province=province)


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_entry_has_a_page_with_its_printed_text(
    language: str, announcement: Announcement, client: Client
) -> None:
    clauses = list(announcement.clauses.all())

    assert len(clauses) == 136
    for clause in clauses:
        response = client.get(f"{language}/clauses/{announcement.key}/{quote(clause.code)}/")
        assert response.status_code == 200, clause.code
        words = text_of(response.content.decode())
        assert " ".join(clause.printed.split()) in words, clause.code
        assert not clause.reading or " ".join(clause.reading.split()) in words, clause.code


def test_the_announcement_shows_all_entries_and_marks_what_was_corrected(
    announcement: Announcement, client: Client
) -> None:
    page = client.get("/announcement/").content.decode()
    words = text_of(page)

    assert page.count('class="pp-entry pp-entry--') == 136
    assert all(" ".join(clause.printed.split()) in words for clause in announcement.clauses.all())
    assert "และ<del>มี</del>ควรใช้อำนาจสั่งการ" in page
    assert "และ<ins>มิ</ins>ควรใช้อำนาจสั่งการ" in page


def test_G06_a_thai_code_with_brackets_and_a_stroke_is_an_address(
    announcement: Announcement, client: Client
) -> None:
    """G06: addresses made of titles lose Thai marks; ours are the codes themselves, whatever they hold."""
    measure = announcement.measures.first()
    Clause.objects.create(
        announcement=announcement,
        measure=measure,
        code="ข้อ ๑/๒ (ก)?",
        seq=999,
        level="clause",
        operative=True,
        title_th="ข้อที่มีรหัสภาษาไทย",
        printed="ข้อความที่มีรหัสเป็นภาษาไทย",
        english="A clause with a Thai code",
        practices=["ข้อ ๑/๒ (ก)?"],
        search_norm="",
    )
    page = client.get("/announcement/").content.decode()
    url = f"/clauses/{announcement.key}/{quote('ข้อ ๑/๒ (ก)?', safe='/()')}/"

    assert f'href="{url}"' in page
    assert "ข้อความที่มีรหัสเป็นภาษาไทย" in client.get(url).content.decode()


def test_an_entry_that_does_not_exist_is_not_found(announcement: Announcement, client: Client) -> None:
    assert client.get(f"/clauses/{announcement.key}/M9.9/").status_code == 404
    assert client.get("/clauses/no-such-announcement/M4.1/").status_code == 404
    assert client.get("/measures/M9/").status_code == 404
    assert client.get("/evidence/99999999999999999999/").status_code == 404


def test_by_when_says_who_says_so(announcement: Announcement, client: Client) -> None:
    stated = text_of(client.get(f"/clauses/{announcement.key}/M4.1/").content.decode())
    silent = text_of(client.get(f"/clauses/{announcement.key}/M4.8/").content.decode())

    assert "30 วันทำการ ประกาศกำหนด" in stated
    assert "ค่าเริ่มต้นของระบบ" not in stated
    assert "วันทำการที่ 5 ของเดือน ค่าเริ่มต้นของระบบ (ประกาศมิได้กำหนด)" in silent


def test_evidence_changes_the_state_of_its_clause_and_agency_and_can_be_checked(
    announcement: Announcement, centre: Agency, done: Callable[..., int], client: Client
) -> None:
    entry = done("M4.2")
    clause = client.get(f"/clauses/{announcement.key}/M4.2/").content.decode()

    assert "มีหลักฐานการปฏิบัติ" in clause and centre.name_th in text_of(clause)
    assert f'href="/evidence/{entry}/"' in clause and f'href="/evidence/{entry}/proof.json"' in clause
    assert "มีหลักฐานการปฏิบัติ" in text_of(client.get(f"/agencies/{centre.pk}/").content.decode())
    assert "M4.2" in text_of(client.get(f"/evidence/{entry}/").content.decode())
