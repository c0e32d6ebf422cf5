"""How committees and meetings are seen: four lists of the office, three of the public."""

from prongsai.committees.registers.committees import Committees
from prongsai.committees.registers.items import Interests, Items
from prongsai.committees.registers.meetings import Meetings
from prongsai.committees.registers.public import Compositions, PublicMeetings, Resolutions

ALL = [Committees, Meetings, Items, Interests, Compositions, PublicMeetings, Resolutions]

__all__ = [
    "ALL",
    "Committees",
    "Compositions",
    "Interests",
    "Items",
    "Meetings",
    "PublicMeetings",
    "Resolutions",
]
