"""งานของฉัน: whose work it is, how near it is, which step comes next."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from prongsai.acts.models import Due
from prongsai.complaints import acts
from prongsai.complaints.models import Case, Exclusion
from prongsai.complaints.tests.steps import (
    REASON,
    act,
    act_url,
    file_complaint,
    file_signed,
    said,
    screen,
)

pytestmark = pytest.mark.django_db


def work(client: Any) -> dict[str, str]:
    """The three lists of the page: heading's id → its HTML."""
    page = said(client.get(reverse("office:my-work")))
    parts = re.split(r'<section class="ps-worklist[^>]*aria-labelledby="(\w+)-title">', page)
    return {
        name: html.partition("</section>")[0] for name, html in zip(parts[1::2], parts[2::2], strict=True)
    }


def tasks(client: Any) -> dict[str, str]:
    """Only the rows of the lists, without the sentences of empty ones."""
    return {name: html.partition('<ul class="ps-tasks">')[2] for name, html in work(client).items()}


def move_due(case: Case, days: int) -> None:
    """Let the case's open duties fall due so many days from today."""
    day = timezone.localdate() + dt.timedelta(days=days)
    Due.objects.open().filter(record_id=case.pk).update(started_on=day - dt.timedelta(days=30), due_on=day)


@pytest.mark.parametrize(("days", "where"), [(-1, "late"), (0, "soon"), (7, "soon"), (8, "todo")])
def test_a_duty_of_my_role_stands_in_the_list_of_its_nearness(client_of: Any, days: int, where: str) -> None:
    case = file_complaint().case
    move_due(case, days)

    lists = tasks(client_of("center_officer"))

    assert {name for name, html in lists.items() if case.number in html} == {where}
    assert act_url(acts.StartScreening, case) in lists[where]


def test_work_that_somebody_has_taken_is_no_longer_everybodys(client_of: Any) -> None:
    case = file_complaint().case
    act(client_of("center_officer"), acts.StartScreening, case)

    assert case.number in "".join(tasks(client_of("center_officer")).values())
    assert case.number not in "".join(tasks(client_of("center_officer_2")).values())


def test_before_the_record_is_ready_the_step_before_is_offered(client_of: Any) -> None:
    officer, case = client_of("center_officer"), file_signed().case
    case = act(officer, acts.StartScreening, case)
    assert act_url(acts.Assess, case) in "".join(tasks(officer).values())

    case = screen(officer, case)

    assert act_url(acts.ProposeAcceptance, case) in "".join(tasks(officer).values())


def test_who_proposed_does_not_find_the_second_persons_duty(client_of: Any) -> None:
    officer = client_of("center_officer")
    case = screen(officer, file_signed().case)
    act(officer, acts.ProposeAcceptance, case, reason=REASON)

    assert case.number not in "".join(tasks(officer).values())
    assert act_url(acts.Accept, case) in "".join(tasks(client_of("center_head")).values())


def test_nobody_else_and_no_excluded_officer_finds_it(client_of: Any, world: Any) -> None:
    case = file_complaint().case
    Exclusion.objects.create(case=case, person=world["center_officer_2"].person)

    for key in ("governor", "head_agency", "system_admin", "officer", "auditor", "center_officer_2"):
        assert case.number not in "".join(work(client_of(key)).values()), key


def test_an_empty_list_says_what_comes_next_and_when(client_of: Any) -> None:
    case = file_complaint().case
    move_due(case, 20)

    lists = work(client_of("center_officer"))

    assert "ไม่มีงานเกินกำหนด" in lists["late"]
    assert "เริ่มกลั่นกรองเรื่องร้องเรียน" in lists["late"]
    assert case.number in lists["late"]
    assert "ไม่มีงานที่ครบกำหนดภายใน 7 วัน" in lists["soon"]


def test_an_officer_of_secret_matters_is_told_to_make_a_key(client_of: Any, world: Any) -> None:
    from prongsai.sealed.models import Keyholder

    page = said(client_of("center_officer").get(reverse("office:my-work")))
    assert reverse("sealed:unlock") in page

    Keyholder.objects.of(world["center_officer"].person.pk).update(retired_at=timezone.now())

    page = said(client_of("center_officer").get(reverse("office:my-work")))
    assert reverse("sealed:create") in page
    assert reverse("sealed:create") not in said(client_of("officer").get(reverse("office:my-work")))
