"""A matter that was over is opened again: only on new evidence, and only by two persons."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from prongsai.complaints.models import Case


class Reopening(models.Model):
    """``reason`` is sealed with the case's envelope. The earlier result and its late marks stay as they are."""

    class Source(models.TextChoices):
        SENDER = "sender", "ผู้ร้องเรียนส่งพยานหลักฐานใหม่"
        OFFICER = "officer", "เจ้าหน้าที่พบพยานหลักฐานใหม่"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reopenings")
    source = models.CharField("ที่มาของหลักฐานใหม่", max_length=10, choices=Source)
    reason = models.BinaryField()
    proposed_by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    proposed_label = models.CharField("ผู้เสนอ", max_length=300)
    proposed_at = models.DateTimeField("เสนอเมื่อ")
    decided_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_label = models.CharField("ผู้พิจารณา", max_length=300, blank=True)
    decided_at = models.DateTimeField("พิจารณาเมื่อ", null=True)
    agreed = models.BooleanField("ให้เปิดใหม่", null=True)

    class Meta:
        ordering = ["proposed_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("proposed_by")), name="reopening_two_persons"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(decided_at=None), name="reopening_one_at_a_time"
            ),
        ]

    @property
    def context(self) -> str:
        return f"case:{self.case_id}:reopening"
