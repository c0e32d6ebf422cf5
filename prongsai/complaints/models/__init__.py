"""What is recorded of complaints (measure 5). Everything that a complaint says is sealed; what is open counts and routes.

A *receipt* is one incoming message (by any channel), a *case* is the matter: several receipts may lead to one case. The
sender's identity (S4) has an envelope of its own, split between handlers and custodians; what passes between the sender
and the centre has another, which the tracking code opens; the case file (S3) is the team's.
"""

from prongsai.complaints.models.case import Case
from prongsai.complaints.models.case_file import Accused, CaseNote, Evidence, Exclusion, Referral
from prongsai.complaints.models.choices import Authority, Channel, Ground, Item, RefusalGround
from prongsai.complaints.models.post import Custody, EnvelopeScan, IntakeDraft, PostalItem
from prongsai.complaints.models.receipt import (
    Identity,
    Message,
    MessageFile,
    OneTimeCode,
    Receipt,
    TrackLock,
)
from prongsai.complaints.models.reveal import Reveal

__all__ = [
    "Accused",
    "Authority",
    "Case",
    "CaseNote",
    "Channel",
    "Custody",
    "EnvelopeScan",
    "Evidence",
    "Exclusion",
    "Ground",
    "Identity",
    "IntakeDraft",
    "Item",
    "Message",
    "MessageFile",
    "OneTimeCode",
    "PostalItem",
    "Receipt",
    "Referral",
    "RefusalGround",
    "Reveal",
    "TrackLock",
]
