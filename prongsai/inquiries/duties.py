"""The deadlines of fact-finding and of what follows. Statutory ones say their section in the rule; the rest are defaults."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from prongsai.acts import Duty, Level, Owed
from prongsai.acts.declaration import executive
from prongsai.acts.models import Due
from prongsai.complaints.duties import CaseDuty
from prongsai.complaints.models import Case
from prongsai.inquiries.models import Inquiry, Respondent, Sanction, Seat, Summons


class InquiryDuty(Duty):
    """Above those who owe it, others hear only that something is late: one of them may be named in it."""

    record: ClassVar[Any] = Inquiry
    secrecy = "S3"
    clause = "M5.2.1"

    def alarm_recipients(self, due: Due, level: Level) -> list[Owed]:
        owed = Owed(due.owed_role, due.agency_id, due.owed_person_id)
        return [owed] if level != Level.STILL_LATE else [executive(due, by_number=False)]


class Report(InquiryDuty):
    """30 days from the order."""

    title = "เสนอรายงานผลการสอบข้อเท็จจริง"
    title_en = "Report the facts found"
    rule = "complaint_fact_finding"

    def owed_by(self, record: Inquiry) -> Owed:
        chair = record.seats.filter(role=Seat.Role.CHAIR, state__in=Seat.SITTING).first()
        return Owed(person_id=chair.person_id if chair else record.ordered_by_id)


class ReportExtended(Report):
    """15 more days from the day that it would have been due; twice at most."""

    title = "เสนอรายงานผลการสอบข้อเท็จจริง (ขยายเวลา)"
    title_en = "Report the facts found (extended)"
    rule = "complaint_fact_finding_extension"

    def starts_on(self, record: Inquiry, today: dt.date) -> dt.date:
        """``report_due_on`` is moved in the same act: the extension runs from where it stood before."""
        before = (
            Due.objects.open()
            .filter(record_id=record.pk, duty__in=[Report.key(), ReportExtended.key()])
            .order_by("due_on")
            .last()
        )
        return before.due_on if before else today


class DecideResult(InquiryDuty):
    """15 days from the report (default): a report that nobody decides on is a complaint that is lost."""

    title = "วินิจฉัยผลการสอบข้อเท็จจริง"
    title_en = "Decide on the facts found"
    rule = "inquiry_decision"

    def owed_by(self, record: Inquiry) -> Owed:
        return Owed(person_id=record.ordered_by_id)


class HearRespondent(InquiryDuty):
    """15 days (default) for whoever is accused to answer (Administrative Procedure Act s.30). Owed by the committee's chair."""

    record = Respondent
    title = "รับฟังผู้ถูกกล่าวหา"
    title_en = "Hear the accused"
    rule = "inquiry_accused_answer"

    def starts_on(self, record: Respondent, today: dt.date) -> dt.date:
        return record.told_on or today

    def owed_by(self, record: Respondent) -> Owed:
        return Report.owed_by(Report(), record.inquiry)


class AnswerSummons(InquiryDuty):
    """15 days (default) to answer; the clock reminds and goes up the line by acts of its own (``clock``), not by alarms."""

    record = Summons
    clause = "M6.2.2"
    title = "ตอบหรือมาให้ถ้อยคำตามหนังสือเรียก"
    title_en = "Answer a summons"
    rule = "inquiry_summons_answer"

    def starts_on(self, record: Summons, today: dt.date) -> dt.date:
        return record.sent_on

    def owed_by(self, record: Summons) -> Owed:
        return (
            Owed(person_id=record.person_id) if record.person_id else Report.owed_by(Report(), record.inquiry)
        )

    def alarm_recipients(self, due: Due, level: Level) -> list[Owed]:
        return []


def hand_on(inquiry: Inquiry) -> None:
    """What the committee owes is owed by its chair of today; while it has none, by who ordered the inquiry."""
    owed = {
        Report.key(): [inquiry.pk],
        ReportExtended.key(): [inquiry.pk],
        HearRespondent.key(): inquiry.respondents.values_list("pk", flat=True),
        AnswerSummons.key(): inquiry.summonses.filter(person=None).values_list("pk", flat=True),
    }
    to = Report.owed_by(Report(), inquiry).person_id
    for duty, records in owed.items():
        Due.objects.open().filter(duty=duty, record_id__in=[str(pk) for pk in records]).update(
            owed_person_id=to
        )


class TellSender(CaseDuty):
    """15 days from the result (default, after the practice of MOPH EB10)."""

    title = "แจ้งผลให้ผู้ร้องเรียนทราบ"
    title_en = "Tell the sender the result"
    clause = "M5.2.1"
    rule = "complaint_result_notice"


class SanctionDuty(InquiryDuty):
    record = Sanction
    clause = "M6.2.3.(14)"

    def owed_by(self, record: Sanction) -> Owed:
        case: Case = record.inquiry.case
        return Owed(role="center_officer", agency_id=case.agency_id, person_id=case.handler_id)


class TellNacc(SanctionDuty):
    """30 days from the superior's decision: discipline that concerns corruption in office (NACC Act B.E. 2561 s.136)."""

    title = "แจ้ง ป.ป.ช. ว่าได้ดำเนินการทางวินัยเรื่องทุจริต (มาตรา ๑๓๖)"
    title_en = "Tell the NACC of discipline for corruption (s.136)"
    rule = "nacc_notice"


class PunishForPacc(SanctionDuty):
    """30 days from the receipt of the PACC's letter (PACC Act B.E. 2551 s.41)."""

    title = "สั่งลงโทษเมื่อ ป.ป.ท. ส่งเรื่อง (มาตรา ๔๑)"
    title_en = "Order the penalty in a matter sent by the PACC (s.41)"
    rule = "pacc_punishment"

    def starts_on(self, record: Sanction, today: dt.date) -> dt.date:
        return record.inquiry.pacc_letter_on or today

    def owed_by(self, record: Sanction) -> Owed:
        return Owed(person_id=record.inquiry.decided_by_id)


class CopyToPacc(SanctionDuty):
    """15 days from the order: a copy of it to the PACC (PACC Act B.E. 2551 s.41)."""

    title = "ส่งสำเนาคำสั่งให้ ป.ป.ท. (มาตรา ๔๑)"
    title_en = "Send the PACC a copy of the order (s.41)"
    rule = "pacc_order_copy"

    def starts_on(self, record: Sanction, today: dt.date) -> dt.date:
        return record.order_date or today


STATUTORY = (TellNacc, PunishForPacc, CopyToPacc)


def statutory_open(case: Case) -> Any:
    """Statutory duties of the case's sanctions that nobody has met."""
    sanctions = Sanction.objects.filter(inquiry__case=case).values("pk")
    return Due.objects.open().filter(duty__in=[d.key() for d in STATUTORY], record_id__in=sanctions)


ALL = [
    Report,
    ReportExtended,
    DecideResult,
    HearRespondent,
    AnswerSummons,
    TellSender,
    TellNacc,
    PunishForPacc,
    CopyToPacc,
]
