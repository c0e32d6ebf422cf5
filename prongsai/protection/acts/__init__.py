"""The verbs of protection: the reporter's (``asking``), the file's (``file``), what heads carry out
(``instructing``), personnel actions (``hr``), alerts (``alerts``)."""

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
from prongsai.protection.acts.instructing import CarryOut, Instruct, Recall, TakeInstruction

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
    Instruct,
    TakeInstruction,
    CarryOut,
    Recall,
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
    "CarryOut",
    "EndProtection",
    "Instruct",
    "LetPass",
    "OrderProtection",
    "PassHrAction",
    "ProposeProtection",
    "ProposeStop",
    "RaiseAlert",
    "Recall",
    "RecordHrAction",
    "RecordReview",
    "RequestProtection",
    "StopAction",
    "StopHrAction",
    "TakeInstruction",
    "TakeUpProposal",
    "Withdraw",
]
