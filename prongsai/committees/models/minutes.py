"""Minutes: every version as it was written; a certified one is never changed."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from prongsai.committees.models.meeting import Meeting


class Minutes(models.Model):
    """One version. ``facts``: what the meeting's records said when it was written (``minutes_text.facts_of``), so that the
    paper of an old version can be made again, word for word. ``reason``: why a certified version was followed by another.
    """

    class Kind(models.TextChoices):
        MINUTES = "minutes", "รายงานการประชุม"
        CORRECTION = "correction", "รายงานการประชุม (ฉบับแก้ไข)"
        ADDENDUM = "addendum", "รายงานการประชุม (บันทึกเพิ่มเติม)"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("ฉบับที่")
    kind = models.CharField("ประเภท", max_length=12, choices=Kind, default=Kind.MINUTES)
    text = models.TextField("ข้อความเพิ่มเติมในรายงาน", blank=True)
    reason = models.TextField("เหตุผลที่แก้ไข", blank=True)
    facts = models.JSONField()
    written_by = models.CharField("ผู้จดรายงานการประชุม", max_length=400)
    writer = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    written_on = models.DateField("จดเมื่อ")
    certifier = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    certified_by = models.CharField("ผู้ตรวจรายงานการประชุม", max_length=400, blank=True)
    certified_on = models.DateField("รับรองเมื่อ", null=True)

    class Meta:
        verbose_name = "รายงานการประชุม"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_version_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(certified_on=None), name="minutes_one_awaits_certification"
            ),
            models.CheckConstraint(condition=~Q(certifier=F("writer")), name="minutes_by_two_persons"),
            models.CheckConstraint(
                condition=Q(kind="minutes") | ~Q(reason=""), name="minutes_correction_has_a_reason"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="minutes_certified_are_never_changed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__certified_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} ฉบับที่ {self.number}"
