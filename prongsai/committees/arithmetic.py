"""Quorum, votes and composition as plain functions: no database, no Django.

Rules: Administrative Procedure Act B.E. 2539, section 79 (quorum: not less than half of the members) and section 82
(majority; a tie is decided by one more vote of whoever presides). A kind of committee may set another share as data.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    CARRIED = "carried"
    LOST = "lost"
    TIED = "tied"  # and nobody cast the deciding vote: nothing was resolved


@dataclass(frozen=True)
class Share:
    """A share of all voting members that must be present: 1/2 is "not less than half"."""

    numerator: int = 1
    denominator: int = 2

    def __post_init__(self) -> None:
        if not 0 < self.numerator <= self.denominator:
            raise ValueError("a quorum is a share of the members, more than none and at most all")

    def of(self, members: int) -> int:
        """How many of ``members`` make the quorum: never less than one."""
        return max(1, -(-members * self.numerator // self.denominator))


@dataclass(frozen=True)
class Room:
    """Who is there for one item. Numbers of voting members only; ``left`` and ``stayed`` are among ``present``.

    Whoever left the room is not counted for the item; whoever declared and stayed is counted, but does not vote.
    """

    members: int  # of the committee in force on the day
    present: int
    left: int = 0
    stayed: int = 0
    share: Share = Share()

    def __post_init__(self) -> None:
        if min(self.members, self.present, self.left, self.stayed) < 0:
            raise ValueError("a number of people is not negative")
        if self.present > self.members or self.left + self.stayed > self.present:
            raise ValueError("more people than there are")

    @property
    def needed(self) -> int:
        return self.share.of(self.members)

    @property
    def counted(self) -> int:
        """Present for this item."""
        return self.present - self.left

    @property
    def voters(self) -> int:
        return self.counted - self.stayed

    @property
    def has_quorum(self) -> bool:
        return self.counted >= self.needed

    @property
    def can_resolve(self) -> bool:
        """A resolution needs the quorum and at least one who may vote."""
        return self.has_quorum and self.voters > 0


@dataclass(frozen=True)
class Votes:
    """How the votes fell. ``casting``: the deciding vote of whoever presides, only after a tie ("for" or "against")."""

    for_: int
    against: int = 0
    abstained: int = 0
    casting: str = ""

    def __post_init__(self) -> None:
        if min(self.for_, self.against, self.abstained) < 0:
            raise ValueError("a number of votes is not negative")
        if self.casting not in ("", "for", "against"):
            raise ValueError("a deciding vote is for or against")
        if self.casting and not self.is_tied:
            raise ValueError("a deciding vote is cast only when the votes are equal")

    @property
    def cast(self) -> int:
        return self.for_ + self.against + self.abstained

    @property
    def is_tied(self) -> bool:
        return self.for_ == self.against

    @property
    def outcome(self) -> Outcome:
        more = self.for_ - self.against + {"": 0, "for": 1, "against": -1}[self.casting]
        if more == 0:
            return Outcome.TIED
        return Outcome.CARRIED if more > 0 else Outcome.LOST


def accepts(room: Room, votes: Votes) -> bool:
    """Whether these votes can have been cast in this room: everyone who may vote has voted or abstained, once."""
    return room.can_resolve and votes.cast == room.voters


def missing(required: Iterable[str], seated: Collection[str]) -> list[str]:
    """The required groups that no member comes from, in the order of the requirement."""
    return [group for group in required if group not in seated]
