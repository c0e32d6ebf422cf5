"""Search finds what a person means, shows where, and never reaches what is not public."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from prongsai.compliance.models import Statement
from prongsai.organisation.models import Agency
from prongsai.portal.marks import highlighted
from prongsai.portal.tests.reading import text_of


def found(client: Client, query: str) -> str:
    response = client.get(f"/search/?q={quote(query)}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("query", "code", "marked"),
    [
        ("30 วันทำการ", "M4.1", "<mark>๓๐</mark>"),
        ("๓๐ วันทำการ", "M4.1", "<mark>๓๐</mark>"),
        ("สามพันบาท", "M6.2.3.(17)", "<mark>๓,๐๐๐ บาท</mark>"),
        ("3000", "M6.2.3.(17)", "<mark>๓,๐๐๐</mark>"),
        ("พ.ร.บ.", "M4.P1", "<mark>พระราชบัญญัติ</mark>"),
        ("m6.2.3.(10)", "M6.2.3.(10)", "<mark>M6.2.3.(10)</mark>"),
    ],
)
def test_C41_clauses_are_found_however_they_are_written(
    query: str, code: str, marked: str, province: Any, client: Client
) -> None:
    page = found(client, query)

    assert f"/{quote(code, safe='()')}/" in page
    assert marked in page


def test_agencies_and_statements_are_found_too(centre: Agency, client: Client) -> None:
    Statement.objects.create(
        province=centre.province,
        state=Statement.State.PUBLISHED,
        agency=centre,
        subject=Statement.Subject.NO_COMPLAINT,
        period_from="2025-10-01",
        period_to="2025-10-31",
        signed_by="นางสาวทดสอบ ตัวอย่าง",
        signed_on="2025-11-03",
    )

    assert f"/agencies/{centre.pk}/" in found(client, "ศูนย์ปฏิบัติการต่อต้านการทุจริต")
    assert "/registers/statements/" in found(client, "ไม่มีเรื่องร้องเรียน")


def test_what_people_brought_is_not_searched(province: Any, done: Callable[..., int], client: Client) -> None:
    done("M5.2.1.1", kind="complaints.file_complaint", secrecy="S3", actor_label="ลับเฉพาะทดสอบ")

    assert "ไม่พบสิ่งที่ตรงกับคำค้น" in found(client, "ลับเฉพาะทดสอบ")


@pytest.mark.parametrize(
    "query", ["", "   ", "ก" * 5000, "%", "_", "\\", "<script>alert(1)</script>", "😀", "ํ"]
)
def test_any_query_gets_a_page_that_keeps_it(query: str, province: Any, client: Client) -> None:
    page = found(client, query)

    assert "<script>alert" not in page
    if query.strip():
        assert query.strip()[:60].replace("<", "&lt;").replace(">", "&gt;") in page


def test_bytes_that_no_text_can_hold_are_refused(province: Any, client: Client) -> None:
    assert client.get("/search/?q=%00").status_code == 400
    assert client.get("/search/?q=%e0%b8").status_code == 400


def test_a_hit_is_marked_whole_and_no_letter_loses_its_mark() -> None:
    text = "เจ้าหน้าที่ต้องรายงานภายใน ๓๐ วัน เมื่อรับของเกิน ๓,๐๐๐ บาท"

    assert [piece.text for piece in highlighted(text, "30") if piece.marked] == ["๓๐"]
    assert [piece.text for piece in highlighted(text, "หน้า") if piece.marked] == ["หน้า"]
    assert "".join(piece.text for piece in highlighted(text, "รายงาน เกิน")) == text


def test_G41_the_list_of_all_hits_is_as_long_as_the_count_says(province: Any, client: Client) -> None:
    """G41: a count that differs from what opens."""
    page = text_of(found(client, "การ"))
    count = re.search(r"ข้อตามประกาศ (\d+)", page)[1]  # type: ignore[index]
    listed = text_of(client.get(f"/registers/clauses/?q={quote('การ')}").content.decode())

    assert f"พบ {count} รายการ" in listed
