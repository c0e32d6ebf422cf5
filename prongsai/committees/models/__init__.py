"""Committees with their seats; meetings with their agenda, attendance, declarations of interest and minutes."""

from prongsai.committees.models.committee import Committee, Seat
from prongsai.committees.models.item import Interest, Item
from prongsai.committees.models.meeting import Attendance, Meeting
from prongsai.committees.models.minutes import Minutes
from prongsai.committees.models.reference import Kind, Sector

__all__ = ["Attendance", "Committee", "Interest", "Item", "Kind", "Meeting", "Minutes", "Seat", "Sector"]
