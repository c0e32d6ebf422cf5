"""The deadlines of protection. The announcement names none: labelled defaults. Those of files are S4 and enter no figure."""

from __future__ import annotations

import datetime as dt

from prongsai.acts import Duty, Level, Owed
from prongsai.acts.models import Due
from prongsai.protection.models import HrAction, ProtectionCase
from prongsai.protection.team import OFFICER


class FileDuty(Duty):
    record = ProtectionCase
    secrecy = "S4"
    clause = "M6.2.3.(13)"

    def owed_by(self, record: ProtectionCase) -> Owed:
        return Owed(OFFICER)

    def label(self, record: ProtectionCase) -> str:
        return record.number

    def alarm_recipients(self, due: Due, level: Level) -> list[Owed]:
        """Whoever owes it; when nothing happens, the governor. Who holds no key of the file hears nothing (``team``)."""
        owed = Owed(due.owed_role)
        return [owed] if level == Level.SOON else [owed, Owed("governor")]


class AssessRequest(FileDuty):
    """3 working days after the request."""

    title = "ประเมินคำขอรับการคุ้มครอง"
    title_en = "Assess the request for protection"
    rule = "protection_assessment"


class OrderMeasures(FileDuty):
    """3 working days after the assessment: the governor or a vice governor orders measures."""

    title = "สั่งมาตรการคุ้มครอง"
    title_en = "Order protective measures"
    rule = "protection_decision"

    def owed_by(self, record: ProtectionCase) -> Owed:
        return Owed("governor")


class CheckDuty(FileDuty):
    """Counted from the order, however late the check before it was."""

    def starts_on(self, record: ProtectionCase, today: dt.date) -> dt.date:
        return record.ordered_on or today


class FirstReview(CheckDuty):
    """Six months after the order."""

    title = "ตรวจการตอบโต้เมื่อครบ ๖ เดือน"
    title_en = "Check for retaliation after 6 months"
    rule = "protection_first_review"


class SecondReview(CheckDuty):
    """Twelve months after the order."""

    title = "ตรวจการตอบโต้เมื่อครบ ๑๒ เดือน"
    title_en = "Check for retaliation after 12 months"
    rule = "protection_second_review"


class ReviewHrAction(Duty):
    """5 working days: every adverse personnel action is reviewed before it takes effect."""

    title = "ตรวจสอบการดำเนินการด้านบุคคล"
    title_en = "Review a personnel action"
    clause = "M6.2.3.(13)"
    rule = "hr_action_review"
    record = HrAction
    secrecy = "S2"

    def owed_by(self, record: HrAction) -> Owed:
        return Owed(OFFICER)

    def label(self, record: HrAction) -> str:
        return record.order_no[:80]

    def alarm_recipients(self, due: Due, level: Level) -> list[Owed]:
        return [Owed(OFFICER)] if level == Level.SOON else [Owed(OFFICER), Owed("governor", by_number=False)]


ALL = [AssessRequest, OrderMeasures, FirstReview, SecondReview, ReviewHrAction]
