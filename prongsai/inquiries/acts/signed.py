"""Orders, letters and statements that were signed in ink come back to their record, under the inquiry's key."""

from __future__ import annotations

from prongsai.inquiries import access
from prongsai.inquiries.acts.base import inquiry_of
from prongsai.inquiries.models import Inquiry, Respondent, Sanction, Statement, Summons
from prongsai.organisation.actors import Actor
from prongsai.papers.acts import FileSigned
from prongsai.sealed.models import Envelope


class SignedOfInquiry(FileSigned):
    secrecy = "S3"

    def by(self, actor: Actor, record: object) -> str | None:
        """The handler, and whoever has joined the committee."""
        inquiry = inquiry_of(record)
        return None if access.is_handler(actor, inquiry) is None else access.is_member(actor, inquiry)

    def envelope(self, record: object) -> Envelope:
        return inquiry_of(record).envelope


class FileSignedInquiryPaper(SignedOfInquiry):
    record = Inquiry


class FileSignedSummons(SignedOfInquiry):
    record = Summons


class FileSignedStatement(SignedOfInquiry):
    record = Statement


class FileSignedAccusation(SignedOfInquiry):
    record = Respondent


class FileSignedSanctionPaper(SignedOfInquiry):
    record = Sanction
