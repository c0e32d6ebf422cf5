"""Open data: what a page lists is what its files hold, and they open in a spreadsheet with Thai intact."""

import csv
import html
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from prongsai.compliance.models import Clause, Statement
from prongsai.organisation.models import Agency
from prongsai.portal.tests.reading import text_of
from prongsai.registers import export


def csv_of(client: Client, url: str) -> list[list[str]]:
    response = client.get(url)
    data = b"".join(response.streaming_content)  # type: ignore[arg-type]

    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert data.startswith(b"\xef\xbb\xbf")  # G01: without it Excel shows Thai as garbage
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def listed_codes(page: str) -> list[str]:
    return re.findall(
        r'<a class="govuk-link" href="/clauses/[^"]*"><span lang="th">([^<]*)</span>\s*</a></th>', page
    )


def test_G01_C15_csv_and_xlsx_hold_exactly_what_is_listed(province: Any, client: Client) -> None:
    query = "?measure=M4&duties=1&q=จัดซื้อ"
    codes = listed_codes(client.get(f"/registers/clauses/{query}").content.decode())
    rows = csv_of(client, f"/registers/clauses.csv{query}")
    book = load_workbook(
        io.BytesIO(b"".join(client.get(f"/registers/clauses.xlsx{query}").streaming_content))
    )  # type: ignore[arg-type]
    sheet = [[cell or "" for cell in row] for row in book.active.iter_rows(values_only=True)]  # type: ignore[union-attr]

    assert len(codes) > 3 and [row[0] for row in rows[1:]] == codes
    assert sheet == rows
    assert rows[1][3] == Clause.objects.get(code=codes[0]).printed


def test_G05_C15_a_cell_that_looks_like_a_formula_is_only_text(centre: Agency, client: Client) -> None:
    Statement.objects.create(
        province=centre.province,
        state=Statement.State.PUBLISHED,
        agency=centre,
        subject=Statement.Subject.NO_COMPLAINT,
        period_from="2025-10-01",
        period_to="2025-10-31",
        signed_by="=HYPERLINK(1)",
        signed_on="2025-11-03",
    )
    row = csv_of(client, "/registers/statements.csv")[1]
    book = load_workbook(io.BytesIO(b"".join(client.get("/registers/statements.xlsx").streaming_content)))  # type: ignore[arg-type]
    cells = [cell for cell in list(book.active.rows)[1]]  # type: ignore[union-attr]

    assert "'=HYPERLINK(1)" in row and "3 พ.ย. 2568" in row and "2025-11-03" in row
    assert "=HYPERLINK(1)" in [cell.value for cell in cells] and all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize(("utc", "shown"), [("16:30", "2025-11-03T23:30"), ("17:30", "2025-11-04T00:30")])
def test_C17_a_moment_is_exported_on_its_day_in_thailand(
    utc: str, shown: str, done: Callable[..., int], client: Client, time_machine: Any
) -> None:
    time_machine.move_to(f"2025-11-03T{utc}:00+00:00", tick=False)
    done("M4.2")
    day = "3 พ.ย. 2568" if shown.startswith("2025-11-03") else "4 พ.ย. 2568"
    row = csv_of(client, "/registers/evidence.csv")[1]

    assert any(cell.startswith(day) for cell in row) and any(cell.startswith(shown) for cell in row), row


def test_pages_of_a_list_do_not_overlap_and_hold_everything(province: Any, client: Client) -> None:
    codes = [
        code
        for n in (1, 2, 3)
        for code in listed_codes(client.get(f"/registers/clauses/?page={n}").content.decode())
    ]

    assert len(codes) == len(set(codes)) == 136
    assert client.get("/registers/clauses/?page=x&sort=nothing&measure=M99").status_code == 200


def test_a_list_is_sorted_by_its_heads_and_filtered_by_dates_in_any_era(
    done: Callable[..., int], client: Client
) -> None:
    entries = [done("M4.2"), done("M4.3")]
    ascending = client.get("/registers/evidence/?sort=number").content.decode()
    none = text_of(client.get("/registers/evidence/?at_to=15/05/2563").content.decode())
    wrong = client.get("/registers/evidence/?at_from=31/02/2569").content.decode()
    only = client.get("/registers/evidence/?clause=M4.2").content.decode()

    assert ascending.index(f"/evidence/{entries[0]}/") < ascending.index(f"/evidence/{entries[1]}/")
    assert 'aria-sort="ascending"' in ascending and "sort=-number" in ascending
    assert "พบ 0 รายการ" in none
    assert 'value="31/02/2569"' in wrong and "ไม่มีวันที่ดังกล่าวในปฏิทิน" in wrong
    assert f"/evidence/{entries[0]}/" in only and f"/evidence/{entries[1]}/" not in only


@pytest.mark.parametrize("key", ["complaints", "duties", "people", "nothing"])
def test_registers_of_the_office_have_no_public_door(
    key: str, province: Any, client_of: Callable[[str], Client]
) -> None:
    for who in ("anonymous", "center_officer"):
        client = client_of(who)
        for ending in ("/", ".csv", ".xlsx"):
            assert client.get(f"/registers/{key}{ending}").status_code == 404


def test_a_large_xlsx_is_not_made_but_csv_and_json_of_the_same_are_there(
    province: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "AT_ONCE", 2)
    query = "?q=จัดซื้อ&measure=M4&page=2"

    page = client.get(f"/registers/clauses.xlsx{query}")

    links = re.findall(r'href="(/registers/clauses\.(?:csv|json)[^"]*)"', page.content.decode())
    assert (page.status_code, page.headers["Cache-Control"], len(links)) == (200, "no-store", 2)
    listed = listed_codes(client.get(f"/registers/clauses/{query}").content.decode())
    assert len(listed) > 2 and [row[0] for row in csv_of(client, html.unescape(links[0]))[1:]] == listed
