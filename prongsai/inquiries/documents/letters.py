"""Letters: to who is asked, to who is accused, to the sender, to the NACC."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from prongsai.complaints.documents.common import (
    CLASSIFIED,
    basis,
    contact,
    number,
    office,
    printed,
    tracking_page,
)
from prongsai.documents import Block, Document, Paper, Paragraph, paragraphs, signed_by, thai_date
from prongsai.inquiries.acts.closing import told
from prongsai.inquiries.models import Inquiry, Note, Respondent, Sanction, Seat, Summons
from prongsai.inquiries.reading import demand
from prongsai.organisation.actors import Actor
from prongsai.thai.digits import to_thai

CLOSING = "ขอแสดงความนับถือ"
FOR_INFORMATION = "จึงเรียนมาเพื่อโปรดทราบ"


def chair(inquiry: Inquiry) -> str:
    seat = inquiry.seats.filter(role=Seat.Role.CHAIR, state__in=Seat.SITTING).first()
    return seat.label if seat else inquiry.ordered_label


def order(inquiry: Inquiry) -> str:
    """``คำสั่งที่ ๑/๒๕๗๐ ลงวันที่ …``; nothing of the matter."""
    day = thai_date(inquiry.order_date) if inquiry.order_date else ""
    return to_thai(f"คำสั่งที่ {inquiry.order_no} ลงวันที่ {day}")


class InquiryLetter(Document):
    subject: str

    def letter(self, inquiry: Inquiry, actor: Actor, blocks: list[Block], **more: Any) -> Paper:
        return Paper(
            layout="letter",
            title=self.title,
            reference=more.pop("reference", inquiry.number),
            sender=office(inquiry.case),
            subject=self.subject,
            blocks=blocks,
            contact=contact(inquiry.case),
            mark=CLASSIFIED,
            printed=printed(actor),
            **more,
        )


class SummonsLetter(InquiryLetter):
    """หนังสือเรียกหรือเชิญ: what is asked and until when; not who has complained."""

    key = "inquiry-summons"
    title = "หนังสือเชิญหรือเรียก"
    subject = "ขอให้ชี้แจงข้อเท็จจริงหรือมาให้ถ้อยคำ"
    needs_unlock = True

    def data(self, record: Summons, actor: Actor, request: Any) -> Paper:
        file = demand(record.inquiry, request)
        return self.letter(
            record.inquiry,
            actor,
            [
                Paragraph(f"ด้วยคณะกรรมการสอบข้อเท็จจริงตาม{order(record.inquiry)} มีความจำเป็นต้องทราบข้อเท็จจริงจากท่าน ดังนี้"),
                *paragraphs(file.text(Note.Kind.ASKED, record)),
                Paragraph(f"จึงขอให้ท่านดำเนินการภายในวันที่ {thai_date(record.due_on)} ทั้งนี้ เจ้าหน้าที่ทุกระดับ"
                          "มีหน้าที่ให้ความร่วมมือในการตรวจสอบข้อเท็จจริง (มาตรการที่ ๖ ข้อ ๒.๒) และหนังสือนี้มิใช่ข้อกล่าวหา"),
                Paragraph(FOR_INFORMATION),
                signed_by(chair(record.inquiry), closing=CLOSING),
            ],
            reference=str(record),
            to=file.name(record),
            number=to_thai(record.letter_no),
            date=record.sent_on,
        )  # fmt: skip


class AccusationNotice(InquiryLetter):
    """หนังสือแจ้งข้อกล่าวหา (Administrative Procedure Act s.30): the summary alone, and the right to answer."""

    key = "inquiry-accusation"
    title = "หนังสือแจ้งข้อกล่าวหา"
    subject = "แจ้งข้อกล่าวหาและให้โอกาสชี้แจง"
    needs_unlock = True

    def fits(self, record: Respondent) -> bool:
        return record.told_on is not None

    def data(self, record: Respondent, actor: Actor, request: Any) -> Paper:
        file = demand(record.inquiry, request)
        return self.letter(
            record.inquiry,
            actor,
            [
                Paragraph(f"ด้วยคณะกรรมการสอบข้อเท็จจริงตาม{order(record.inquiry)} ขอแจ้งสรุปข้อกล่าวหาให้ท่านทราบ ดังนี้"),
                *paragraphs(file.text(Note.Kind.SUMMARY, record)),
                Paragraph(f"ท่านมีสิทธิชี้แจงและเสนอพยานหลักฐาน หรือไม่ให้ถ้อยคำก็ได้ ภายในวันที่ {_answer_by(record)} "
                          "(พ.ร.บ. วิธีปฏิบัติราชการทางปกครอง พ.ศ. ๒๕๓๙ มาตรา ๓๐) การแจ้งนี้มิใช่การวินิจฉัยว่าท่านกระทำผิด"),
                Paragraph(FOR_INFORMATION),
                signed_by(chair(record.inquiry), closing=CLOSING),
            ],
            reference=str(record),
            to=file.name(record),
            date=record.told_on,
        )  # fmt: skip


def _answer_by(respondent: Respondent) -> str:
    return thai_date(respondent.answer_by) if respondent.answer_by else ""


class ResultLetter(InquiryLetter):
    """หนังสือแจ้งผล: the class of the outcome only (AT-M5-20)."""

    key = "inquiry-result"
    title = "หนังสือแจ้งผล"
    subject = "แจ้งผลการดำเนินการตามเรื่องร้องเรียน"

    def fits(self, record: Inquiry) -> bool:
        return record.notified_at is not None

    def data(self, record: Inquiry, actor: Actor, request: Any) -> Paper:
        case = record.case
        return self.letter(
            record,
            actor,
            [
                Paragraph(f"ตามที่ท่านได้ยื่นเรื่องร้องเรียนต่อ{case.agency.name_th} เมื่อวันที่ {thai_date(case.received_on)} "
                          f"เลขที่ {number(case)} นั้น"),
                *paragraphs(to_thai(told(record).replace("ทางหน้านี้", f"ทาง {tracking_page()}"))),
                Paragraph(FOR_INFORMATION),
                signed_by(case.handler_label, closing=CLOSING),
            ],
            reference=case.number,
            to=f"ผู้ร้องเรียน เรื่องเลขที่ {number(case)}",
            date=timezone.localdate(record.notified_at),
        )  # fmt: skip


class NaccLetter(InquiryLetter):
    """หนังสือแจ้ง ป.ป.ช. (NACC Act B.E. 2561 s.136): who, which discipline, which order."""

    key = "inquiry-nacc"
    title = "หนังสือแจ้ง ป.ป.ช. (มาตรา ๑๓๖)"
    subject = "แจ้งการดำเนินการทางวินัยในเรื่องทุจริตต่อหน้าที่"
    needs_unlock = True

    def fits(self, record: Sanction) -> bool:
        return record.concerns_corruption

    def data(self, record: Sanction, actor: Actor, request: Any) -> Paper:
        inquiry, file = record.inquiry, demand(record.inquiry, request)
        ordered = (
            f"มีคำสั่งที่ {record.order_no} ลงวันที่ {thai_date(record.order_date)} ({record.get_penalty_display()})"
            if record.order_date
            else "ให้ดำเนินการทางวินัย และจะแจ้งคำสั่งให้ทราบต่อไป"
        )
        return self.letter(
            inquiry,
            actor,
            [
                Paragraph(f"ด้วย{inquiry.case.province.full_name}ได้สอบข้อเท็จจริงตาม{order(inquiry)} แล้วปรากฏว่า "
                          f"{file.name(record.respondent)} มีมูลกระทำการทุจริตต่อหน้าที่ ในฐานะ{record.respondent.get_part_display()}"),
                Paragraph(to_thai(f"ผู้บังคับบัญชาวินิจฉัยเมื่อวันที่ {_decided(inquiry)} {ordered}")),
                Paragraph("จึงขอแจ้งการดำเนินการทางวินัยดังกล่าวตามมาตรา ๑๓๖ แห่งพระราชบัญญัติประกอบรัฐธรรมนูญ"
                          "ว่าด้วยการป้องกันและปราบปรามการทุจริต พ.ศ. ๒๕๖๑ และ" f"{basis(inquiry.case)}"),
                Paragraph("จึงเรียนมาเพื่อโปรดทราบ"),
                signed_by(record.ordered_label or inquiry.decided_label, closing=CLOSING),
            ],
            reference=str(record),
            to="เลขาธิการคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ",
            number=to_thai(record.nacc_letter_no),
            date=record.nacc_told_on or record.order_date or inquiry.decided_on,
        )  # fmt: skip


def _decided(inquiry: Inquiry) -> str:
    return thai_date(inquiry.decided_on) if inquiry.decided_on else ""
