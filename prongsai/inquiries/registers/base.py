"""What the six share: secret, every opening of a record is in the ledger first, seen by whoever knows of an inquiry."""

from __future__ import annotations

from typing import Any

from prongsai import ledger, sealed
from prongsai.acts.declaration import record_type
from prongsai.inquiries.access import knows_of_any
from prongsai.inquiries.acts.base import inquiry_of
from prongsai.inquiries.reading import InquiryFile, read_inquiry
from prongsai.organisation.actors import Actor
from prongsai.registers import Register

AUDIENCE = "ผู้สั่งและผู้วินิจฉัย ผู้รับผิดชอบสำนวน และคณะกรรมการสอบข้อเท็จจริงที่มิได้เกี่ยวข้องกับเรื่อง การเปิดอ่านทุกครั้งถูกบันทึก"
LOCKED = "inquiries/office/locked.html"


class SecretRegister(Register):
    secrecy = "S3"
    audience = AUDIENCE

    def may_see(self, actor: Actor) -> bool:
        if knows_of_any(actor):
            return True
        return actor.kind == "staff" and self.may_own(actor) and self.rows(actor).exists()

    def may_own(self, actor: Actor) -> bool:
        """Whether a record might be shown for being the officer's own, though he knows of no inquiry."""
        return False

    def opened(self, record: Any, actor: Actor, request: Any) -> None:
        unlocked = sealed.unlocked(request)
        ledger.record_read(
            kind="inquiries.read",
            actor_id=actor.person_id,
            actor_label=actor.label,
            subject=(record_type(record), str(record.pk)),
            province=record.province_id,
            secrecy="S3",
            content={"content_opened": unlocked is not None},
        )

    def sections(self, record: Any, actor: Actor, request: Any) -> list[tuple[str, dict[str, Any]]]:
        """The record's own part of the sealed file, or why it is not shown."""
        unlocked = sealed.unlocked(request)
        if unlocked is None:
            return [(LOCKED, {"why": "", "back": request.path})]
        file = read_inquiry(inquiry_of(record), unlocked)
        if file.denied:
            return [(LOCKED, {"why": file.denied})]
        return self.parts(record, file, actor)

    def parts(self, record: Any, file: InquiryFile, actor: Actor) -> list[tuple[str, dict[str, Any]]]:
        """What an opened file shows of the record."""
        return [("inquiries/office/texts.html", {"texts": texts_of(file, record)})]


def texts_of(file: InquiryFile, about: Any, title: str = "") -> list[tuple[str, str, Any, str]]:
    """Heading, text, when and by whom of each sealed note about a part, oldest first; names apart."""
    return [
        (title or note.get_kind_display(), file.read(note), note.written_at, note.author_label)
        for note in file.notes
        if note.about == (str(about.pk) if about is not None else "") and note.kind != note.Kind.WHO
    ]
