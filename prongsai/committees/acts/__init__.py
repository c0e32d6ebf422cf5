"""The verbs of committees and meetings, in the order in which a meeting secretary meets them."""

from prongsai.committees.acts.agenda import AddItem, EditItem, WithdrawItem
from prongsai.committees.acts.attendance import OpenMeeting, RecordAttendance
from prongsai.committees.acts.calling import CallMeeting, CancelMeeting, ChangeMeeting, PrepareMeeting
from prongsai.committees.acts.composing import AddSeat, DraftCommittee, RemoveSeat
from prongsai.committees.acts.concluding import DeferItem, NoteItem, RecordLegalReview, Resolve
from prongsai.committees.acts.interests import (
    AskInterests,
    DeclareLeave,
    DeclareNone,
    DeclareStay,
    MarkLate,
    NoneOfTheOthers,
    StartItem,
)
from prongsai.committees.acts.minutes import (
    CertifyMinutes,
    CloseMeeting,
    CorrectMinutes,
    DeclareLate,
    WriteMinutes,
)
from prongsai.committees.acts.ordering import (
    AllowIncomplete,
    EndCommittee,
    PublishComposition,
    ReplaceSeat,
    ReturnDraft,
    SignOrder,
    SubmitComposition,
)
from prongsai.committees.acts.signed import FileSignedMeetingPaper, FileSignedOrder

ALL = [
    DraftCommittee, AddSeat, RemoveSeat, SubmitComposition, AllowIncomplete, ReturnDraft, SignOrder, PublishComposition,
    ReplaceSeat, EndCommittee,
    PrepareMeeting, AddItem, ChangeMeeting, CallMeeting, CancelMeeting, RecordAttendance, OpenMeeting,
    EditItem, WithdrawItem, AskInterests, NoneOfTheOthers, StartItem, Resolve, NoteItem, DeferItem, RecordLegalReview,
    DeclareNone, DeclareLeave, DeclareStay, MarkLate,
    CloseMeeting, WriteMinutes, CertifyMinutes, CorrectMinutes, DeclareLate,
    FileSignedOrder, FileSignedMeetingPaper,
]  # fmt: skip

__all__ = [
    "ALL",
    "AddItem",
    "AddSeat",
    "AllowIncomplete",
    "AskInterests",
    "CallMeeting",
    "CancelMeeting",
    "CertifyMinutes",
    "ChangeMeeting",
    "CloseMeeting",
    "CorrectMinutes",
    "DeclareLate",
    "DeclareLeave",
    "DeclareNone",
    "DeclareStay",
    "DeferItem",
    "DraftCommittee",
    "EditItem",
    "EndCommittee",
    "FileSignedMeetingPaper",
    "FileSignedOrder",
    "MarkLate",
    "NoneOfTheOthers",
    "NoteItem",
    "OpenMeeting",
    "PrepareMeeting",
    "PublishComposition",
    "RecordAttendance",
    "RecordLegalReview",
    "RemoveSeat",
    "ReplaceSeat",
    "Resolve",
    "ReturnDraft",
    "SignOrder",
    "StartItem",
    "SubmitComposition",
    "WithdrawItem",
    "WriteMinutes",
]
