"""The holiday table is the office's: a day is added or withdrawn, and every running clock is set again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from prongsai.acts.models import Due
from prongsai.complaints import acts
from prongsai.complaints.models import Case
from prongsai.complaints.tests.steps import act, dues, file_complaint, said
from prongsai.ledger.models import Entry
from prongsai.workdays.models import Holiday

pytestmark = pytest.mark.django_db

ADD = reverse("office:make", args=["compliance.add_holiday"])
WITHDRAW = reverse("office:make", args=["compliance.withdraw_holiday"])
HOLIDAYS = reverse("office:register", args=["holidays"])
MONDAY = dt.datetime(2026, 11, 9, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@pytest.fixture(autouse=True)
def seeded_long_ago(db: None) -> None:
    """The table was loaded before the story begins: the calendar tells a changed table by its newest time stamp."""
    Holiday.objects.update(updated_at=MONDAY - dt.timedelta(days=365))


def holiday(date: str, **changes: str) -> dict[str, str]:
    typed = {
        "date": date,
        "name": "วันหยุดกรณีพิเศษ",
        "scope": "national",
        "kind": "special",
        "source": "มติคณะรัฐมนตรี (ทดสอบ)",
    }
    return {**typed, **changes}


def taken(client_of: Any) -> Case:
    """A case received on Monday 9 November 2569 and taken at once: to be decided by Thursday the 12th."""
    case = act(client_of("center_officer"), acts.StartScreening, file_complaint().case)
    assert dues(case)["complaints.decide"].due_on == dt.date(2026, 11, 12)
    return case


@pytest.mark.at("AT-M4-03")
def test_a_day_added_later_moves_open_deadlines_and_keeps_the_first(client_of: Any) -> None:
    with time_machine.travel(MONDAY):
        case = taken(client_of)

        answer = client_of("system_admin").post(ADD, holiday("11/11/2569"), follow=True)

    assert answer.redirect_chain == [(HOLIDAYS, 303)]
    assert "คำนวณวันครบกำหนดใหม่ 1 รายการ" in said(answer)
    clocks = dues(case)
    assert clocks["complaints.decide"].due_on == dt.date(2026, 11, 13)
    assert clocks["complaints.decide"].original_due_on == dt.date(2026, 11, 12)
    # What was met before the day was added stays as it was.
    assert clocks["complaints.begin_screening"].due_on == clocks["complaints.begin_screening"].original_due_on
    entry = Entry.objects.get(kind="compliance.add_holiday")
    assert (entry.content["date"], entry.content["duties_moved"]) == ("2026-11-11", 1)


@pytest.mark.at("AT-M4-03")
@pytest.mark.parametrize(("today", "late"), [(13, False), (16, True)])
def test_what_is_late_is_in_time_only_if_the_new_day_has_not_passed(
    client_of: Any, today: int, late: bool
) -> None:
    with time_machine.travel(MONDAY):
        case = taken(client_of)
    now = MONDAY.replace(day=today)
    with time_machine.travel(now):
        assert dues(case)["complaints.decide"].is_late(now.date())

        client_of("system_admin").post(ADD, holiday("11/11/2569"))

        assert dues(case)["complaints.decide"].is_late(now.date()) is late


@pytest.mark.at("AT-M4-03")
def test_a_late_mark_that_was_earned_stays(client_of: Any) -> None:
    with time_machine.travel(MONDAY):
        case = file_complaint().case
    with time_machine.travel(MONDAY.replace(day=12)):
        act(client_of("center_officer"), acts.StartScreening, case)

        client_of("system_admin").post(ADD, holiday("10/11/2569"))
        client_of("system_admin").post(ADD, holiday("11/11/2569"))

    begun = dues(case)["complaints.begin_screening"]
    assert begun.is_late(dt.date(2026, 11, 12))
    assert begun.due_on == dt.date(2026, 11, 10)


def test_a_withdrawn_day_is_a_working_day_again_and_its_row_stays(client_of: Any) -> None:
    with time_machine.travel(MONDAY):
        case, admin = taken(client_of), client_of("system_admin")
        admin.post(ADD, holiday("11/11/2569"), follow=True)
        day = Holiday.objects.get(date=dt.date(2026, 11, 11))

        answer = admin.post(WITHDRAW, {"holiday": day.pk, "source": "มติคณะรัฐมนตรี (ยกเลิก)"}, follow=True)

        assert "คำนวณวันครบกำหนดใหม่ 1 รายการ" in said(answer)
        assert dues(case)["complaints.decide"].due_on == dt.date(2026, 11, 12)
        assert "ยกเลิกแล้ว (วันทำการ)" in said(admin.get(HOLIDAYS, {"cancelled": 1}))
        # It may be granted again: the same row, not a second one.
        assert admin.post(ADD, holiday("11/11/2569")).status_code == 303
    assert Holiday.objects.filter(date=dt.date(2026, 11, 11)).count() == 1


def test_a_day_of_another_region_moves_nothing_here(client_of: Any, province: Any) -> None:
    with time_machine.travel(MONDAY):
        case = taken(client_of)
        Holiday.objects.create(
            date=dt.date(2026, 11, 11), name_th="วันหยุดภาคใต้", scope="region", scope_code="S", source="ทดสอบ"
        )
        client_of("system_admin").post(ADD, holiday("10/11/2569", scope="region"))

    assert province.region == "N"
    assert dues(case)["complaints.decide"].due_on == dt.date(2026, 11, 13)
    assert Holiday.objects.get(date=dt.date(2026, 11, 10)).scope_code == "N"


def test_only_the_administrator_may_and_the_same_day_is_not_added_twice(client_of: Any) -> None:
    with time_machine.travel(MONDAY):
        for key in ("governor", "center_officer", "officer"):
            assert ADD not in said(client_of(key).get(HOLIDAYS)), key
            assert client_of(key).post(ADD, holiday("11/11/2569")).status_code == 403, key
        assert not Holiday.objects.filter(date=dt.date(2026, 11, 11)).exists()
        admin = client_of("system_admin")
        assert ADD in said(admin.get(HOLIDAYS))
        assert admin.post(ADD, holiday("11/11/2569")).status_code == 303

        again = admin.post(ADD, holiday("11/11/2569", name="อีกครั้ง"))

    assert again.status_code == 409
    assert "มีวันหยุดของวันที่และขอบเขตนี้อยู่แล้ว" in said(again)
    assert 'value="อีกครั้ง"' in said(again)


def test_a_day_that_nobody_can_mean_is_refused(client_of: Any) -> None:
    with time_machine.travel(MONDAY):
        answer = client_of("system_admin").post(ADD, holiday("31/02/2569"))

    assert answer.status_code == 422
    assert not Due.objects.exists()
