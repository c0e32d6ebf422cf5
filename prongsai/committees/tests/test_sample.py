"""The sample province shows a committee at work, and loading it twice changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from prongsai.committees.models import Committee, Interest, Meeting, Minutes
from prongsai.committees.sample import load_sample_committees

pytestmark = pytest.mark.django_db


def test_a_committee_a_past_meeting_and_a_coming_one(province: Any, world: dict[str, Any]):
    committee = load_sample_committees(province, world)
    assert load_sample_committees(province, world) == committee
    assert Committee.objects.get().is_sample
    assert committee.missing_groups() == []
    past, coming = Meeting.objects.order_by("held_on")
    assert (past.state, coming.state) == ("certified", "called")
    assert (past.sequence, coming.sequence) == (1, 2) or past.year != coming.year
    (left,) = Interest.objects.filter(state="left")
    assert left.attendance.seat.organisation == "เทศบาลตำบลบ้านสมมติ"
    assert left.returned_at is not None
    assert Minutes.objects.get().certified_on is not None
