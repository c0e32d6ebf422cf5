import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai import dates
from prongsai.thai.dates import DateError, format_date, format_datetime, parse_date

DAY = dt.date(2020, 5, 15)
PRACTICAL = st.dates(dt.date(1900, 1, 1), dt.date(2057, 12, 31))


@pytest.mark.at("AT-X-05")
@pytest.mark.parametrize(
    "text",
    [
        "15/05/2563",
        "15/05/2020",
        "๑๕ พ.ค. ๒๕๖๓",
        "15-5-2563",
        "15 พฤษภาคม พ.ศ. 2563",
        "วันที่ ๑๕ เดือน พฤษภาคม พ.ศ. ๒๕๖๓",
        "วันศุกร์ที่ 15 พฤษภาคม 2563",
        "ศ. 15 พ.ค. 2563",
        "15พ.ค.2563",
        "2020-05-15",
        "15 May 2020",
        "Fri 15 May 2020",
        " \ufeff15/\u200b05/2563\u00a0",
    ],
)
def test_every_spelling_is_one_day_shown_in_be(text: str) -> None:
    assert parse_date(text) == DAY
    assert format_date(parse_date(text), "numeric") == "15/05/2563"


@pytest.mark.at("AT-X-05")
def test_29_february_exists_in_2563_and_not_in_2564() -> None:
    assert parse_date("29/02/2563") == dt.date(2020, 2, 29)
    with pytest.raises(DateError, match=r"^รูปแบบวันที่ไม่ถูกต้อง โปรดระบุ วัน เดือน ปี พ\.ศ\."):
        parse_date("29/02/2564")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "15-5-63",  # which century, which era?
        "29 พ.ย. 67",  # only with short_year
        "15/05/3106",  # 543 added twice
        "15/05/2201",
        "15/05/2399",
        "15/05/2601",
        "05/15/2563",  # month first
        "15/05-2563",
        "วันพุธที่ 15 พฤษภาคม 2563",  # it was a Friday
        "15 พ.ค. ค.ศ. 2563",
        "15 พ.ค. พ.ศ. 2020",
        "15 เดือนหก 2563",
        "15/05/২০২০",
        "0/0/2563",
        "1970",
    ],
)
def test_G22_G30_ambiguous_or_impossible_dates_are_refused(text: str) -> None:
    with pytest.raises(DateError):
        parse_date(text)


def test_short_year_is_read_only_in_the_egp_form() -> None:
    assert parse_date("29 พ.ย. 67", short_year=True) == dt.date(2024, 11, 29)
    assert parse_date("29 พ.ย. 2567", short_year=True) == dt.date(2024, 11, 29)
    for text in ("29/11/67", "29 Nov 67", "29 พ.ย. ค.ศ. 67", "29 พ.ย. 7"):
        with pytest.raises(DateError):
            parse_date(text, short_year=True)


def test_range_of_registers_ends_five_years_from_today() -> None:
    today = dt.date(2020, 2, 29)
    assert parse_date("28/02/2568", today=today) == dt.date(2025, 2, 28)
    for text in ("01/03/2568", "31/12/2499"):
        with pytest.raises(DateError):
            parse_date(text, today=today)


@given(
    PRACTICAL,
    st.sampled_from(["full", "long", "short", "numeric"]),
    st.sampled_from(["arabic", "thai"]),
    st.booleans(),
)
def test_C19_what_is_shown_reads_back(
    day: dt.date, style: dates.Style, digits: dates.Digits, weekday: bool
) -> None:
    langs: tuple[dates.Lang, ...] = ("th", "en")
    for lang in langs:
        assert parse_date(format_date(day, style, digits, weekday=weekday, lang=lang)) == day


@given(st.text() | st.text("0123456789๐๕/-. พค.ศ", max_size=24))
def test_parse_never_fails_otherwise(text: str) -> None:
    with contextlib.suppress(DateError):
        assert isinstance(parse_date(text, short_year=True), dt.date)


def test_wording() -> None:
    assert format_date(DAY) == "15 พฤษภาคม 2563"
    assert format_date(DAY, "full", "thai", weekday=True) == "วันศุกร์ที่ ๑๕ พฤษภาคม พ.ศ. ๒๕๖๓"
    assert format_date(DAY, "short") == "15 พ.ค. 2563"
    assert format_date(DAY, lang="en") == "15 May 2020"
    assert format_date(DAY, "full", weekday=True, lang="en") == "Friday, 15 May 2020"


@pytest.mark.parametrize(
    ("utc", "shown"),
    [
        ("2020-05-14T17:00", "15 พฤษภาคม 2563 เวลา 00.00 น."),
        ("2020-05-14T16:59", "14 พฤษภาคม 2563 เวลา 23.59 น."),
        ("2020-05-15T16:30", "15 พฤษภาคม 2563 เวลา 23.30 น."),
        ("2020-05-15T17:30", "16 พฤษภาคม 2563 เวลา 00.30 น."),
    ],
)
def test_G27_C17_moments_fall_on_the_thai_day(utc: str, shown: str) -> None:
    assert format_datetime(dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)) == shown


def test_C17_a_date_is_not_a_datetime() -> None:
    naive = dt.datetime(2020, 5, 15, 12)  # noqa: DTZ001 - the case under test
    with pytest.raises(ValueError, match="naive"):
        format_datetime(naive)
    for function in (format_date, dates.fiscal_year, dates.quarter):
        with pytest.raises(TypeError):
            function(naive.replace(tzinfo=dt.UTC))


@pytest.mark.at("AT-X-06")
def test_fiscal_year_turns_on_1_october() -> None:
    assert dates.fiscal_year(dt.date(2019, 10, 1)) == 2563
    assert dates.fiscal_year(dt.date(2020, 9, 30)) == 2563
    assert dates.fiscal_year(dt.date(2020, 10, 1)) == 2564
    assert dates.fiscal_year_range(2563) == (dt.date(2019, 10, 1), dt.date(2020, 9, 30))


@given(PRACTICAL)
def test_every_day_is_inside_its_fiscal_year_and_quarter(day: dt.date) -> None:
    year, number = dates.fiscal_year(day), dates.quarter(day)
    assert dates.fiscal_year_range(year)[0] <= day <= dates.fiscal_year_range(year)[1]
    first, last = dates.quarter_range(year, number)
    assert first <= day <= last
    assert dates.quarter(first) == dates.quarter(last) == number
    assert dates.quarter(last + dt.timedelta(days=1)) == number % 4 + 1
