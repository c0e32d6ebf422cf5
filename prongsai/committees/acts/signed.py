"""Orders, invitations and minutes that were signed in ink come back to their committee or meeting."""

from __future__ import annotations

from prongsai.committees.access import by_secretary
from prongsai.committees.models import Committee, Meeting
from prongsai.organisation.actors import Actor
from prongsai.papers.acts import FileSigned


class FileSignedOrder(FileSigned):
    record = Committee

    def by(self, actor: Actor, record: Committee) -> str | None:
        return by_secretary(actor, record)


class FileSignedMeetingPaper(FileSigned):
    record = Meeting

    def by(self, actor: Actor, record: Meeting) -> str | None:
        return by_secretary(actor, record.committee)
