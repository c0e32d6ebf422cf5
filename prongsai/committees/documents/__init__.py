"""The papers of committees: the order, the invitation, the minutes."""

from prongsai.committees.documents.invitation import InvitationLetter
from prongsai.committees.documents.minutes import MinutesPaper
from prongsai.committees.documents.order import OrderPaper

__all__ = ["InvitationLetter", "MinutesPaper", "OrderPaper"]
