"""The deadlines of measure 5. The announcement names none: every period is a labelled default (domain analysis S6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from prongsai.acts import Duty, Level, Owed
from prongsai.acts.declaration import executive, superiors
from prongsai.acts.models import Due
from prongsai.complaints.models import Case


class CaseDuty(Duty):
    record = Case
    secrecy = "S3"

    def owed_by(self, record: Case) -> Owed:
        return Owed(role="center_officer", agency_id=record.agency_id, person_id=record.handler_id)

    def label(self, record: Case) -> str:
        return record.number

    def alarm_recipients(self, due: Due, level: Level) -> list[Owed]:
        """The centre by number; those above it only hear that something is late: they may not see which matter, and
        one of them may be named in it. Whoever is excluded from the case hears nothing (``team.never_told``)."""
        owed = Owed(due.owed_role, due.agency_id, due.owed_person_id)
        if level == Level.SOON:
            return [owed]
        return (
            [owed, *superiors(due, by_number=False)]
            if level == Level.LATE
            else [executive(due, by_number=False)]
        )


class CentreDuty(CaseDuty):
    """Owed by whoever of the centre comes first: nobody has the case yet, or it must be another than who has it."""

    def owed_by(self, record: Case) -> Owed:
        return Owed(role="center_officer", agency_id=record.agency_id)


def hand_on(case: Case, former: Collection[int | None]) -> None:
    """What these people owed in the case is owed by its handler; by the centre where it has none."""
    running = Due.objects.open().filter(record_type="complaints.case", record_id=case.pk)
    running.filter(owed_person_id__in=[pk for pk in former if pk is not None]).update(
        owed_person=case.handler
    )


def since_receipt(record: Case, today: dt.date) -> dt.date:
    """Where the clock to decide starts: the day of receipt; today, once the sender was asked or the case reopened."""
    return today if record.asked_at or record.reopened else record.received_on


class BeginScreening(CentreDuty):
    """1 working day after receipt."""

    title = "เริ่มกลั่นกรองเรื่องร้องเรียน"
    title_en = "Begin screening"
    clause = "M5.2.1.1"
    rule = "complaint_screening"


class Decide(CaseDuty):
    """3 working days from receipt: accept, propose a refusal, or refer."""

    title = "วินิจฉัยว่ารับพิจารณาหรือไม่"
    title_en = "Decide whether to accept"
    clause = "M5.2.1"
    rule = "complaint_acceptance"

    def starts_on(self, record: Case, today: dt.date) -> dt.date:
        return since_receipt(record, today)


class ConfirmRefusal(CentreDuty):
    """7 working days from receipt: a second officer confirms a refusal or sends it back."""

    title = "พิจารณาข้อเสนอไม่รับเรื่อง (เจ้าหน้าที่คนที่สอง)"
    title_en = "Second officer: confirm or return the proposed refusal"
    clause = "M5.2.4"
    rule = "complaint_refusal"

    def starts_on(self, record: Case, today: dt.date) -> dt.date:
        return since_receipt(record, today)


class ConfirmAcceptance(CentreDuty):
    """1 working day after the proposal: a second person accepts or sends it back."""

    title = "พิจารณาข้อเสนอรับเรื่อง (ผู้พิจารณาคนที่สอง)"
    title_en = "Second officer: confirm or return the proposed acceptance"
    clause = "M5.2.1"
    rule = "complaint_screening"


class StartFactFinding(CaseDuty):
    """7 days from acceptance: fact-finding is ordered (the room of inquiries meets it)."""

    title = "เริ่มตรวจสอบข้อเท็จจริง"
    title_en = "Begin fact-finding"
    clause = "M5.2.1"
    rule = "complaint_fact_finding_start"


class AnswerRequest(CaseDuty):
    """15 days for the sender to answer a request for information; asked once (M5.2.4.2)."""

    title = "รอผู้ร้องเรียนส่งข้อมูลเพิ่มเติม"
    title_en = "The sender answers a request for information"
    clause = "M5.2.4.2"
    rule = "complaint_more_information"

    def owed_by(self, record: Case) -> Owed:
        return Owed(role="complainant", agency_id=record.agency_id)

    def alarm_recipients(self, due: Due, level: Level) -> list[Owed]:
        """Nobody: the sender owes nothing, and when the time is over the case comes back to a desk by itself."""
        return []


class ConfirmKeep(CentreDuty):
    """7 working days from receipt: a second officer agrees to keep an unsigned letter as information, or returns it."""

    title = "พิจารณาข้อเสนอเก็บเป็นข้อมูล (เจ้าหน้าที่คนที่สอง)"
    title_en = "Second officer: confirm or return the proposal to keep as information"
    clause = "M5.2.3"
    rule = "complaint_refusal"

    def starts_on(self, record: Case, today: dt.date) -> dt.date:
        return since_receipt(record, today)


class ExecutiveDuty(CaseDuty):
    """Owed by the one executive whom the question was put to; by the centre as long as nobody has been asked."""

    def owed_by(self, record: Case) -> Owed:
        if record.executive_id:
            return Owed(agency_id=record.agency_id, person_id=record.executive_id)
        return Owed(role="center_officer", agency_id=record.agency_id)


class DecideUnsigned(ExecutiveDuty):
    """7 working days: the head decides on an unsigned letter with strong evidence but no definite witness (M5.2.3)."""

    title = "วินิจฉัยเรื่องที่มิได้ลงชื่อ (ข้อ ๒.๓)"
    title_en = "The head decides on an unsigned letter"
    clause = "M5.2.3"
    rule = "complaint_head_decision"


class ReviewRefusal(ExecutiveDuty):
    """15 days from the sender's request: a vice governor upholds it or refuses again with the reason."""

    title = "พิจารณาคำขอให้ทบทวนคำสั่งไม่รับพิจารณา"
    title_en = "Decide on the request to review a refusal"
    clause = "M5.2.4"
    rule = "complaint_review_decision"


def hand_to_executive(record: Case) -> None:
    """The review that the centre owed as long as nobody was asked is owed by the executive."""
    running = Due.objects.open().filter(duty=ReviewRefusal.key(), record_id=record.pk)
    running.update(owed_person=record.executive, owed_role="")


class TransferMatter(CentreDuty):
    """30 days: what is within the power of NACC or PACC goes there with a letter."""

    title = "โอนเรื่องให้ ป.ป.ช. หรือ ป.ป.ท."
    title_en = "Transfer the matter to NACC or PACC"
    clause = "M5.2.1"
    rule = "complaint_transfer"


class ForwardMatter(CaseDuty):
    """5 working days: the custodians send a complaint about the governor, sealed, where its sender has chosen.

    No agency, and nobody above hears of it: the alarm stays with the custodians (AT-M5-07).
    """

    title = "ส่งต่อเรื่องโดยปิดผนึก"
    title_en = "Send the sealed matter on"
    clause = "M5.2.2.2"
    rule = "complaint_forwarding"

    def owed_by(self, record: Case) -> Owed:
        return Owed(role="identity_custodian")

    def alarm_recipients(self, due: Due, level: Level) -> list[Owed]:
        return [Owed("identity_custodian")]


ALL = [
    BeginScreening,
    Decide,
    ConfirmRefusal,
    ConfirmAcceptance,
    AnswerRequest,
    StartFactFinding,
    ConfirmKeep,
    DecideUnsigned,
    ReviewRefusal,
    TransferMatter,
    ForwardMatter,
]
