import csv
from collections.abc import Callable
from datetime import date, timedelta
from importlib.resources import files

import holidays as library
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.workdays.calendar import Holiday, Scope, WorkCalendar
from prongsai.workdays.table import packaged_holidays, read_holidays

TABLE = packaged_holidays()
CALENDAR = WorkCalendar(TABLE)

inside_the_table = st.dates(date(2020, 1, 1), date(2026, 12, 31))
periods = st.integers(1, 90)
places = st.sampled_from([(None, None), ("N", "50"), ("C", "10"), ("E", "20")])


def due(start: date, n: int = 30, region: str | None = None) -> date:
    return CALENDAR.add_working_days(start, n, region).due


@pytest.mark.at("AT-M4-01")
def test_thirty_working_days_from_the_first_day_of_the_fiscal_year() -> None:
    found = CALENDAR.add_working_days(date(2020, 10, 1), 30, "N", "50")

    assert CALENDAR.add_working_days(date(2020, 10, 1), 1).due == date(2020, 10, 2)
    assert found.due == date(2020, 11, 16)
    assert [(day.date, day.reason_en) for day in found.holidays] == [
        (date(2020, 10, 13), "King Bhumibol Adulyadej the Great Memorial Day"),
        (date(2020, 10, 23), "King Chulalongkorn Memorial Day"),
    ]
    assert not found.beyond_table


@pytest.mark.at("AT-M4-01b")
def test_a_regional_holiday_moves_the_due_date_only_in_its_region() -> None:
    north = CALENDAR.add_working_days(date(2021, 2, 22), 30, "N", "50")
    bangkok = CALENDAR.add_working_days(date(2021, 2, 22), 30, "C", "10")

    assert [day.date for day in north.holidays] == [date(2021, 2, 26), date(2021, 3, 26), date(2021, 4, 6)]
    assert (north.due, bangkok.due) == (date(2021, 4, 8), date(2021, 4, 7))


@pytest.mark.at("AT-M4-01c")
def test_labour_day_is_a_government_working_day() -> None:
    assert CALENDAR.is_working_day(date(2026, 5, 1))
    assert due(date(2026, 3, 20)) == date(2026, 5, 8)


@pytest.mark.at("AT-M4-01d")
def test_a_substitute_moved_by_the_cabinet_counts_where_it_was_moved_to() -> None:
    found = CALENDAR.add_working_days(date(2021, 9, 8), 30, "N", "50")

    assert found.due == date(2021, 10, 25)
    assert date(2021, 9, 24) in [day.date for day in found.holidays]
    assert date(2021, 10, 22) in [day.date for day in found.holidays]


@pytest.mark.at("AT-M4-02")
def test_a_start_on_a_day_off_is_not_counted_and_day_one_is_the_next_working_day() -> None:
    saturday = date(2020, 10, 3)

    assert CALENDAR.add_working_days(saturday, 1).due == date(2020, 10, 5)
    assert due(saturday) == due(date(2020, 10, 2)) == due(date(2020, 10, 4))


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2020, 5, 15), date(2020, 6, 29)),
        (date(2025, 10, 1), date(2025, 11, 14)),
        (date(2026, 1, 15), date(2026, 2, 26)),
        (date(2026, 4, 3), date(2026, 5, 25)),
    ],
)
def test_more_due_dates_computed_by_hand(start: date, expected: date) -> None:
    assert due(start) == expected


def test_days_off_of_a_few_provinces_only() -> None:
    apec = date(2022, 11, 16)

    assert not CALENDAR.is_working_day(apec, "C", "10")
    assert CALENDAR.is_working_day(apec, "N", "50")


def test_calendar_days_end_strictly_and_on_the_next_working_day() -> None:
    # A gift received on Friday 13 March 2563: day 30 is Sunday 12 April; Songkran of that year was postponed.
    found = CALENDAR.add_calendar_days(date(2020, 3, 13), 30, "N", "50")
    assert (found.strict, found.effective) == (date(2020, 4, 12), date(2020, 4, 13))

    # One year later the special day and Songkran follow: the 12th to the 15th are days off.
    found = CALENDAR.add_calendar_days(date(2021, 3, 13), 30, "N", "50")
    assert (found.strict, found.effective) == (date(2021, 4, 12), date(2021, 4, 16))
    assert [day.date.day for day in found.skipped] == [12, 13, 14, 15]

    found = CALENDAR.add_calendar_days(date(2020, 6, 1), 30)
    assert found.strict == found.effective == date(2020, 7, 1)
    assert found.skipped == ()


def test_fifth_working_day_of_a_month_skips_the_days_off() -> None:
    assert CALENDAR.nth_working_day_of_month(2026, 4, 5, "N", "50").due == date(2026, 4, 8)
    with pytest.raises(ValueError, match="fewer than 24"):
        CALENDAR.nth_working_day_of_month(2026, 4, 24)


def test_a_period_that_leaves_the_table_says_so() -> None:
    assert CALENDAR.add_working_days(date(2027, 12, 20), 30).beyond_table
    assert not CALENDAR.add_working_days(date(2026, 12, 20), 30).beyond_table


@pytest.mark.parametrize("count", [CALENDAR.add_working_days, CALENDAR.add_calendar_days])
def test_an_empty_period_is_refused(count: Callable[[date, int], object]) -> None:
    with pytest.raises(ValueError, match="at least one"):
        count(date(2020, 10, 1), 0)


@given(inside_the_table, periods, places)
def test_due_is_a_working_day_and_counting_back_gives_the_period(
    start: date, n: int, place: tuple[str | None, str | None]
) -> None:
    found = CALENDAR.add_working_days(start, n, *place)

    assert CALENDAR.is_working_day(found.due, *place)
    assert CALENDAR.working_days_between(start, found.due, *place) == n
    assert CALENDAR.working_days_between(found.due, start, *place) <= 0
    assert n + len(found.skipped) == (found.due - start).days


@given(inside_the_table, st.integers(0, 30), periods, places)
def test_a_later_start_or_a_longer_period_is_never_due_earlier(
    start: date, later: int, n: int, place: tuple[str | None, str | None]
) -> None:
    first = CALENDAR.add_working_days(start, n, *place).due

    assert first <= CALENDAR.add_working_days(start + timedelta(days=later), n, *place).due
    assert first < CALENDAR.add_working_days(start, n + 1, *place).due


@given(inside_the_table, periods)
def test_one_more_holiday_never_brings_a_due_date_forward(start: date, n: int) -> None:
    before = CALENDAR.add_working_days(start, n).due
    with_one_more = WorkCalendar([*TABLE, Holiday(before, "วันหยุดราชการเพิ่มเป็นกรณีพิเศษ")])

    assert with_one_more.add_working_days(start, n).due == CALENDAR.add_working_days(start, n + 1).due


def test_the_table_has_no_double_rows_and_every_row_says_where_it_comes_from() -> None:
    keys = [(row.date, row.scope, row.scope_code) for row in TABLE]

    assert len(keys) == len(set(keys))
    assert all(row.source and row.name and row.name_en for row in TABLE)
    assert {row.kind for row in TABLE} == {"ordinary", "substitute", "special"}
    assert {row.date.year for row in TABLE} == set(range(2020, 2028))


def test_a_bad_table_is_refused() -> None:
    with pytest.raises(ValueError, match="columns"):
        read_holidays(["date,name", "2020-01-01,x"])
    with pytest.raises(ValueError, match="scope code"):
        read_holidays(
            ["date,name_th,name_en,scope,scope_code,kind,source", "2020-01-01,ก,a,region,,special,x"]
        )


def test_the_table_differs_from_the_library_exactly_where_documented() -> None:
    """A new release of the library, or a changed row, must be reviewed and written down."""
    categories = ("public", "government")
    theirs = set(library.country_holidays("TH", years=range(2020, 2028), categories=categories))
    ours = {row.date for row in TABLE if row.scope == Scope.NATIONAL}
    found = {(day, "added") for day in ours - theirs} | {(day, "removed") for day in theirs - ours}

    text = files("prongsai.workdays").joinpath("data/library-differences.csv").read_text(encoding="utf-8")
    documented = {
        (date.fromisoformat(row["date"]), row["change"]) for row in csv.DictReader(text.splitlines())
    }
    assert found == documented
