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
from prongsai.complaints.acts.heading import AskHead, HeadAccepts, HeadKeeps, HeadReturns
from prongsai.complaints.acts.merging import MergeInto, TakeInMerged
from prongsai.complaints.acts.recusing import AssignHandler, Recuse
from prongsai.complaints.acts.redacting import WriteWorkingText
from prongsai.complaints.acts.referring import (
    ForwardSealed,
    ProposeTransfer,
    RecordReply,
    Refer,
    ReferToDamrongtham,
    Transfer,
)
from prongsai.complaints.acts.reviewing import AssignReviewer, RefuseAgain, UpholdReview
from prongsai.complaints.acts.screening import AskMore, Assess, RecordCheck, ReturnUnanswered, StartScreening
from prongsai.complaints.acts.signed import FileSignedPaper
from prongsai.complaints.acts.unsigned import (
    ConfirmKeep,
    ProposeKeep,
    ReopenKept,
    SignTest,
    TestUnsigned,
    untested,
)
from prongsai.complaints.acts.writing import WriteToSender

ALL = [
    StartScreening,
    Assess,
    RecordCheck,
    TestUnsigned,
    SignTest,
    AskMore,
    ProposeAcceptance,
    ProposeRefusal,
    AskHead,
    ProposeKeep,
    WriteWorkingText,
    Refer,
    ReferToDamrongtham,
    ProposeTransfer,
    Transfer,
    ForwardSealed,
    RecordReply,
    Accept,
    Refuse,
    ConfirmKeep,
    ReturnProposal,
    HeadAccepts,
    HeadKeeps,
    HeadReturns,
    ReopenKept,
    AssignReviewer,
    UpholdReview,
    RefuseAgain,
    ReturnUnanswered,
    AssignHandler,
    Recuse,
    FileSignedPaper,
    WriteToSender,
    MergeInto,
    TakeInMerged,
]

__all__ = [
    "ALL",
    "REQUEST_TITLE",
    "RESULT_TITLE",
    "Accept",
    "AskHead",
    "AskMore",
    "Assess",
    "AssignHandler",
    "AssignReviewer",
    "CaseAct",
    "ConfirmKeep",
    "FileSignedPaper",
    "ForwardSealed",
    "HeadAccepts",
    "HeadKeeps",
    "HeadReturns",
    "MergeInto",
    "ProposeAcceptance",
    "ProposeKeep",
    "ProposeRefusal",
    "ProposeTransfer",
    "RecordCheck",
    "RecordReply",
    "Recuse",
    "Refer",
    "ReferToDamrongtham",
    "Refuse",
    "RefuseAgain",
    "ReopenKept",
    "ReturnProposal",
    "ReturnUnanswered",
    "SignTest",
    "StartScreening",
    "TakeInMerged",
    "TestUnsigned",
    "Transfer",
    "UpholdReview",
    "WriteToSender",
    "WriteWorkingText",
    "refusal_grounds",
    "standing_matters",
    "untested",
]
