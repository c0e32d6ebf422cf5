"""Statistics: one query for the public page and the office; zero is said in words; nobody can be worked out."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from prongsai.complaints import acts
from prongsai.complaints import statistics as counting
from prongsai.complaints.models import Ground
from prongsai.complaints.registers import Complaints
from prongsai.complaints.tests import steps
from prongsai.complaints.zero import DeclareNoComplaint
from prongsai.compliance.models import Statement
from prongsai.organisation.models import Agency
from prongsai.registers.listing import Listing

NONE = "ไม่มีเรื่องร้องเรียนการทุจริตและประพฤติมิชอบในช่วงเวลานี้"


@pytest.fixture(autouse=True)
def in_the_third_quarter(request, time_machine):
    """18 May 2569: fiscal year 2569, third quarter."""
    if "db" in request.fixturenames:
        time_machine.move_to("2026-05-18T10:00:00+07:00", tick=True)


def page(**query) -> str:
    answer = Client().get(reverse("complaints:statistics"), query)
    assert answer.status_code == 200
    return steps.said(answer)


def shown_total(text: str) -> int:
    return int(re.search(r"เรื่องทั้งหมด</dt><dd>([\d,]+)<", text).group(1))


def rows_of_agencies(text: str) -> dict[str, str]:
    table = text.partition("ตามหน่วยงานที่ถูกร้องเรียน</caption>")[2].partition("</table>")[0]
    return dict(re.findall(r'<th scope="row"[^>]*>([^<]+)</th><td[^>]*>([^<]+)</td>', table))


def file_about(code: str, count: int) -> Agency:
    agency = Agency.objects.get(province="50", code=code)
    for _ in range(count):
        steps.file_complaint(accused_agency=str(agency.pk), accused_name="นายคนเดียวกัน ทุกเรื่อง")
    return agency


@pytest.mark.at("AT-M5-21")
def test_a_quarter_without_complaints_says_so(world, client_of):
    steps.file_complaint()

    assert NONE in page(year="2569", quarter="2")
    assert NONE not in page(year="2569", quarter="3")
    assert shown_total(page(year="2569")) == 1


@pytest.mark.at("AT-M5-21")
def test_the_centre_signs_that_there_was_none(world, client_of):
    signed = {"period_from": "1 มกราคม 2569", "period_to": "31 มีนาคม 2569"}
    answer = client_of("center_head").post(reverse("office:make", args=[DeclareNoComplaint.key()]), signed)
    assert answer.status_code == 303, steps.said(answer)

    text = page(year="2569", quarter="2")
    assert text.count(NONE) >= 2, "computed, and certified"
    assert "นางดวงใจ ปัญญาดี" in text
    assert "รับรองโดย" not in page(year="2569", quarter="1")


def test_nobody_signs_that_there_was_none_when_there_was_one(world, client_of, time_machine):
    steps.file_complaint()
    time_machine.move_to("2026-05-20T10:00:00+07:00", tick=True)
    period = {"period_from": "1 พฤษภาคม 2569", "period_to": "19 พฤษภาคม 2569"}
    answer = client_of("center_head").post(reverse("office:make", args=[DeclareNoComplaint.key()]), period)
    assert answer.status_code == 409
    assert "จึงรับรองว่าไม่มีเรื่องร้องเรียนมิได้" in answer.content.decode()
    assert not Statement.objects.exists()


@pytest.mark.at("AT-M5-22")
def test_two_cases_of_an_agency_count_for_the_province_only(world):
    small = file_about("DLT", 2)

    for query in ({"year": "2569"}, {"year": "2569", "quarter": "3"}):
        text = page(**query)
        assert shown_total(text) == 2
        assert small.name_th not in text, "with the total beside it a name would be enough"


@pytest.mark.at("AT-M5-22")
def test_a_hidden_figure_does_not_follow_from_the_total(world):
    small, next_smallest, large = file_about("DLT", 2), file_about("HEALTH", 5), file_about("DOAE", 6)

    text = page(year="2569")

    assert shown_total(text) == 13
    rows = rows_of_agencies(text)
    assert rows == {large.name_th: "6", "หน่วยงานอื่น ๆ ที่ไม่แสดงชื่อ": "ไม่แสดง"}
    assert small.name_th not in text
    assert next_smallest.name_th not in text


@pytest.mark.at("AT-M5-22")
def test_a_year_less_its_quarters_tells_nothing_of_an_agency(world):
    agency = file_about("DOAE", 6)

    assert rows_of_agencies(page(year="2569")) == {agency.name_th: "6"}
    assert agency.name_th not in page(year="2569", quarter="3")


@pytest.mark.at("AT-M5-22")
@given(st.dictionaries(st.integers(1, 60), st.integers(1, 12), max_size=8))
def test_no_hidden_figure_can_be_worked_out(cells):
    shown = counting.suppress(cells)

    hidden = [n for key, n in cells.items() if shown[key] is None]
    assert all(n == cells[key] and n >= counting.SMALLEST_CELL for key, n in shown.items() if n is not None)
    if hidden and len(hidden) < len(cells):
        assert len(hidden) > 1
        assert sum(hidden) >= counting.SMALLEST_CELL


@pytest.mark.at("AT-M5-26")
def test_a_case_counts_once_by_its_main_ground_and_the_others_are_listed(world):
    steps.file_complaint(grounds=["G1", "G3", "G5"])

    first, last = counting.fiscal_period(2569)
    figures = counting.figures("50", first, last)

    assert figures.by_ground == {"G1": 1}
    assert figures.also_grounds == {"G1": 1, "G3": 1, "G5": 1}
    assert shown_total(page(year="2569")) == 1
    assert str(Ground.NEGLECT.label) in page(year="2569")


def test_C18_G41_the_public_figures_are_those_of_the_office(world, actor_of, client_of):
    """One query, one count: the page, the register, its export and the internal figures agree (C18, G41)."""
    for grounds in (["G1"], ["G1", "G2"], ["G4"]):
        steps.file_complaint(grounds=grounds)
    officer = actor_of("center_officer")
    first, last = counting.fiscal_period(2569)

    public = counting.figures(officer.province, first, last)
    internal = counting.figures(officer.province, first, last, rows=Complaints().rows(officer))
    listing = Listing(Complaints(), officer, QueryDict("received_from=1/10/2568&received_to=30/9/2569"))
    export = client_of("center_officer").get(reverse("office:register-csv", args=["complaints"]))
    lines = b"".join(export.streaming_content).decode("utf-8-sig").strip().splitlines()

    assert public == internal
    assert shown_total(page(year="2569")) == public.total == listing.rows.count() == len(lines) - 1 == 3


def test_fiscal_years_and_quarters_end_where_they_should():
    assert [str(d) for d in counting.fiscal_period(2569)] == ["2025-10-01", "2026-09-30"]
    assert [tuple(map(str, counting.fiscal_period(2569, q))) for q in (1, 2, 3, 4)] == [
        ("2025-10-01", "2025-12-31"),
        ("2026-01-01", "2026-03-31"),
        ("2026-04-01", "2026-06-30"),
        ("2026-07-01", "2026-09-30"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["year=๒๕๖๙", "year=9999", "year=x&quarter=9", "quarter=๓", "year=2569&quarter=-1"]
)
def test_an_address_that_nobody_offered_still_gives_a_page(world, query):
    assert Client().get(f"{reverse('complaints:statistics')}?{query}").status_code == 200


def test_how_matters_went_is_counted_for_the_public_and_the_centre_alike(world, client_of):
    officer, second = client_of("center_officer"), client_of("center_officer_2")
    refused = steps.ready_to_refuse(officer, steps.file_complaint())
    refused = steps.propose_refusal(officer, refused)
    steps.act(second, acts.Refuse, refused, reason=steps.REASON)
    steps.file_complaint()
    counted = counting.figures(refused.province, refused.received_on, refused.received_on).course
    assert (counted.refusals, counted.by_class["misconduct"], counted.unsigned) == ({"2.1.2": 1}, 1, 1)
    done = {stage.duty: stage.done for stage in counted.stages}
    assert done["complaints.begin_screening"] == 1 and done["complaints.confirm_refusal"] == 1

    public, own = page(year="2569"), officer.get(reverse("complaints-office:statistics"), {"year": "2569"})
    for text in (public, steps.said(own)):
        assert "กระแสข่าวที่ไม่มีมูล" in text and "เวลาของแต่ละขั้นตอน" in text
        assert shown_total(text) == 2
    assert reverse("complaints-office:statistics") in steps.said(
        officer.get(reverse("office:register", args=["complaints"]))
    )
    for nobody in ("officer", "auditor", "system_admin"):
        assert client_of(nobody).get(reverse("complaints-office:statistics")).status_code == 404


def test_the_quarter_on_paper_says_what_the_page_says(world):
    steps.file_complaint()
    address = reverse("complaints:statistics-document", args=["pdf"])
    raw = Client().get(address, {"year": "2569", "quarter": "3"})
    text = "".join(pypdfium2.PdfDocument(raw.content)[0].get_textpage().get_text_range().split())
    assert "ไตรมาสที่๓" in text and "เรื่องทั้งหมด๑" in text
    empty = Client().get(address, {"year": "2569", "quarter": "2"})
    shown = "".join(pypdfium2.PdfDocument(empty.content)[0].get_textpage().get_text_range().split())
    assert "".join(NONE.split()) in shown
    assert Client().get(reverse("complaints:statistics-document", args=["exe"])).status_code == 404
