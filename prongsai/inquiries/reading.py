"""Reading an inquiry with the key in hand. Broken pieces never hide the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from prongsai import files, sealed
from prongsai.complaints.reading import UNREADABLE, text_of
from prongsai.inquiries.models import Inquiry, InquiryEvidence, Note

NOT_A_MEMBER = "กุญแจของท่านมิได้อยู่ในสำนวนการสอบข้อเท็จจริงนี้"


@dataclass
class InquiryFile:
    """The opened file. ``denied``: the sentence why the person may not read it."""

    opened: sealed.OpenEnvelope | None = None
    notes: list[Note] = field(default_factory=list)
    denied: str = ""

    def text(self, kind: str, about: Any = None) -> str:
        """The newest text of a kind; "" where there is none."""
        found = self.all(kind, about)
        return found[-1][1] if found else ""

    def all(self, kind: str, about: Any = None) -> list[tuple[Note, str]]:
        """Every text of a kind, oldest first."""
        return [(note, self.read(note)) for note in self.notes if self._is(note, kind, about)]

    def read(self, note: Note) -> str:
        return text_of(self.opened, bytes(note.sealed), note.context) if self.opened else ""

    def who(self, about: Any) -> dict[str, str]:
        """Name, post and agency of a respondent or witness, as of the day when they were written down."""
        note = next((n for n in reversed(self.notes) if self._is(n, Note.Kind.WHO, about)), None)
        if note is None or self.opened is None:
            return {}
        try:
            return self.opened.json(bytes(note.sealed), context=note.context)
        except (sealed.SealError, ValueError):
            return {"name": UNREADABLE}

    def name(self, about: Any) -> str:
        who = self.who(about)
        return " ".join(part for part in (who.get("name", ""), who.get("position", "")) if part)

    @staticmethod
    def _is(note: Note, kind: str, about: Any) -> bool:
        return note.kind == kind and note.about == (str(about.pk) if about is not None else "")


def read_inquiry(inquiry: Inquiry, unlocked: sealed.Unlocked | None) -> InquiryFile:
    if unlocked is None:
        return InquiryFile(denied="เนื้อหาปิดผนึกอยู่ โปรดเปิดผนึกด้วยรหัสเปิดผนึกของท่าน")
    try:
        opened = unlocked.open(inquiry.envelope)
    except sealed.SealError:
        return InquiryFile(denied=NOT_A_MEMBER)
    return InquiryFile(opened, list(inquiry.notes.all()))


def demand(inquiry: Inquiry, request: Any) -> InquiryFile:
    """For papers: raises ``sealed.SealError`` with the sentence when the reader's key does not open it."""
    file = read_inquiry(inquiry, sealed.unlocked(request))
    if file.denied:
        raise sealed.SealError(file.denied)
    return file


def evidence_cards(
    inquiry: Inquiry, file: InquiryFile
) -> Iterable[tuple[InquiryEvidence, files.FileCard, str]]:
    for piece in inquiry.evidence.select_related("file__working_copy"):
        yield piece, files.describe(piece.file, file.opened), file.text(Note.Kind.EVIDENCE, piece)
