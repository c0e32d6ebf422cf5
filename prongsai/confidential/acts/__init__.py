"""The verbs of the confidential channel: who may be written to (``channel``), and what passes through it (``threads``)."""

from prongsai.confidential.acts.channel import EndDeputy, MakeKey, NameDeputy, RetireKey
from prongsai.confidential.acts.threads import (
    CloseReport,
    OpenReport,
    ReplyToSender,
    SendReport,
    WriteAgain,
    readers,
)

ALL = [
    SendReport,
    WriteAgain,
    OpenReport,
    ReplyToSender,
    CloseReport,
    MakeKey,
    RetireKey,
    NameDeputy,
    EndDeputy,
]

__all__ = [
    "ALL",
    "CloseReport",
    "EndDeputy",
    "MakeKey",
    "NameDeputy",
    "OpenReport",
    "ReplyToSender",
    "RetireKey",
    "SendReport",
    "WriteAgain",
    "readers",
]
