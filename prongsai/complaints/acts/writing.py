"""Writing to the sender: words and files, through the tracking page; sealed so that the tracking code opens them."""

from __future__ import annotations

from typing import Any

from django import forms

from prongsai import files as filing_cabinet
from prongsai.acts import Step
from prongsai.complaints.acts.base import CaseAct
from prongsai.complaints.models import Case, Message, MessageFile, Receipt
from prongsai.complaints.team import DESTROYED
from prongsai.files.fields import SealedFilesField
from prongsai.organisation.actors import Actor
from prongsai.ui.forms import ThaiTextarea

MESSAGE_TITLE = "ข้อความจากเจ้าหน้าที่"
MERGED = "เรื่องนี้รวมกับเรื่องอื่นแล้ว โปรดดำเนินการในเรื่องหลัก"


class WriteForm(forms.Form):
    text = ThaiTextarea(
        label="ข้อความถึงผู้ร้องเรียน",
        help_text="แสดงในหน้าติดตามเรื่องของผู้ร้องเรียนทุกรายในเรื่องนี้ โปรดอย่าอ้างถึงผู้ร้องเรียนรายอื่น",
        max_length=20_000,
    )
    files = SealedFilesField(label="ไฟล์แนบ", required=False, max_files=10)


class WriteToSender(CaseAct):
    """เขียนถึงผู้ร้องเรียน: by the one who answers for the matter, with files (M5.2.2; two-way through the tracking page)."""

    title = "เขียนถึงผู้ร้องเรียน"
    title_en = "Write to the sender"
    clauses = ("M5.2.2",)
    form = WriteForm
    done = "ส่งข้อความถึงผู้ร้องเรียนทางหน้าติดตามเรื่องแล้ว"

    def by(self, actor: Actor, record: Case) -> str | None:
        if why_not := super().by(actor, record):
            return why_not
        return None if record.matter.handler_id == actor.person_id else "เฉพาะผู้รับผิดชอบเรื่องนี้"

    def ready(self, actor: Actor, record: Case) -> str | None:
        if record.destroyed_at:
            return DESTROYED
        return MERGED if record.state == Case.State.MERGED else None

    def apply(self, step: Step) -> None:
        uploads = step.data.get("files") or []
        for receipt in step.record.all_receipts().select_related("correspondence"):
            _write(step, receipt, uploads)
        step.content["files"] = len(uploads)


def _write(step: Step, receipt: Receipt, uploads: list[Any]) -> None:
    envelope = receipt.correspondence
    message = Message.objects.create(
        receipt=receipt,
        way=Message.Way.TO_SENDER,
        title=MESSAGE_TITLE,
        sealed=envelope.put(step.data["text"], context=f"message:{receipt.pk}"),
        written_at=step.now,
        released_at=step.now,
    )
    record = ("complaints.case", str(receipt.case_id))
    kept = [filing_cabinet.keep(upload, envelope, record=record, kind="message") for upload in uploads]
    MessageFile.objects.bulk_create(MessageFile(message=message, file=file) for file in kept)
