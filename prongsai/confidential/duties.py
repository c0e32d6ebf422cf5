"""The channel's one deadline. The announcement names none: a labelled default (rule ``confidential_acknowledge``)."""

from __future__ import annotations

from prongsai.acts import Duty, Level, Owed
from prongsai.acts.models import Due
from prongsai.confidential.models import Reader, Report


class AcknowledgeReport(Duty):
    """7 days: a message that came is opened. Only its readers hear of it, at every level; nobody counts it (S4)."""

    title = "เปิดอ่านข้อความในช่องทางลับ"
    title_en = "Open the message in the confidential channel"
    clause = "M6.2.3.(12)"
    rule = "confidential_acknowledge"
    record = Report
    secrecy = "S4"

    def owed_by(self, record: Report) -> Owed:
        """By office: who leaves it leaves the duty to the successor, and no list of what he holds has a line of it."""
        return Owed("vice_governor" if record.to == Report.To.DEPUTY else "governor")

    def label(self, record: Report) -> str:
        return record.number

    def alarm_recipients(self, due: Due, level: Level) -> list[Owed]:
        readers = Reader.objects.filter(report=due.record_id).values_list("person_id", flat=True)
        return [Owed(person_id=person) for person in readers]


ALL = [AcknowledgeReport]
