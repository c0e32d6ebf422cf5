"""Another province, another announcement: nothing in the house is tied to the first one."""

import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from prongsai.compliance.loading import load_announcement
from prongsai.compliance.models import Announcement
from prongsai.organisation.loading import load_agencies_standard
from prongsai.organisation.models import Province
from prongsai.organisation.provinces import forget_province
from prongsai.portal.tests.reading import text_of

PACKAGE = Path(str(files("prongsai")))
SECOND = PACKAGE / "compliance" / "tests" / "data" / "second-agency.yaml"
FIRST_PROVINCE = re.compile("เชียงใหม่|Chiang ?Mai|50300|5311", re.IGNORECASE)


@pytest.fixture
def second(db: None, settings: Any) -> Iterator[Announcement]:
    other = Province.objects.create(code="65", name_th="พิษณุโลก", name_en="Phitsanulok", region="N")
    load_agencies_standard(other)
    settings.PRONGSAI_PROVINCE = "65"
    forget_province()
    yield load_announcement(SECOND)
    forget_province()


@pytest.mark.at("AT-X-08")
def test_its_pages_work_and_name_no_other_province(second: Announcement, client: Client) -> None:
    codes = [clause.code for clause in second.clauses.all()]
    pages = [
        "/",
        "/announcement/",
        "/agencies/",
        "/registers/clauses/",
        "/registers/evidence/",
        "/verify/",
        "/privacy/",
    ]
    pages += ["/about/", "/accessibility/", "/search/?q=แผน", "/measures/N2/"]
    pages += [f"/clauses/{second.key}/{quote(code)}/" for code in codes]

    assert len(codes) == 9
    for page in [*pages, *(f"/en{page}" for page in pages)]:
        response = client.get(page)
        assert response.status_code == 200, page
        assert not FIRST_PROVINCE.search(response.content.decode()), page


@pytest.mark.at("AT-X-08")
def test_shared_practices_bring_evidence_and_its_own_numbers_hold(
    second: Announcement, done: Callable[..., int], client: Client
) -> None:
    """Its clause N2.2 is the practice that the first announcement calls M4.1, with 15 working days for 30."""
    entry = done("M4.1", province="65", agency_id=None)
    elsewhere = done("M4.1", province="50")
    page = client.get(f"/clauses/{second.key}/N2.2/").content.decode()

    assert f"/evidence/{entry}/" in page and "มีหลักฐานการปฏิบัติ" in page
    assert f"/evidence/{elsewhere}/" not in page and client.get(f"/evidence/{elsewhere}/").status_code == 404
    assert "15 วันทำการ ประกาศกำหนด" in text_of(page)


@pytest.mark.at("AT-X-08")
def test_the_first_announcement_is_not_of_this_province(second: Announcement, client: Client) -> None:
    assert client.get("/announcement/chiang-mai-2563/").status_code == 404
    assert client.get("/clauses/chiang-mai-2563/M4.1/").status_code == 404


@pytest.mark.at("AT-X-08")
def test_no_value_of_a_province_is_in_code() -> None:
    code = [path for ending in ("py", "html", "js") for path in PACKAGE.rglob(f"*.{ending}")]
    named = [
        str(path.relative_to(PACKAGE))
        for path in code
        if "tests" not in path.parts and FIRST_PROVINCE.search(path.read_text(encoding="utf-8"))
    ]

    assert len(code) > 150
    assert named == []
