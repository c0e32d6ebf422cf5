"""Requests to see who a sender is."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from prongsai.acts.models import Record
from prongsai.complaints.models.case import Case
from prongsai.complaints.models.receipt import Receipt


class Reveal(Record):
    """One request to see who a sender is: asked by a handler, allowed by a custodian, seen once for a quarter of an hour.

    Nothing of it is ever overwritten: a further look is a further request (C37). What was wanted and why is sealed to
    the handler and the custodians; the purpose counts and is told to the sender.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("รอผู้เก็บรักษาข้อมูล")
        APPROVED = "approved", _("อนุญาตแล้ว")
        OPENED = "opened", _("เปิดดูแล้ว")
        DECLINED = "declined", _("ไม่อนุญาต")
        LAPSED = "lapsed", _("พ้นกำหนด")

    class Purpose(models.TextChoices):
        CONTACT = "contact", _("ติดต่อขอข้อมูลหรือสอบปากคำ")
        PROTECTION = "protection", _("คุ้มครองผู้ร้องเรียน")
        COURT = "court", _("คำสั่งศาล")
        AUTHORITY = "authority", _("คำสั่งของ ป.ป.ช. หรือ ป.ป.ท.")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reveals", verbose_name="เรื่อง")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="reveals")
    agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField("วัตถุประสงค์", max_length=20, choices=Purpose)
    document_no = models.CharField("เลขที่คำสั่งหรือหนังสือ", max_length=80, blank=True)
    envelope = models.ForeignKey("sealed.Envelope", on_delete=models.PROTECT, related_name="+")
    reason = models.BinaryField()  # sealed
    requested_by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    requested_label = models.CharField("ผู้ขอ", max_length=300)
    requested_at = models.DateTimeField("ขอเมื่อ")
    decided_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_label = models.CharField("ผู้อนุญาต", max_length=300, blank=True)
    decided_at = models.DateTimeField("พิจารณาเมื่อ", null=True)
    opened_at = models.DateTimeField("เปิดดูเมื่อ", null=True)

    WINDOW = dt.timedelta(minutes=15)
    ANSWER_WITHIN = dt.timedelta(hours=24)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("requested_by")), name="reveal_two_persons"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "opened"]) | Q(decided_by__isnull=False),
                name="reveal_allowed_by",
            ),
            models.UniqueConstraint(
                fields=["receipt", "requested_by"],
                condition=Q(state__in=["requested", "approved"]),
                name="reveal_one_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.case.number

    def is_open(self, now: dt.datetime) -> bool:
        """Whether the one look is still on."""
        return self.opened_at is not None and now < self.opened_at + self.WINDOW
