"""Reading a case file: what an unlocked member of the team sees. Broken pieces never hide the rest."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from prongsai import files, sealed
from prongsai.complaints.complaint_form import REQUESTS
from prongsai.complaints.models import Case, CaseNote, Evidence, Message
from prongsai.thai.dates import format_date

UNREADABLE = "อ่านส่วนนี้มิได้ (ข้อมูลเสียหาย) โปรดแจ้งผู้ดูแลระบบ"


STORY = (
    ("narrative", "การกระทำและพฤติการณ์"),
    ("event_date", "วันที่เกิดเหตุ"),
    ("event_time", "ช่วงเวลา"),
    ("place", "สถานที่"),
    ("amount", "จำนวนเงิน (บาท)"),
    ("harm", "ความเดือดร้อนหรือเสียหาย"),
    ("request", "คำขอ"),
    ("request_text", "คำขอเพิ่มเติม"),
    ("documents", "พยานเอกสารหรือพยานวัตถุ"),
    ("consented_sender", "ผู้ร้องเรียน (ประสงค์ให้แจ้งชื่อแก่หน่วยงานที่ส่งต่อ)"),
    ("from_agency", "หน่วยงานที่ส่งเรื่อง"),
    ("letter_no", "เลขที่หนังสือนำส่ง"),
)


@dataclass
class CaseFile:
    """The opened file. ``denied`` is the sentence why the person may not read it."""

    story: dict[str, Any] = field(default_factory=dict)
    notes: list[tuple[CaseNote, str]] = field(default_factory=list)
    messages: list[tuple[Message, str, list[files.FileCard]]] = field(default_factory=list)
    evidence: list[tuple[Evidence, files.FileCard]] = field(default_factory=list)
    merged: list[tuple[Case, CaseFile]] = field(default_factory=list)  # the same matter, sent again
    denied: str = ""

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Label and text, in the order of the paper form."""
        accused = self.story.get("accused") or {}
        rows = [("หน่วยงานที่เกี่ยวข้อง", accused.get("agency", "")), ("เจ้าหน้าที่ที่เกี่ยวข้อง", accused.get("name", ""))]
        rows += [(label, _said(key, self.story.get(key, ""))) for key, label in STORY]
        return [(label, text) for label, text in rows if text]


def _said(key: str, value: str) -> str:
    if key == "request":
        return str(dict(REQUESTS).get(value, value))
    if key == "event_date" and value:
        return format_date(dt.date.fromisoformat(value), style="long")
    return value


def read_case(case: Case, unlocked: sealed.Unlocked) -> CaseFile:
    try:
        opened = unlocked.open(case.envelope)
    except sealed.NotAMember:
        return CaseFile(denied="กุญแจของท่านมิได้อยู่ในสำนวนนี้ โปรดขอให้ผู้รับผิดชอบเพิ่มท่านในสำนวน")
    file = CaseFile()
    try:
        file.story = opened.json(case.file, context=f"case:{case.pk}:file")
    except sealed.SealError:
        file.story = {"narrative": UNREADABLE}
    for note in case.notes.all():
        file.notes.append((note, text_of(opened, note.sealed, f"case:{case.pk}:{note.kind}")))
    for receipt in case.receipts.select_related("correspondence"):
        letters = unlocked.open(receipt.correspondence)
        for message in receipt.messages.prefetch_related("attached__file__working_copy"):
            text = text_of(letters, message.sealed, f"message:{receipt.pk}")
            cards = [files.describe(attached.file, letters) for attached in message.attached.all()]
            file.messages.append((message, text, cards))
    for piece in case.evidence.select_related("file__working_copy"):
        file.evidence.append((piece, files.describe(piece.file, opened)))
    file.merged = [(one, read_case(one, unlocked)) for one in case.merged.select_related("envelope")]
    return file


def working_text(case: Case, opened: sealed.OpenEnvelope) -> str | None:
    """What may be shared of the case, the newest version; None before somebody has written it. ``opened``: its envelope."""
    note = case.notes.filter(kind=CaseNote.Kind.WORKING).order_by("version").last()
    return text_of(opened, note.sealed, f"case:{case.pk}:{note.kind}") if note else None


def text_of(opened: sealed.OpenEnvelope, box: bytes, context: str) -> str:
    try:
        return opened.text(bytes(box), context=context)
    except sealed.SealError:
        return UNREADABLE
