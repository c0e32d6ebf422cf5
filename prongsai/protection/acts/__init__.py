"""The verbs of protection: the reporter's (``asking``), the file's (``file``), personnel actions (``hr``), alerts (``alerts``)."""

from prongsai.protection.acts.alerts import LetPass, ProposeStop, RaiseAlert, StopAction
from prongsai.protection.acts.asking import ProposeProtection, RequestProtection, TakeUpProposal, Withdraw
from prongsai.protection.acts.file import AddOfficer, Assess, EndProtection, OrderProtection, RecordReview
from prongsai.protection.acts.hr import (
    AnswerReason,
    AskReason,
    PassHrAction,
    RecordHrAction,
    StopHrAction,
)

ALL = [
    RequestProtection,
    ProposeProtection,
    TakeUpProposal,
    Withdraw,
    Assess,
    OrderProtection,
    RecordReview,
    EndProtection,
    AddOfficer,
    RecordHrAction,
    AskReason,
    AnswerReason,
    PassHrAction,
    StopHrAction,
    RaiseAlert,
    ProposeStop,
    StopAction,
    LetPass,
]

__all__ = [
    "ALL",
    "AddOfficer",
    "AnswerReason",
    "AskReason",
    "Assess",
    "EndProtection",
    "LetPass",
    "OrderProtection",
    "PassHrAction",
    "ProposeProtection",
    "ProposeStop",
    "RaiseAlert",
    "RecordHrAction",
    "RecordReview",
    "RequestProtection",
    "StopAction",
    "StopHrAction",
    "TakeUpProposal",
    "Withdraw",
]
