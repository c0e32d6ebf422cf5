"""What is kept of the confidential channel (M6.2.3.(12)): ciphertext, and who may fetch it. No text, no name, no address.

Everything readable is made in browsers. A recipient's ``ChannelKey`` is a public age key and the private one under his
passphrase; a ``Report`` is a thread with the sender's own age key, private under the sender's code; each ``Message`` is
one age file to the recipients of that day and to the sender.
"""

from __future__ import annotations

import hashlib

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from prongsai.acts.models import Record


def fingerprint(public_key: str) -> str:
    """What people compare of an age key: the first 80 bits of its SHA-256 in hex, in fours."""
    text = hashlib.sha256(public_key.encode()).hexdigest()[:20].upper()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


class ChannelKey(Record):
    """A recipient's key. An old one stays, so that old messages can still be read with its passphrase."""

    class State(models.TextChoices):
        ACTIVE = "active", "ใช้งาน"
        RETIRED = "retired", "เลิกใช้แล้ว"

    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    person_label = models.CharField("ผู้ถือกุญแจ", max_length=300)
    public_key = models.CharField(max_length=80, unique=True)  # age1…
    wrapped = models.BinaryField()  # the identity as an age file under the owner's passphrase
    retired_on = models.DateField("เลิกใช้เมื่อ", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="active"), name="channel_key_one_active"
            )
        ]

    def __str__(self) -> str:
        return self.fingerprint

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.public_key)


class Deputy(Record):
    """The one vice governor who reads beside the governor, named by an order."""

    class State(models.TextChoices):
        IN_FORCE = "in_force", "มีผลใช้บังคับ"
        ENDED = "ended", "สิ้นสุดแล้ว"

    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    person_label = models.CharField("ผู้ได้รับมอบหมาย", max_length=300)
    order_no = models.CharField("คำสั่งที่", max_length=100)
    order_date = models.DateField("ลงวันที่")
    named_by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    named_label = models.CharField("ผู้มอบหมาย", max_length=300)
    ended_on = models.DateField("สิ้นสุดเมื่อ", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province"], condition=Q(state="in_force"), name="channel_one_deputy"
            ),
            models.CheckConstraint(
                condition=~Q(person=F("named_by")), name="channel_deputy_named_by_another"
            ),
        ]

    def __str__(self) -> str:
        return self.order_no


class Report(Record):
    """One thread. The number is drawn by lot: a running one would tell how many there are."""

    class State(models.TextChoices):
        WAITING = "waiting", _("รอเปิดอ่าน")
        OPENED = "opened", _("เปิดอ่านแล้ว")
        ANSWERED = "answered", _("ตอบแล้ว")
        CLOSED = "closed", _("ปิดเรื่อง")

    class To(models.TextChoices):
        BOTH = "both", _("ผู้ว่าราชการจังหวัดและรองผู้ว่าราชการจังหวัดที่ได้รับมอบหมาย")
        GOVERNOR = "governor", _("ผู้ว่าราชการจังหวัดเท่านั้น")
        DEPUTY = "deputy", _("รองผู้ว่าราชการจังหวัดที่ได้รับมอบหมายเท่านั้น")

    number = models.CharField("เลขที่", max_length=20, unique=True)
    to = models.CharField("ส่งถึง", max_length=10, choices=To)
    received_on = models.DateField("วันที่รับ")
    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ พ.ศ.")
    sender_key = models.CharField(max_length=80)  # age1… of this thread alone
    sender_wrapped = models.BinaryField()  # its identity under the sender's code
    lookup = models.BinaryField(unique=True)  # the house's keyed hash of the browser's hash of the code

    class Meta:
        indexes = [models.Index(fields=["province", "fiscal_year"], name="channel_by_year")]

    def __str__(self) -> str:
        return self.number


class Reader(models.Model):
    """Somebody to whose key messages of a thread were encrypted. Nobody else finds the thread at any door."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="readers")
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "person"], name="channel_reader_once")]


class Message(models.Model):
    """An age file. ``keys``: the channel keys that open it, besides the sender's."""

    class Way(models.TextChoices):
        FROM_SENDER = "from_sender", _("จากผู้แจ้ง")
        TO_SENDER = "to_sender", _("ถึงผู้แจ้ง")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="messages")
    way = models.CharField(max_length=12, choices=Way)
    content = models.BinaryField()
    # Of the content: the same message sent twice is one.
    sha256 = models.BinaryField(unique=True)
    keys = ArrayField(models.UUIDField())
    author_label = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
