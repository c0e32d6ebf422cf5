"""Reading a protection file: what an unlocked member of its team sees, and what its own reporter sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from prongsai import sealed
from prongsai.complaints.reading import UNREADABLE, text_of
from prongsai.protection.models import Instruction, Note, ProtectionCase

SAID = (
    ("name", "ชื่อและนามสกุลของผู้แจ้ง"),
    ("post", "ตำแหน่งและหน่วยงาน"),
    ("contact", "ช่องทางติดต่อ"),
    ("complaint", "เรื่องร้องเรียนเลขที่"),
    ("feared", "ผู้ที่เกรงว่าจะตอบโต้"),
    ("danger", "สิ่งที่เกิดขึ้นหรือเกรงว่าจะเกิดขึ้น"),
    ("wish", "สิ่งที่ประสงค์ให้ช่วย"),
)


@dataclass
class File:
    """``denied``: why the person may not read it."""

    said: dict[str, Any] = field(default_factory=dict)
    notes: list[tuple[Note, str]] = field(default_factory=list)
    denied: str = ""
    labels: Sequence[tuple[str, str]] = SAID

    @property
    def facts(self) -> list[tuple[str, str]]:
        return [(label, self.said[key]) for key, label in self.labels if self.said.get(key)]


DENIED = "กุญแจของท่านมิได้อยู่ในเรื่องนี้"


def read(case: ProtectionCase, key: sealed.Unlocked | sealed.Tracker) -> File:
    try:
        opened = key.open(case.envelope)
    except sealed.NotAMember:
        return File(denied=DENIED)
    file = File()
    try:
        file.said = said(case, opened)
    except sealed.SealError:
        file.said = {"danger": UNREADABLE}
    for note in case.notes.all():
        file.notes.append((note, text_of(opened, note.sealed, f"protection:{case.pk}:{note.kind}")))
    return file


def said(case: ProtectionCase, opened: sealed.OpenEnvelope) -> dict[str, Any]:
    """What the reporter said (``SAID``), without what officers wrote. Raises SealError."""
    return opened.json(bytes(case.file), context=f"protection:{case.pk}:file")


INSTRUCTED = (
    ("kind", "มาตรการ"),
    ("period", "ระยะเวลา"),
    ("order", "คำสั่ง"),
    ("text", "สิ่งที่ให้ดำเนินการ"),
    ("report", "ผลการดำเนินการ"),
)


def instructed(instruction: Instruction, key: sealed.Unlocked) -> File:
    """What the head is to do, and what he has reported; for him and for the file's team."""
    try:
        opened = key.open(instruction.envelope)
        said = opened.json(bytes(instruction.sealed), context=f"instruction:{instruction.pk}")
    except sealed.NotAMember:
        return File(denied=DENIED)
    except sealed.SealError:
        return File(denied=UNREADABLE)
    if instruction.report:
        said["report"] = text_of(opened, instruction.report, f"instruction:{instruction.pk}:report")
    return File(said=said, labels=INSTRUCTED)
