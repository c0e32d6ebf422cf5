"""The deadlines of retention: nothing is destroyed because a date came, but a list is not left lying either."""

from __future__ import annotations

from prongsai.acts import Duty, Owed
from prongsai.retention.disposables import disposable
from prongsai.retention.models import DestructionList


class ListDuty(Duty):
    record = DestructionList
    secrecy = "S2"
    clause = "M5.2"


class HandInList(ListDuty):
    """60 days after the clock made the list: somebody looks through it and hands it in, or stops it."""

    title = "ตรวจบัญชีขอทำลาย และเสนอหรือยุติ"
    title_en = "Look through the list of what is due for destruction"
    rule = "destruction_hand_in"

    def owed_by(self, record: DestructionList) -> Owed:
        return Owed(role=disposable(record.record_type).audience[0], agency_id=record.agency_id)


class DecideList(ListDuty):
    """90 days after it was handed in: the governor approves it or stops it."""

    title = "พิจารณาบัญชีขอทำลาย"
    title_en = "Decide on the destruction"
    rule = "destruction_decision"

    def owed_by(self, record: DestructionList) -> Owed:
        return Owed(role="governor")


ALL = [HandInList, DecideList]
