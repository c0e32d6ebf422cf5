"""Whatever an officer types at the desk, by any channel: stored as it was said, or back on the page whole; never an error."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prongsai.complaints.desk.profiles import PROFILES
from prongsai.complaints.models import Case
from prongsai.complaints.sample import SAMPLE_PASSPHRASE
from prongsai.complaints.tests import counter, steps
from prongsai.complaints.tests.nasty import NASTY, box, is_thai
from prongsai.sealed import Unlocked, keys
from prongsai.thai.text import clean
from prongsai.ui.forms.widgets import echo

pytestmark = pytest.mark.django_db

TYPED = ("narrative", "accused_name", "accused_other", "place", "name", "address", "phone", "email", "amount")
TYPED += ("event_date", "received_on", "postmark_on", "receiving_no", "from_agency", "documents", "witnesses")
words = st.one_of(
    st.sampled_from(sorted(NASTY.values())),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(["", "1/5/2569", "081 765 4321", "๓,๐๐๐ บาท", "someone@citizen.example", "เรื่องร้องเรียน"]),
)
messages = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(TYPED, words),
        "grounds": st.lists(st.sampled_from(["G1", "G4", "G9", ""]), max_size=3),
        "accused_agency": st.sampled_from(["", "other", "0", "-1", "ก"]),
        "hand_signed": st.sampled_from(["on", "x"]),
        "files-held": words,
        "draft": words,
        "readback": words,
    },
)


@pytest.fixture
def officer(client_of) -> Client:
    return client_of("center_officer")


@pytest.fixture
def key(world) -> Unlocked:
    return Unlocked(*keys.unwrap(world["center_officer_2"].person, SAMPLE_PASSPHRASE))


@pytest.mark.parametrize("channel", PROFILES)
def test_C10_whatever_is_typed_is_stored_or_comes_back(channel: str, officer: Client, key: Unlocked):
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(messages)
    def typed(message: dict[str, Any]) -> None:
        before = Case.objects.count()
        answer = counter.send(officer, channel, **message)
        if answer.status_code == 200:  # to be read back
            answer = counter.confirm(officer, channel, answer, **message)
        assert answer.status_code in (303, 422)
        assert Case.objects.count() - before == (answer.status_code == 303)
        if answer.status_code == 303:
            case = Case.objects.select_related("envelope").latest("created_at")
            story = key.open(case.envelope).json(bytes(case.file), context=f"case:{case.pk}:file")
            assert story["narrative"] == clean(message.get("narrative", counter.STORY))
            return
        assert [p for p in steps.problems(answer) if not is_thai(p)] == []
        for field in set(TYPED) & set(message) & {*PROFILES[channel].first, *PROFILES[channel].folded}:
            assert box(answer, field).strip() == echo(message[field]).strip(), field

    typed()
