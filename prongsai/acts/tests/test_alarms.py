"""A duty that nobody meets raises its own alarm: who hears it, on which day, and each level once."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.urls import reverse

from prongsai.acts import Duty, Level, registry
from prongsai.acts.alarms import raise_alarms
from prongsai.acts.models import Alarm, Due, RuleParameter
from prongsai.acts.rules import _rule
from prongsai.complaints import acts
from prongsai.complaints.models import Case, Exclusion
from prongsai.complaints.tests import steps
from prongsai.notices.models import Notice
from prongsai.organisation.models import Agency, Person

pytestmark = pytest.mark.django_db

MONDAY, FRIDAY = dt.date(2026, 5, 18), dt.date(2026, 5, 22)
DAY = dt.timedelta(days=1)
CENTRE = {"center_head", "center_officer", "center_officer_2", "center_officer_3"}


class Report(Duty):
    """An open duty, owed by whom the test says."""

    title = "รายงานผล"
    clause = "M1.2.5"
    rule = "none"
    record = Case


@pytest.fixture
def a_due(monkeypatch: Any, province: Any) -> Any:
    monkeypatch.setitem(registry._duties, Report.key(), Report())

    def make(agency: str, *, person: Person | None = None, role: str = "", due: dt.date = FRIDAY) -> Due:
        return Due.objects.create(
            duty=Report.key(), record_type="tests.report", record_id=uuid.uuid4(), record_label="ชม 0001/รง/0007/2569",
            practice="M1.2.5", secrecy="S1", province=province, agency=Agency.objects.get(province=province, code=agency),
            owed_role=role, owed_person=person, started_on=MONDAY, original_due_on=due, due_on=due, rule_text="",
            is_default=True,
        )  # fmt: skip

    return make


@pytest.fixture
def heard(world: Any) -> Any:
    """Accounts that heard an alarm of a level, by number or without."""

    def find(level: Level, *, number: str = "") -> set[str]:
        told = Notice.objects.filter(kind=f"acts.alarm_{level}")
        told = told.filter(text__contains=number) if number else told.exclude(text__contains="/")
        names = {user.person_id: key for key, user in world.items()}
        return {names[pk] for pk in told.values_list("recipient_id", flat=True)}

    return find


def test_G19_late_begins_the_day_after_in_bangkok(a_due: Any, world: Any, time_machine: Any) -> None:
    a_due("DOAE", person=world["officer"].person)
    time_machine.move_to("2026-05-22T23:59:00+07:00")
    raise_alarms()
    assert not Alarm.objects.filter(level=Level.LATE).exists()
    time_machine.move_to("2026-05-23T00:01:00+07:00")  # still 22 May in UTC
    assert raise_alarms() == 1
    assert Alarm.objects.get(level=Level.LATE).raised_on == FRIDAY + DAY


def test_the_alarm_goes_up_the_line_each_level_once(a_due: Any, world: Any, heard: Any) -> None:
    a_due("DOAE", person=world["officer"].person)
    number, levels = "0007/2569", []
    for days in range(12):
        raise_alarms(MONDAY + days * DAY)
        assert raise_alarms(MONDAY + days * DAY) == 0
        levels.append([*Alarm.objects.order_by("pk").values_list("level", flat=True)])
    raised = {
        level: MONDAY + next(i for i, seen in enumerate(levels) if level in seen) * DAY for level in Level
    }
    assert raised[Level.SOON] == dt.date(2026, 5, 20)  # two working days before
    assert raised[Level.LATE] == dt.date(2026, 5, 23)
    assert raised[Level.STILL_LATE] == dt.date(2026, 5, 28)  # after three working days
    assert heard(Level.SOON, number=number) == {"officer"}
    assert heard(Level.LATE, number=number) == {"officer", "supervisor", "head_agency"}
    assert heard(Level.STILL_LATE, number=number) == {"vice_governor"}
    assert Notice.objects.filter(kind__startswith="acts.alarm").count() == 5
    assert set(Notice.objects.values_list("is_duty", flat=True)) == {True}


def test_an_acting_head_hears_what_a_head_hears(a_due: Any, world: Any, heard: Any) -> None:
    a_due("DLD", person=world["officer_4"].person)
    raise_alarms(FRIDAY + DAY)
    assert heard(Level.LATE, number="0007/2569") == {"officer_4", "acting_head"}


def test_an_alarm_that_nobody_hears_goes_up_at_once(a_due: Any, heard: Any) -> None:
    a_due("HEALTH", role="supply_officer")  # nobody there is one
    raise_alarms(FRIDAY)
    assert heard(Level.SOON, number="0007/2569") == {"head_health"}


@pytest.mark.parametrize(
    "ended",
    [{"met_on": FRIDAY, "met_at": "2026-05-22T09:00+07:00"}, {"cancelled_at": "2026-05-20T09:00+07:00"}],
)
def test_what_was_met_or_cancelled_is_quiet(ended: dict[str, Any], a_due: Any, world: Any) -> None:
    due = a_due("DOAE", person=world["officer"].person)
    Due.objects.filter(pk=due.pk).update(**ended)
    assert raise_alarms(FRIDAY + 30 * DAY) == 0


def test_an_announcement_without_these_rules_has_the_defaults(a_due: Any, world: Any) -> None:
    a_due("DOAE", person=world["officer"].person)
    RuleParameter.objects.filter(key__in=["duty_reminder_days", "duty_escalation_days"]).delete()
    _rule.cache_clear()
    assert [raise_alarms(MONDAY + days * DAY) for days in (1, 2)] == [0, 1]
    _rule.cache_clear()


def test_C23_a_complaint_that_nobody_opens_is_told_up_the_line_and_stays(
    time_machine: Any, world: Any, heard: Any, client_of: Any
) -> None:
    time_machine.move_to("2026-05-18T10:00:00+07:00", tick=True)
    case = steps.file_complaint().case
    Exclusion.objects.create(case=case, person=world["center_officer_3"].person)
    for days in range(12):
        raise_alarms(MONDAY + days * DAY)
    centre = CENTRE - {"center_officer_3"}
    for level in (Level.SOON, Level.LATE):
        assert heard(level, number=case.number) == centre
        assert heard(level) == set()
    assert heard(Level.STILL_LATE, number=case.number) == set()
    assert heard(Level.STILL_LATE) == {"vice_governor"}
    page = steps.said(client_of("vice_governor").get(reverse("office:notices")))
    assert "มีเรื่องที่เกินกำหนดดำเนินการและยังไม่มีผู้ดำเนินการ ๑ เรื่อง" in page
    assert case.number not in page and str(case.pk) not in page
    assert steps.fresh(case).state == Case.State.RECEIVED, "nothing lapses because nobody looked"


def test_the_executives_who_are_excluded_hear_nothing_of_it(
    time_machine: Any, world: Any, heard: Any
) -> None:
    time_machine.move_to("2026-05-18T10:00:00+07:00", tick=True)
    case = steps.file_complaint().case
    Exclusion.objects.create(case=case, person=world["vice_governor"].person)
    raise_alarms(MONDAY + 30 * DAY)
    assert heard(Level.STILL_LATE) == set()


def test_the_handler_s_superior_is_told_that_something_is_late(
    time_machine: Any, world: Any, heard: Any, unlocked_client_of: Any
) -> None:
    time_machine.move_to("2026-05-18T10:00:00+07:00", tick=True)
    case = steps.file_complaint().case
    steps.act(unlocked_client_of("center_officer"), acts.StartScreening, case)
    raise_alarms(MONDAY + 4 * DAY)
    assert heard(Level.LATE, number=case.number) == {"center_officer"}
    assert heard(Level.LATE) == {"center_head"}


def test_the_sender_s_own_time_is_nobody_s_duty_here(time_machine: Any, unlocked_client_of: Any) -> None:
    time_machine.move_to("2026-05-18T10:00:00+07:00", tick=True)
    filed = steps.file_signed()
    officer = unlocked_client_of("center_officer")
    steps.ask(officer, steps.screen(officer, filed.case, foundation=Case.Foundation.UNFOUNDED.value))
    Due.objects.exclude(duty="complaints.answer_request").delete()
    raise_alarms(MONDAY + 30 * DAY)
    assert not Notice.objects.filter(kind__startswith="acts.alarm").exists()
