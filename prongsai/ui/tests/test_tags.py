import datetime as dt

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from prongsai.ui import charts
from prongsai.ui.parts import Bar, Cell, HeatRow, Segment
from prongsai.ui.templatetags import prongsai as tags
from prongsai.ui.tests.page import Page

DAY = dt.date(2020, 5, 15)
MOMENT = dt.datetime(2020, 5, 14, 18, 30, tzinfo=dt.UTC)  # 01.30 on the 15th in Bangkok


def render(source: str, **context) -> str:
    return Template("{% load prongsai %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("style", "thai", "english"),
    [
        ("", "15 พฤษภาคม 2563", "15 May 2020"),
        ("full thai", "๑๕ พฤษภาคม พ.ศ. ๒๕๖๓", "15 May 2020"),
        ("short", "15 พ.ค. 2563", "15 May 2020"),
        ("numeric", "15/05/2563", "2020-05-15"),
        ("weekday", "วันศุกร์ที่ 15 พฤษภาคม 2563", "Friday, 15 May 2020"),
    ],
)
def test_dates_follow_the_language(style, thai, english):
    assert tags.thdate(DAY, style) == tags.thdate(MOMENT, style) == thai
    with translation.override("en"):
        assert tags.thdate(DAY, style) == english


def test_moments_are_shown_in_bangkok():
    assert tags.thdatetime(MOMENT, "short") == "15 พ.ค. 2563 01.30 น."
    assert tags.isodate(MOMENT) == "2020-05-15T01:30:00+07:00"
    assert tags.thdate(None) == tags.thdatetime(None) == tags.isodate(None) == ""


def test_a_misspelt_style_is_a_mistake():
    with pytest.raises(TemplateSyntaxError):
        tags.thdate(DAY, "lnog")


@pytest.mark.parametrize(
    ("offset", "words", "english", "tone"),
    [
        (-3, "เกินกำหนด 3 วัน", "3 days overdue", "late"),
        (0, "ครบกำหนดวันนี้", "Due today", "soon"),
        (1, "เหลือเวลาอีก 1 วัน", "1 day left", "soon"),
        (8, "เหลือเวลาอีก 8 วัน", "8 days left", "neutral"),
    ],
)
def test_days_left(offset, words, english, tone):
    due = timezone.localdate() + dt.timedelta(offset)
    assert tags.days_left(due) == tags.days_left(offset) == words
    assert tags.due_tone(due) == tone
    with translation.override("en"):
        assert tags.days_left(due) == english


def test_numbers():
    assert tags.thnum(2563) == "๒๕๖๓"
    assert tags.grouped(1234567) == "1,234,567"
    assert tags.baht(3000) == "3,000.00 บาท"
    assert tags.working_days_left(2) == "เหลือเวลาอีก 2 วันทำการ"


def test_a_state_has_words_and_a_glyph_not_colour_alone():
    html = render('{% state_tag "overdue" %}')
    assert "เกินกำหนด" in html and "ps-tag--late" in html and "<svg" in html
    assert "รอ ศปท." in render('{% state_tag "unknown" "รอ ศปท." %}')
    assert "&lt;b&gt;" in render("{% state_tag state %}", state="<b>")


@given(st.lists(st.integers(min_value=0, max_value=10**6), max_size=8))
def test_whole_percents_add_up(counts):
    assert sum(charts.percents(counts)) == (100 if sum(counts) else 0)


@given(st.lists(st.integers(min_value=0, max_value=5000), min_size=1, max_size=6))
def test_a_ring_is_one_turn_and_hides_nothing(counts):
    arcs = charts.arcs([Segment("x", n, "done") for n in counts])
    assert all((arc.length > 0) == (arc.segment.count > 0) for arc in arcs)
    assert sum(arc.length for arc in arcs) <= 100 + 0.8 * len(counts)
    assert arcs[0].offset == 25  # the top of the circle
    assert all(0 <= arc.offset < 100.01 and arc.rest >= 0 for arc in arcs)


def test_charts_say_their_numbers_in_text():
    html = render(
        '{% ring segments "มาตรการที่ ๑" %}',
        segments=[Segment("ครบถ้วน", 2, "done"), Segment("เกินกำหนด", 1, "late")],
    )
    page = Page(html)
    assert page.one("svg", role="img")["aria-label"] == "มาตรการที่ ๑: ครบถ้วน 2, เกินกำหนด 1"
    assert "2/3" in html
    bars = Page(render('{% bar_chart bars "เหตุ" %}', bars=[Bar("ก", 1200), Bar("ข", 300), Bar("ค", 0)]))
    assert [r["width"] for r in bars.all("rect") if "ps-bars__fill" in r["class"]] == [
        "100.00",
        "25.00",
        "0.00",
    ]
    assert "1,200" in bars.one("table")["text"]
    heat = render(
        "{% heat_map columns rows 'ผล' %}",
        columns=["๑"],
        rows=[HeatRow("สำนักงาน", [Cell("3/5", "/r", "late", "เกินกำหนด")])],
    )
    assert 'href="/r"' in heat and "เกินกำหนด" in heat


def test_a_table_names_each_cell_for_the_phone():
    page = Page(
        render(
            "{% data_table columns rows 'ทะเบียน' %}",
            columns=[{"label": "เลขที่"}, {"label": "ผล"}],
            rows=[["1", None]],
        )
    )
    assert page.one("td")["data-label"] == "ผล"
    assert page.one("td")["text"].strip() == "–"


def test_pages_of_a_list_keep_its_filters():
    page = Paginator(range(100), 10).page(5)
    request = RequestFactory().get("/r", {"state": "รับ&เรื่อง", "page": "5"})
    html = Template('{% include "ui/components/pagination.html" %}').render(
        RequestContext(request, {"page": page})
    )
    assert "?state=%E0%B8%A3%E0%B8%B1%E0%B8%9A%26" in html
    links = [e["href"] for e in Page(html).all("a")]
    assert links[0].endswith("page=4") and links[-1].endswith("page=6")
    assert all(link.count("page=") == 1 for link in links)
