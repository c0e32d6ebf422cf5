"""Quorum, votes and composition for every number of people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.committees.arithmetic import Outcome, Room, Share, Votes, accepts, missing

shares = st.tuples(st.integers(1, 9), st.integers(1, 9)).map(lambda p: Share(min(p), max(p)))


@st.composite
def rooms(draw: st.DrawFn) -> Room:
    members = draw(st.integers(0, 60))
    present = draw(st.integers(0, members))
    left = draw(st.integers(0, present))
    stayed = draw(st.integers(0, present - left))
    return Room(members, present, left, stayed, draw(shares))


@given(shares, st.integers(1, 300))
def test_a_quorum_is_the_smallest_number_that_reaches_the_share(share: Share, members: int):
    needed = share.of(members)
    assert 1 <= needed <= members
    assert needed * share.denominator >= members * share.numerator
    assert needed == 1 or (needed - 1) * share.denominator < members * share.numerator


@given(rooms())
def test_who_leaves_is_not_counted_and_who_is_recused_does_not_vote(room: Room):
    assert room.voters == room.present - room.left - room.stayed
    assert room.has_quorum == (room.present - room.left >= room.needed)
    assert room.can_resolve <= room.has_quorum
    if room.voters:  # one more person leaves: the quorum can only be lost by it, never won
        again = Room(room.members, room.present, room.left + 1, room.stayed, room.share)
        assert again.has_quorum <= room.has_quorum
        assert again.voters == room.voters - 1


@given(rooms(), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_votes_fit_the_room_or_are_not_accepted(room: Room, for_: int, against: int, abstained: int):
    votes = Votes(for_, against, abstained)
    assert accepts(room, votes) == (room.can_resolve and for_ + against + abstained == room.voters)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_the_majority_decides_and_a_tie_waits_for_one_more_vote(for_: int, against: int, abstained: int):
    outcome = Votes(for_, against, abstained).outcome
    expected = Outcome.TIED if for_ == against else Outcome.CARRIED if for_ > against else Outcome.LOST
    assert outcome == expected
    assert Votes(against, for_, abstained).outcome != outcome or outcome == Outcome.TIED
    if outcome == Outcome.TIED:
        assert Votes(for_, against, abstained, "for").outcome == Outcome.CARRIED
        assert Votes(for_, against, abstained, "against").outcome == Outcome.LOST
    else:
        with pytest.raises(ValueError):
            Votes(for_, against, abstained, "for")


@given(st.lists(st.sampled_from("abcde"), unique=True), st.sets(st.sampled_from("abcdefg")))
def test_what_is_missing_is_what_nobody_comes_from(required: list[str], seated: set[str]):
    found = missing(required, seated)
    assert set(found) == set(required) - seated
    assert found == [group for group in required if group in found]


@pytest.mark.parametrize("wrong", [(5, 6), (5, 3, 2, 2), (-1, 0), (5, 3, -1)])
def test_a_room_that_cannot_be_is_refused(wrong: tuple[int, ...]):
    with pytest.raises(ValueError):
        Room(*wrong)


def test_five_members_need_three():
    """AT-M6-12: of five who came three leave, and two are no quorum."""
    assert Room(5, 5).needed == 3
    assert Room(5, 5, left=2).has_quorum
    assert not Room(5, 5, left=3).has_quorum
    assert Room(5, 5, stayed=3).has_quorum
