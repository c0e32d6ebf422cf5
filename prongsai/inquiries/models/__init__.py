"""What is recorded of fact-finding and what follows it (measure 5 from its acceptance, M6.2.3.(14)).

An *inquiry* is ordered for a case and has *seats* (its committee). Its work: *respondents* (who is accused, each with an
outcome of their own), *summonses*, *statements*, evidence. What is decided becomes *sanctions*. Every text and every name
of a respondent or witness is a sealed *note*; what is open counts and routes.
"""

from prongsai.inquiries.models.choices import (
    Finding,
    Outcome,
    Part,
    Penalty,
    Track,
)
from prongsai.inquiries.models.inquiry import Inquiry, InquiryEvidence, Note, Seat
from prongsai.inquiries.models.reopening import Reopening
from prongsai.inquiries.models.respondent import Respondent
from prongsai.inquiries.models.sanction import Sanction
from prongsai.inquiries.models.work import Statement, Summons

__all__ = [
    "Finding",
    "Inquiry",
    "InquiryEvidence",
    "Note",
    "Outcome",
    "Part",
    "Penalty",
    "Reopening",
    "Respondent",
    "Sanction",
    "Seat",
    "Statement",
    "Summons",
    "Track",
]
