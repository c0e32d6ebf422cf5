"""The calendar of an office, from the holiday table of the database."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from prongsai.workdays import calendar_for, load_holidays
from prongsai.workdays.models import Holiday

NORTH = SimpleNamespace(code="50", region="N")
BANGKOK = SimpleNamespace(code="10", region="C")
ALLOCATED = date(2021, 2, 22)


@pytest.fixture
def holidays(db):
    load_holidays()


@pytest.mark.at("AT-M4-01b")
def test_at_m4_01b_a_regional_holiday_counts_where_the_office_stands(holidays):
    north = calendar_for(NORTH).add_working_days(ALLOCATED, 30)
    assert north.due == date(2021, 4, 8)
    assert [day.date for day in north.holidays] == [date(2021, 2, 26), date(2021, 3, 26), date(2021, 4, 6)]
    assert calendar_for(BANGKOK).add_working_days(ALLOCATED, 30).due == date(2021, 4, 7)
    # An office of the capital that stands in the North rests when the North does.
    district = SimpleNamespace(code="5001", region="")
    north_place = SimpleNamespace(code="50", region="N")
    assert calendar_for(BANGKOK, north_place).add_working_days(ALLOCATED, 30).due == date(2021, 4, 8)
    assert calendar_for(NORTH, district).add_working_days(ALLOCATED, 30).due == date(2021, 4, 8)


def test_an_edited_table_is_used_at_once(holidays):
    assert not calendar_for(NORTH).is_working_day(date(2021, 3, 26))
    day = Holiday.objects.get(date=date(2021, 3, 26))
    day.is_cancelled = True
    day.save()
    assert calendar_for(NORTH).is_working_day(date(2021, 3, 26))
    Holiday.objects.create(
        date=date(2021, 3, 25), name_th="กรณีพิเศษ", scope="province", scope_code="50", source="มติ ครม."
    )
    assert not calendar_for(NORTH).is_working_day(date(2021, 3, 25))
    # Of two that were edited at once, the one that is committed last need not be the one with the later time.
    Holiday.objects.filter(date=date(2021, 3, 25)).update(is_cancelled=True)
    assert calendar_for(NORTH).is_working_day(date(2021, 3, 25))
    # The seed neither revives what the office cancelled nor adds a day twice.
    assert load_holidays() == 0
    assert calendar_for(NORTH).is_working_day(date(2021, 3, 26))


def test_a_day_stands_once_per_scope(holidays):
    for fields, constraint in (
        ({"date": date(2021, 4, 6)}, "holiday_once_per_scope"),
        ({"date": date(2021, 4, 7), "scope": "region"}, "holiday_scope_has_its_code"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Holiday.objects.create(name_th="ซ้ำ", source="ทดสอบ", **fields)
