"""The one road: every change of state is an act, and acts open and meet the duties (deadlines).

Declarations: :class:`Act`, :class:`Duty`. Doing: :func:`perform`. Seeing: :func:`open_to`. See ``docs/architecture.md``.
"""

from prongsai.acts.declaration import Act, Duty, Level, Owed, Refused, Stale, Step
from prongsai.acts.registry import act_of, acts_for, all_acts, all_duties, duty_of

__all__ = [
    "Act",
    "Done",
    "Duty",
    "Level",
    "Offer",
    "Owed",
    "Refused",
    "Stale",
    "Step",
    "act_of",
    "acts_for",
    "all_acts",
    "all_duties",
    "duty_of",
    "open_to",
    "perform",
]


def __getattr__(name: str):  # the road needs models, which are not there while apps load
    if name in {"perform", "open_to", "Done", "Offer"}:
        from prongsai.acts import road

        return getattr(road, name)
    raise AttributeError(name)
