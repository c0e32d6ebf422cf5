"""Letters on paper: where the original lies and who has had it, and what an officer has begun to take down."""

from __future__ import annotations

import datetime as dt
import uuid

import pgtrigger
from django.db import models

from prongsai.acts.models import Record
from prongsai.complaints.models.case import Case
from prongsai.complaints.models.receipt import Receipt


class PostalItem(Record):
    """A letter with its envelope. The scan of the letter is evidence of the case (S3); that of the envelope may show who
    sent it and is sealed with the identity (S4)."""

    class State(models.TextChoices):
        KEPT = "in_custody", "อยู่ในความครอบครอง"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="postal_items")
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="postal_item")
    receiving_no = models.CharField("เลขรับ", max_length=60, blank=True)
    arrived_on = models.DateField("วันที่รับหนังสือ")
    postmark_on = models.DateField("วันที่ตราประทับไปรษณีย์", null=True)
    holder = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    holder_label = models.CharField("ผู้ครอบครองต้นฉบับ", max_length=300)
    lies_at = models.CharField("ที่เก็บต้นฉบับ", max_length=200)

    def __str__(self) -> str:
        return self.receiving_no or self.case.number


class Custody(models.Model):
    """One link of the chain: who took the original over from whom, when, and where it lies since. Never changed."""

    item = models.ForeignKey(PostalItem, on_delete=models.PROTECT, related_name="chain")
    taken_from_label = models.CharField(max_length=300, blank=True)  # empty: from the post
    taken_by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    taken_by_label = models.CharField(max_length=300)
    taken_at = models.DateTimeField()
    lies_at = models.CharField(max_length=200)

    class Meta:
        ordering = ["taken_at", "pk"]
        triggers = [
            pgtrigger.Protect(name="custody_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class EnvelopeScan(models.Model):
    """A scan of a letter's envelope, sealed with the sender's identity."""

    item = models.ForeignKey(PostalItem, on_delete=models.PROTECT, related_name="envelope_scans")
    file = models.OneToOneField("files.SealedFile", on_delete=models.PROTECT, related_name="+")


class IntakeDraft(models.Model):
    """What an officer has typed of a complaint that is not stored yet. Its envelope opens for that officer alone."""

    KEPT_FOR = dt.timedelta(days=30)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    envelope = models.ForeignKey("sealed.Envelope", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-saved_at"]

    @property
    def ends_at(self) -> dt.datetime:
        return self.saved_at + self.KEPT_FOR
