"""The officers' verbs of measure 5, from receipt to decision. The sender's own verbs are in ``sender.py``."""

from prongsai.complaints.acts.base import REQUEST_TITLE, RESULT_TITLE, CaseAct
from prongsai.complaints.acts.deciding import (
    Accept,
    ProposeAcceptance,
    ProposeRefusal,
    Refuse,
    ReturnProposal,
    refusal_grounds,
    standing_matters,
)
from prongsai.complaints.acts.screening import (
    AskMore,
    Assess,
    RecordCheck,
    Refer,
    ReturnUnanswered,
    StartScreening,
    TestUnsigned,
    untested,
)
from prongsai.complaints.acts.signed import FileSignedPaper

ALL = [
    StartScreening,
    Assess,
    RecordCheck,
    TestUnsigned,
    AskMore,
    ProposeAcceptance,
    ProposeRefusal,
    Refer,
    Accept,
    Refuse,
    ReturnProposal,
    ReturnUnanswered,
    FileSignedPaper,
]

__all__ = [
    "ALL",
    "REQUEST_TITLE",
    "RESULT_TITLE",
    "Accept",
    "AskMore",
    "Assess",
    "CaseAct",
    "FileSignedPaper",
    "ProposeAcceptance",
    "ProposeRefusal",
    "RecordCheck",
    "Refer",
    "Refuse",
    "ReturnProposal",
    "ReturnUnanswered",
    "StartScreening",
    "TestUnsigned",
    "refusal_grounds",
    "standing_matters",
    "untested",
]
