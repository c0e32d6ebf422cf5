"""One incoming message, who sent it, and what passes between the sender and the centre."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prongsai.complaints.models.case import Case
from prongsai.complaints.models.choices import Channel


class Receipt(models.Model):
    """One incoming message, by whatever channel. ``received_by``: the officer who took it down, none on the web."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="receipts")
    channel = models.CharField("ช่องทาง", max_length=20, choices=Channel)
    received_at = models.DateTimeField("รับเมื่อ")
    received_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    received_label = models.CharField("ผู้รับเรื่อง", max_length=300, blank=True)  # name and post of that day
    written_by_staff = models.BooleanField(default=False)
    readback_confirmed = models.BooleanField(default=False)
    # The form's own random token, hashed: the same form sent twice is one receipt (and gets the same answer).
    token_hash = models.BinaryField(unique=True)
    code_hash = models.BinaryField(unique=True)  # keyed hash of the tracking code
    correspondence = models.ForeignKey("sealed.Envelope", on_delete=models.PROTECT, related_name="+")
    copy = models.BinaryField()  # sealed: what the sender filed, as text that the proof of filing covers
    copy_sha256 = models.CharField(max_length=64)  # of salt and text; the salt is inside the sealed copy
    entry_id = models.BigIntegerField(null=True)  # the ledger entry of the filing

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(channel__in=["phone", "centre", "damrongtham"], written_by_staff=True)
                | Q(readback_confirmed=True),
                name="receipt_read_back",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.channel}"


class Identity(models.Model):
    """Who sent a receipt (S4). The key of its envelope is split; nobody opens it alone."""

    class Signature(models.TextChoices):
        HANDWRITTEN = "handwritten", "ลายมือชื่อ"
        ONLINE = "online", "ยืนยันออนไลน์"
        PHONE = "phone", "ยืนยันทางโทรศัพท์"
        NONE = "none", "ยังมิได้ยืนยัน"

    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="identity")
    envelope = models.ForeignKey("sealed.Envelope", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    signature = models.CharField(max_length=20, choices=Signature, default=Signature.NONE)
    wants_secret = models.BooleanField("ขอให้ปกปิดชื่อและที่อยู่", default=True)


class Message(models.Model):
    """Between the centre and the sender, through the tracking page. A draft notice waits for the second person."""

    class Way(models.TextChoices):
        TO_SENDER = "to_sender", _("ถึงผู้ร้องเรียน")
        FROM_SENDER = "from_sender", _("จากผู้ร้องเรียน")

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="messages")
    way = models.CharField(max_length=12, choices=Way)
    title = models.CharField(max_length=120)  # a neutral heading, never content
    sealed = models.BinaryField()
    # Of the form on the sender's page: the same form sent twice is one message.
    token_hash = models.BinaryField(null=True, unique=True)
    written_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)  # None: not to be shown to the sender yet

    class Meta:
        ordering = ["written_at", "pk"]


class MessageFile(models.Model):
    """A file that the centre sends with a message; sealed like it, so that the tracking code opens both."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attached")
    file = models.OneToOneField("files.SealedFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]


class TrackLock(models.Model):
    """Wrong tracking codes per number typed, whether such a number exists or not (AT-M5-16)."""

    number_hash = models.BinaryField(primary_key=True)
    failures = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    LIMIT = 5
    PERIOD = dt.timedelta(minutes=15)


class OneTimeCode(models.Model):
    """A code on its way to the sender's phone or mailbox. Only a keyed hash is kept, for ten minutes and five guesses."""

    receipt = models.OneToOneField(Receipt, on_delete=models.CASCADE, related_name="one_time_code")
    code_hash = models.BinaryField()
    expires_at = models.DateTimeField()
    guesses_left = models.PositiveSmallIntegerField()
    sent = models.PositiveSmallIntegerField(default=1)
    first_sent_at = models.DateTimeField()
