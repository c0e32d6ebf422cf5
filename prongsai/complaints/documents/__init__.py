"""The official papers of measure 5 (domain analysis 3.5). None of them names the sender."""

from prongsai.complaints.documents.letters import ReferralLetter, RefusalLetter, RequestLetter
from prongsai.complaints.documents.receipt import ReceiptPaper
from prongsai.complaints.documents.screening import ScreeningRecord

RECEIPT = ReceiptPaper()
OFFICE = (RECEIPT, ScreeningRecord(), RequestLetter(), RefusalLetter(), ReferralLetter())

__all__ = [
    "OFFICE",
    "RECEIPT",
    "ReceiptPaper",
    "ReferralLetter",
    "RefusalLetter",
    "RequestLetter",
    "ScreeningRecord",
]
