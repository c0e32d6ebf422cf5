"""The papers of fact-finding and of what follows. None of them names the sender; a notice to the accused holds a summary only."""

from prongsai.inquiries.documents.letters import AccusationNotice, NaccLetter, ResultLetter, SummonsLetter
from prongsai.inquiries.documents.records import AppointmentOrder, InquiryReport, StatementPaper

__all__ = [
    "AccusationNotice",
    "AppointmentOrder",
    "InquiryReport",
    "NaccLetter",
    "ResultLetter",
    "StatementPaper",
    "SummonsLetter",
]
