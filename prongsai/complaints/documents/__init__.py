"""The official papers of measure 5 (domain analysis 3.5). None of them names the sender."""

from prongsai.complaints.documents.blank import BlankLetter
from prongsai.complaints.documents.letters import (
    ForwardLetter,
    ReferralLetter,
    RefusalLetter,
    RequestLetter,
    TransferLetter,
)
from prongsai.complaints.documents.oral import OralRecord
from prongsai.complaints.documents.receipt import ReceiptPaper
from prongsai.complaints.documents.screening import ScreeningRecord
from prongsai.complaints.documents.statistics import StatisticsPaper
from prongsai.complaints.documents.unsigned import UnsignedTest

BLANK, RECEIPT, ORAL, STATISTICS = BlankLetter(), ReceiptPaper(), OralRecord(), StatisticsPaper()
OFFICE = (
    RECEIPT,
    ORAL,
    ScreeningRecord(),
    UnsignedTest(),
    RequestLetter(),
    RefusalLetter(),
    ReferralLetter(),
    TransferLetter(),
    ForwardLetter(),
)

__all__ = [
    "BLANK",
    "OFFICE",
    "ORAL",
    "RECEIPT",
    "STATISTICS",
    "BlankLetter",
    "ForwardLetter",
    "OralRecord",
    "ReceiptPaper",
    "ReferralLetter",
    "RefusalLetter",
    "RequestLetter",
    "ScreeningRecord",
    "StatisticsPaper",
    "TransferLetter",
    "UnsignedTest",
]
