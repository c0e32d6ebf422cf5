"""What passes through the channel. No act here names a clause, and all are S4: a count of evidence would tell of a message."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

from prongsai.acts import Act, Refused, Step
from prongsai.acts import duties as clocks
from prongsai.acts.models import Due
from prongsai.confidential import duties
from prongsai.confidential.models import Message, Reader, Report
from prongsai.confidential.recipients import Recipient, office_of
from prongsai.organisation.actors import Actor
from prongsai.thai.dates import fiscal_year

S = Report.State
NEWS = "มีข้อความใหม่"
NOT_READER = "เฉพาะผู้รับเรื่องทางช่องทางลับ"


def readers(step: Step) -> Iterable[int]:
    """Those to whom this message was encrypted, without its author."""
    return {r.person.pk for r in step.data["readers"]} - {step.actor.person_id}


def draw_number() -> str:
    """``48273-19356``: drawn by lot, so that neither number nor distance between two tells how many there are."""
    digits = f"{secrets.randbelow(10**10):010d}"
    return f"{digits[:5]}-{digits[5:]}"


def keep(step: Step, report: Report, way: Message.Way) -> None:
    """The message, and whoever may fetch it from now on."""
    content: bytes = step.data["content"]
    sent_to: list[Recipient] = step.data["readers"]
    Message.objects.create(
        report=report,
        way=way,
        content=content,
        sha256=hashlib.sha256(content).digest(),
        keys=[r.key.pk for r in sent_to if r.key],
        author_label=step.actor.label if step.actor.person else "",
        written_at=step.now,
    )
    for reader in sent_to:
        Reader.objects.get_or_create(report=report, person=reader.person)


class ThreadAct(Act):
    record = Report
    secrecy = "S4"

    def by(self, actor: Actor, record: Report) -> str | None:
        """None for a recipient of today to whom the thread was written."""
        if not office_of(actor) or not record.readers.filter(person=actor.person).exists():
            return NOT_READER
        return None


class SendReport(Act):
    """แจ้งข้อมูลทางลับ: anybody, without a name; the house gets ciphertext (M6.2.3.(12))."""

    title = "แจ้งข้อมูลทางลับต่อผู้บริหารระดับสูง"
    title_en = "Tell the executives in confidence"
    record = Report
    secrecy = "S4"
    moves = {None: S.WAITING}
    face = "public"
    opens = [duties.AcknowledgeReport]
    tells = [readers]
    tells_text = NEWS

    def by(self, actor: Actor, record: Any) -> str | None:
        return None

    def create(self, step: Step) -> Report:
        number = draw_number()
        while Report.objects.filter(number=number).exists():
            number = draw_number()
        report = Report(
            province=step.actor.province,
            state=S.WAITING,
            number=number,
            to=step.data["to"],
            received_on=step.today,
            fiscal_year=fiscal_year(step.today),
            sender_key=step.data["sender_key"],
            sender_wrapped=step.data["sender_wrapped"],
            lookup=step.data["lookup"],
            is_sample=step.actor.province.is_sample,  # type: ignore[union-attr]
        )
        report.save(force_insert=True)
        return report

    def apply(self, step: Step) -> None:
        keep(step, step.record, Message.Way.FROM_SENDER)


class WriteAgain(Act):
    """ส่งข้อความเพิ่มเติม: the sender, with number and code; also after the thread was closed."""

    title = "ส่งข้อความเพิ่มเติมทางช่องทางลับ"
    title_en = "Write again"
    record = Report
    secrecy = "S4"
    moves = {S.WAITING: S.WAITING, S.OPENED: S.WAITING, S.ANSWERED: S.WAITING, S.CLOSED: S.WAITING}
    face = "public"
    tells = [readers]
    tells_text = NEWS
    tells_of_duty = True

    def by(self, actor: Actor, record: Report) -> str | None:
        if actor.kind == "tracker" and actor.record_key == str(record.pk):
            return None
        return "เฉพาะผู้มีรหัสของเรื่องนี้"

    def apply(self, step: Step) -> None:
        keep(step, step.record, Message.Way.FROM_SENDER)
        # A clock that runs already goes on: a second message does not put off the first.
        key = duties.AcknowledgeReport.key()
        if not Due.objects.open().filter(duty=key, record_id=step.record.pk).exists():
            clocks.open_duties([duties.AcknowledgeReport], step)


class OpenReport(ThreadAct):
    """เปิดอ่าน: the ciphertext goes to the reader's browser; each time is an entry of the ledger, before anything is given."""

    title = "เปิดอ่าน"
    title_en = "Open"
    moves = {S.WAITING: S.OPENED, S.OPENED: S.OPENED, S.ANSWERED: S.ANSWERED, S.CLOSED: S.CLOSED}
    face = "page"
    meets = [duties.AcknowledgeReport]


class ReplyToSender(ThreadAct):
    """ตอบผู้แจ้ง: encrypted in the recipient's browser to the sender's own key; the house cannot read answers either."""

    title = "ตอบผู้แจ้ง"
    title_en = "Reply to the sender"
    moves = {S.OPENED: S.ANSWERED, S.ANSWERED: S.ANSWERED}
    face = "page"
    tells = [readers]
    tells_text = NEWS
    done = "ส่งคำตอบแล้ว ผู้แจ้งอ่านได้เมื่อเข้ามาด้วยเลขที่และรหัส"

    def apply(self, step: Step) -> None:
        keep(step, step.record, Message.Way.TO_SENDER)


class CloseReport(ThreadAct):
    """ปิดเรื่อง: the thread stays; the sender may write again and so opens it."""

    title = "ปิดเรื่อง"
    title_en = "Close"
    moves = {S.OPENED: S.CLOSED, S.ANSWERED: S.CLOSED}


def already_sent(content: bytes) -> Message | None:
    """The message that has come already: the same browser sent it twice."""
    found = Message.objects.filter(sha256=hashlib.sha256(content).digest())
    return found.select_related("report").first()


def same_keys(wanted: Iterable[Recipient], used: Iterable[str]) -> None:
    """Raises Refused when the browser encrypted to other keys than those of today."""
    if sorted(str(r.key.pk) for r in wanted if r.key) != sorted(used):
        raise Refused("กุญแจของผู้รับเปลี่ยนไปในระหว่างนี้ โปรดกดส่งอีกครั้ง")
