"""Reading a protection file: what an unlocked member of its team sees, and what its own reporter sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from prongsai import sealed
from prongsai.complaints.reading import UNREADABLE, text_of
from prongsai.protection.models import Measure, Note, ProtectionCase
from prongsai.thai.dates import format_date

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

    @property
    def facts(self) -> list[tuple[str, str]]:
        return [(label, self.said[key]) for key, label in SAID if self.said.get(key)]


def read(case: ProtectionCase, key: sealed.Unlocked | sealed.Tracker) -> File:
    try:
        opened = key.open(case.envelope)
    except sealed.NotAMember:
        return File(denied="กุญแจของท่านมิได้อยู่ในเรื่องนี้")
    file = File()
    try:
        file.said = opened.json(bytes(case.file), context=f"protection:{case.pk}:file")
    except sealed.SealError:
        file.said = {"danger": UNREADABLE}
    for note in case.notes.all():
        file.notes.append((note, text_of(opened, note.sealed, f"protection:{case.pk}:{note.kind}")))
    return file


def period(measure: Measure) -> str:
    start = format_date(measure.start, style="short")
    return f"{start} ถึง {format_date(measure.end, style='short')}" if measure.end else f"ตั้งแต่ {start}"
