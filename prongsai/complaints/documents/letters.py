"""The letters of a complaint: to the sender, who is never named in them, and to the authority that is competent."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import override

from prongsai import sealed
from prongsai.acts.models import Due
from prongsai.acts.rules import MissingRule, rule
from prongsai.complaints.acts import REQUEST_TITLE, RESULT_TITLE
from prongsai.complaints.documents.common import (
    CLASSIFIED,
    basis,
    contact,
    grounds,
    number,
    office,
    printed,
    tracking_page,
)
from prongsai.complaints.duties import AnswerRequest
from prongsai.complaints.models import Case, Message, RefusalGround
from prongsai.complaints.reading import text_of
from prongsai.documents import Block, Document, Paper, Paragraph, paragraphs, signed_by, thai_date
from prongsai.organisation.actors import Actor
from prongsai.thai.digits import to_thai

CLOSING = "ขอแสดงความนับถือ"
MASKED = "ทั้งนี้ ได้ปกปิดข้อมูลของผู้ร้องเรียน และได้แจ้งการส่งต่อให้ผู้ร้องเรียนทราบแล้ว"


class CaseLetter(Document):
    """A letter of the office that handles the case. The number is left for the registry, unless the record has it."""

    subject: str

    def letter(self, case: Case, actor: Actor, *blocks: Block, **more: Any) -> Paper:
        told = {"to": f"ผู้ร้องเรียน เรื่องเลขที่ {number(case)}", **more}
        return Paper(
            layout="letter",
            title=self.title,
            reference=case.number,
            sender=office(case),
            subject=self.subject,
            blocks=blocks,
            contact=contact(case),
            mark=CLASSIFIED,
            printed=printed(actor),
            **told,
        )


def filed(case: Case) -> str:
    return f"ตามที่ท่านได้ยื่นเรื่องร้องเรียนต่อ{case.agency.name_th} เมื่อวันที่ {thai_date(case.received_on)} เลขที่ {number(case)} นั้น"


def told(case: Case, request: Any, title: str) -> list[Paragraph]:
    """What the sender was told in the newest message of this heading. Raises ``sealed.SealError``."""
    messages = Message.objects.filter(
        receipt__case=case, way=Message.Way.TO_SENDER, title=title, released_at__isnull=False
    )
    found = messages.select_related("receipt__correspondence").order_by("written_at", "pk").last()
    unlocked = sealed.unlocked(request)
    if found is None or unlocked is None:
        raise sealed.SealError("เนื้อหาปิดผนึกอยู่ โปรดเปิดผนึกด้วยรหัสเปิดผนึกของท่าน")
    opened = unlocked.open(found.receipt.correspondence)
    return paragraphs(text_of(opened, bytes(found.sealed), f"message:{found.receipt_id}"))


class RequestLetter(CaseLetter):
    """หนังสือขอข้อมูลเพิ่ม (M5.2.4.2): what is missing, until when, and that the matter stays open."""

    key = "complaint-request"
    title = "หนังสือขอข้อมูลเพิ่มเติม"
    subject = "ขอให้ส่งข้อมูลเพิ่มเติมเกี่ยวกับเรื่องร้องเรียน"
    needs_unlock = True

    def fits(self, record: Case) -> bool:
        return record.asked_at is not None

    def data(self, record: Case, actor: Actor, request: Any) -> Paper:
        return self.letter(
            record,
            actor,
            Paragraph(filed(record)),
            *told(record, request, REQUEST_TITLE),
            Paragraph(_until(record) + f"โดยส่งทางหน้าติดตามเรื่อง {tracking_page()} หรือทางที่อยู่ข้างต้น "
                      "หากพ้นกำหนดแล้วท่านยังส่งข้อมูลเพิ่มเติมได้เสมอ"),
            Paragraph("จึงเรียนมาเพื่อโปรดทราบ"),
            signed_by(record.handler_label, closing=CLOSING),
            date=timezone.localdate(record.asked_at),
        )  # fmt: skip


def _until(case: Case) -> str:
    due = Due.objects.filter(duty=AnswerRequest.key(), record_id=case.pk).order_by("pk").last()
    return f"โปรดส่งข้อมูลภายในวันที่ {thai_date(due.due_on)} " if due else "โปรดส่งข้อมูล"


class RefusalLetter(CaseLetter):
    """หนังสือแจ้งไม่รับพิจารณา (M5.2.4): the ground, the reason, and the right to a review."""

    key = "complaint-refusal"
    title = "หนังสือแจ้งไม่รับพิจารณา"
    subject = "แจ้งผลการพิจารณาเรื่องร้องเรียนเบื้องต้น"
    needs_unlock = True

    def fits(self, record: Case) -> bool:
        return record.state == Case.State.REFUSED

    def data(self, record: Case, actor: Actor, request: Any) -> Paper:
        with override("th"):
            ground = str(RefusalGround(record.refusal_ground).label)
        return self.letter(
            record,
            actor,
            Paragraph(filed(record)),
            Paragraph(f"{record.agency.name_th}ได้กลั่นกรองเรื่องดังกล่าวตาม{basis(record)} แล้ว "
                      f"ไม่รับเรื่องไว้พิจารณา ด้วยเหตุ{ground}"),
            *told(record, request, RESULT_TITLE),
            Paragraph(f"หากท่านไม่เห็นพ้องด้วย ท่านมีสิทธิขอให้ทบทวน{_review_period(record)}นับแต่วันที่ได้รับแจ้ง "
                      f"หรือส่งพยานหลักฐานเพิ่มเติมได้เสมอ ทางหน้าติดตามเรื่อง {tracking_page()}"),
            Paragraph("จึงเรียนมาเพื่อโปรดทราบ"),
            signed_by(record.decided_label, closing=CLOSING),
            date=record.decided_on,
        )  # fmt: skip


def _review_period(case: Case) -> str:
    try:
        period = rule(case.province_id, "complaint_review_request", case.decided_on or case.received_on)
    except MissingRule:
        return ""
    return f"ภายใน {to_thai(period.text)} "


class SendingLetter(CaseLetter):
    """A letter with which a matter leaves the house. Only what is written here goes out: never the sender, never a note (C43)."""

    def data(self, record: Case, actor: Actor, request: Any) -> Paper:
        sent = record.referral
        return self.letter(
            record,
            actor,
            Paragraph(f"ด้วย{record.agency.name_th}ได้รับเรื่องร้องเรียนเลขที่ {number(record)} "
                      f"เมื่อวันที่ {thai_date(record.received_on)} เหตุแห่งการร้องเรียน: {grounds(record)}"),
            Paragraph(self.because(record)),
            Paragraph("จึงเรียนมาเพื่อโปรดพิจารณา ผลเป็นประการใดขอได้โปรดแจ้งให้ทราบด้วย จะขอบคุณยิ่ง"),
            signed_by(sent.sent_label or record.decided_label, closing=CLOSING),
            to=sent.to_authority,
            number=to_thai(sent.letter_no),
            date=sent.letter_date,
            enclosures=["ข้อความของเรื่องร้องเรียนที่ปกปิดข้อมูลผู้ร้องเรียนแล้ว และพยานหลักฐานที่เลือกส่ง"],
        )  # fmt: skip

    def because(self, case: Case) -> str:
        raise NotImplementedError


class ReferralLetter(SendingLetter):
    """หนังสือส่งต่อ: to the authority that is competent for an accused outside the announcement (M5.1.D1)."""

    key = "complaint-referral"
    title = "หนังสือส่งต่อเรื่องร้องเรียน"
    subject = "ส่งเรื่องร้องเรียนเพื่อพิจารณาดำเนินการ"

    def fits(self, record: Case) -> bool:
        return record.state == Case.State.REFERRED and not record.custodians_only

    def because(self, case: Case) -> str:
        if case.in_scope is False:
            found = f"ผู้ถูกร้องเรียนมิใช่เจ้าหน้าที่ตามคำนิยามใน{basis(case)} ข้อ ๑ และเรื่องอยู่ในหน้าที่และอำนาจของท่าน"
        else:
            found = "เป็นเรื่องการให้บริการหรือความล่าช้าซึ่งท่านดำเนินการให้แล้วเสร็จได้"
        return f"พิจารณาแล้วเห็นว่า{found} จึงขอส่งเรื่องมาเพื่อโปรดพิจารณาดำเนินการ {MASKED}"


class TransferLetter(SendingLetter):
    """หนังสือส่งเรื่อง ป.ป.ช./ป.ป.ท.: the accusation is within their power (NACC Act s.61, s.62; PACC Act)."""

    key = "complaint-transfer"
    title = "หนังสือส่งเรื่องให้ ป.ป.ช. หรือ ป.ป.ท."
    subject = "ส่งเรื่องกล่าวหาเจ้าหน้าที่ของรัฐเพื่อดำเนินการตามหน้าที่และอำนาจ"

    def fits(self, record: Case) -> bool:
        return record.state == Case.State.TRANSFERRED

    def because(self, case: Case) -> str:
        return (
            "พิจารณาแล้วเห็นว่าเป็นการกล่าวหาที่อยู่ในหน้าที่และอำนาจไต่สวนของท่าน จึงขอส่งเรื่องมาเพื่อดำเนินการตามกฎหมาย "
            f"{MASKED}"
        )


class ForwardLetter(SendingLetter):
    """หนังสือส่งเรื่องโดยปิดผนึก: the custodians send on what the province may not decide itself (AT-M5-07)."""

    key = "complaint-forwarding"
    title = "หนังสือส่งเรื่องโดยปิดผนึก"
    subject = "ส่งเรื่องร้องเรียนที่ผู้ร้องเรียนประสงค์ให้ส่งต่อโดยปิดผนึก"

    def fits(self, record: Case) -> bool:
        return record.custodians_only and record.state == Case.State.REFERRED

    def because(self, case: Case) -> str:
        name = "ผู้ร้องเรียนประสงค์ให้แจ้งชื่อแก่ท่าน" if case.forward_with_name else "ผู้ร้องเรียนมิประสงค์ให้แจ้งชื่อ"
        return f"เรื่องนี้เกี่ยวข้องกับผู้ซึ่งจังหวัดไม่มีอำนาจสอบสวน จึงส่งมาโดยปิดผนึกตามความประสงค์ของผู้ร้องเรียน {name}"
