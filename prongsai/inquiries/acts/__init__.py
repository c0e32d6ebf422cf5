"""The verbs from an accepted complaint to its end, in the order in which people meet them."""

from prongsai.inquiries.acts.case import (
    BeginFactFinding,
    Conclude,
    EndCase,
    SendBack,
    StopInquiry,
    TakeAction,
    stop_inquiries,
)
from prongsai.inquiries.acts.closing import (
    CloseCase,
    ConfirmReopening,
    DeclineReopening,
    NotifyResult,
    ProposeReopening,
)
from prongsai.inquiries.acts.ordering import ExtendInquiry, OrderInquiry, ReplaceMember
from prongsai.inquiries.acts.parts import (
    ConfirmStatement,
    EscalateSummons,
    RecordAnswer,
    RecordUncooperative,
    RecordUnsigned,
    RemindSummons,
)
from prongsai.inquiries.acts.preparing import GiveKey, ProposeInquiry, RecordPaccReferral, ShareWorkingText
from prongsai.inquiries.acts.reporting import DecideAction, DecideNoAction, ReturnReport, SubmitReport
from prongsai.inquiries.acts.respondents import RecordFinding, RecordHearing, TellRespondent
from prongsai.inquiries.acts.sanctions import (
    MakeFinal,
    OrderSanction,
    ProposeSanction,
    RecordAppeal,
    RecordAppealResult,
    TellAuthority,
)
from prongsai.inquiries.acts.seats import DeclareInterest, DeclareNoInterest, LeaveSeat, StartInquiry
from prongsai.inquiries.acts.signed import (
    FileSignedAccusation,
    FileSignedInquiryPaper,
    FileSignedSanctionPaper,
    FileSignedStatement,
    FileSignedSummons,
)
from prongsai.inquiries.acts.working import (
    AddEvidence,
    AddRespondent,
    IssueSummons,
    SendSummons,
    TakeStatement,
)

ALL = [
    ShareWorkingText, ProposeInquiry, GiveKey, RecordPaccReferral,
    OrderInquiry, ReplaceMember, StartInquiry, ExtendInquiry, DeclareNoInterest, DeclareInterest, LeaveSeat,
    AddRespondent, SendSummons, IssueSummons, TakeStatement, AddEvidence,
    RecordAnswer, RecordUncooperative, RemindSummons, EscalateSummons, ConfirmStatement, RecordUnsigned,
    TellRespondent, RecordHearing, RecordFinding,
    SubmitReport, ReturnReport, DecideAction, DecideNoAction,
    ProposeSanction, OrderSanction, TellAuthority, RecordAppeal, RecordAppealResult, MakeFinal,
    BeginFactFinding, Conclude, SendBack, TakeAction, EndCase, StopInquiry,
    NotifyResult, CloseCase, ProposeReopening, ConfirmReopening, DeclineReopening,
    FileSignedInquiryPaper, FileSignedSummons, FileSignedStatement, FileSignedAccusation, FileSignedSanctionPaper,
]  # fmt: skip

__all__ = ["ALL", "stop_inquiries", *(act.__name__ for act in ALL)]
