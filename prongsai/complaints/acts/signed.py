"""A letter or record of a case that was signed in ink comes back into its file."""

from __future__ import annotations

from prongsai.complaints.models import Case
from prongsai.complaints.team import may_handle
from prongsai.organisation.actors import Actor
from prongsai.papers.acts import FileSigned
from prongsai.sealed.models import Envelope


class FileSignedPaper(FileSigned):
    """Sealed with the case's envelope: only its team opens the scan."""

    record = Case
    secrecy = "S3"

    def by(self, actor: Actor, record: Case) -> str | None:
        return may_handle(actor, record)

    def envelope(self, record: Case) -> Envelope:
        return record.envelope
