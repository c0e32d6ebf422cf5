"""The verb: a signed and scanned paper is filed with its record."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from prongsai import files
from prongsai.acts import Act, Step, acts_for
from prongsai.acts.declaration import record_type
from prongsai.files.upload import SealedUpload
from prongsai.papers.models import SignedPaper
from prongsai.sealed.models import Envelope

KIND = "signed"  # what the file is for, in its sealed description


@dataclass(frozen=True)
class Scanned:
    """What is filed. ``pages``: of the scan, as shown ("1–3"); ``scan_sha256``: of the whole scan."""

    document: str
    upload: SealedUpload
    scan_sha256: str
    pages: str
    reference: str = ""
    stamped_on: dt.date | None = None


class FileSigned(Act):
    """A measure declares one for each kind of record that has papers: who may, and under whose key the scan is kept.

    ``data``: ``{"scanned": Scanned}``. No button of its own: the page that reads the scan performs it.
    """

    title = "นำเข้าเอกสารที่ลงนามแล้ว"
    face = "scan"
    done = "นำเข้าเอกสารที่ลงนามแล้วเรียบร้อย"

    def envelope(self, record: Any) -> Envelope | None:
        """Of a secret record; None where its text is not sealed either."""
        return None

    def apply(self, step: Step) -> None:
        """The road holds the record's row: two at once are counted one after the other."""
        scanned: Scanned = step.data["scanned"]
        of_record = (record_type(step.record), step.record.pk)
        signed = SignedPaper.objects.filter(
            record_type=of_record[0], record_id=of_record[1], document=scanned.document
        )
        number = (signed.order_by("-number").values_list("number", flat=True).first() or 0) + 1
        sha256 = sha256_of(scanned.upload)
        kept = files.keep(
            scanned.upload, self.envelope(step.record) or files.UNSEALED, record=of_record, kind=KIND
        )
        assert step.actor.person is not None  # ``by`` lets nobody else come here
        SignedPaper.objects.create(
            record_type=of_record[0],
            record_id=of_record[1],
            document=scanned.document,
            number=number,
            reference=scanned.reference,
            stamped_on=scanned.stamped_on,
            pages=scanned.pages,
            file=kept,
            sha256=sha256,
            scan_sha256=scanned.scan_sha256,
            filed_by=step.actor.person,
            filed_label=step.actor.label,
            filed_at=step.now,
        )
        step.content |= {
            "document": scanned.document,
            "number": number,
            "file": str(kept.pk),
            "sha256": sha256,
            "scan_sha256": scanned.scan_sha256,
            "pages": scanned.pages,
        }


def filing_of(model: Any) -> FileSigned | None:
    """The act by which signed papers come to records of this kind, if they come at all."""
    return next((act for act in acts_for(model) if isinstance(act, FileSigned)), None)


def sha256_of(upload: SealedUpload) -> str:
    digest = hashlib.sha256()
    for frame in upload.chunks():
        digest.update(frame)
    return digest.hexdigest()
