"""A meeting in which several people press at the same moment, through the running house."""

from __future__ import annotations

from typing import Any

import pytest

from tests.house import House
from tests.test_concurrency import at_once
from tests.visitor import Visitor

pytestmark = pytest.mark.xdist_group("house")


def test_two_tabs_open_one_meeting_and_members_answer_together_before_one_vote(house: House):
    """One result of each button; answers of different people do not stand in each other's way."""
    ((meeting,),) = house.query("SELECT id FROM committees_meeting WHERE state = 'called'")
    tabs = [Visitor(house.url).sign_in("plan_officer") for _ in range(2)]

    def both(act: str, pk: Any, **data: str) -> list[int]:
        path = f"/office/act/committees.{act}/{pk}/"
        forms = [{**tab.get(path).form("version"), **data} for tab in tabs]
        return sorted(a.status for a in at_once(2, lambda i: tabs[i].post(path, forms[i])))

    rows = house.query("SELECT id FROM committees_attendance WHERE meeting_id = %s", meeting)
    assert both("record_attendance", meeting, **{f"status_{pk}": "came" for (pk,) in rows}) == [303, 409]
    ((chair,),) = house.query(
        "SELECT seat_id FROM committees_attendance a JOIN committees_seat s ON s.id = a.seat_id"
        " WHERE a.meeting_id = %s AND s.role = 'chair'", meeting
    )  # fmt: skip
    assert both("open_meeting", meeting, presiding=str(chair)) == [303, 409]
    ((item,),) = house.query("SELECT id FROM committees_item WHERE meeting_id = %s AND number = 2", meeting)
    assert both("ask_interests", item) == [303, 409]
    prompts = house.query("SELECT id FROM committees_interest WHERE item_id = %s", item)
    assert len(prompts) == len(rows)

    def answer(i: int) -> int:
        return tabs[i % 2].act("committees.declare_none", prompts[i][0]).status

    assert at_once(len(prompts), answer) == [303] * len(prompts)
    assert both("start_item", item) == [303, 409]
    ((presided,),) = house.query(
        "SELECT id FROM committees_attendance WHERE meeting_id = %s AND seat_id = %s", meeting, chair
    )
    vote = {"resolution": "เห็นชอบตามที่เสนอ", "presided": str(presided), "casting": ""}
    assert both("resolve", item, **vote) == [303, 409]
    kept = house.query("SELECT state, votes_for, present FROM committees_item WHERE id = %s", item)
    assert kept == [("resolved", 7, 7)]
    ((count,),) = house.query(
        "SELECT count(*) FROM ledger_entry WHERE kind = 'committees.resolve' AND subject_id = %s", str(item)
    )
    assert count == 1
