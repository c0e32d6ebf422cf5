"""Whose paper it is, among the records that the person may see: what is not among them is as unknown as a foreign QR."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from prongsai.acts.declaration import record_type
from prongsai.documents import BadStamp, Document, paper_code, read_code
from prongsai.organisation.actors import Actor
from prongsai.papers.acts import FileSigned, filing_of
from prongsai.papers.models import SignedPaper
from prongsai.registers import Register, all_registers


@dataclass(frozen=True)
class Found:
    """A document of a record that this person may see."""

    register: Register
    record: Any
    document: Document
    act: FileSigned

    def why_not(self, actor: Actor) -> str:
        """Why this person may not file it, or ""."""
        return self.act.by(actor, self.record) or ""

    def already(self, scan_sha256: str) -> SignedPaper | None:
        """The signed version that this very scan has become."""
        return SignedPaper.objects.filter(
            record_type=record_type(self.record),
            record_id=self.record.pk,
            document=self.document.key,
            scan_sha256=scan_sha256,
        ).first()


def find(actor: Actor, document: str, record: UUID | None) -> Found | None:
    """By what a QR says."""
    if record is None:
        return None
    for register, declared, act in _papers(actor):
        if declared.key != document:
            continue
        if (row := register.rows(actor).filter(pk=record).first()) is not None:
            return Found(register, row, declared, act)
    return None


def find_by_code(actor: Actor, typed: str) -> Found | None:
    """By the code that stands beside the QR."""
    try:
        printed, least, greatest = read_code(typed)
    except BadStamp:
        return None
    for register, declared, act in _papers(actor):
        for row in register.rows(actor).filter(pk__range=(least, greatest))[:100]:
            if paper_code(declared.key, row.pk) == printed:
                return Found(register, row, declared, act)
    return None


def _papers(actor: Actor) -> Iterator[tuple[Register, Document, FileSigned]]:
    for register in all_registers():
        act = filing_of(register.model) if register.documents else None
        if act is None or not register.may_see(actor):
            continue
        for declared in register.documents:
            if declared.stamped:
                yield register, declared, act
