"""What was decided of a respondent, from the proposal to the day when nothing can be appealed any more."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from prongsai.inquiries.models.choices import Penalty, Track
from prongsai.inquiries.models.inquiry import Inquiry, PartOfInquiry
from prongsai.inquiries.models.respondent import Respondent


class Sanction(PartOfInquiry):
    """SanctionRecord (M6.2.3.(14)): one track of one respondent. The system proposes none and orders none."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "เสนอ"
        ORDERED = "ordered", "สั่งแล้ว"
        TOLD = "told", "แจ้ง ป.ป.ช./ป.ป.ท. แล้ว"
        APPEALED = "appealed", "อุทธรณ์"
        FINAL = "final", "ถึงที่สุด"

    class Appeal(models.TextChoices):
        DISMISSED = "dismissed", "ยกอุทธรณ์"
        CHANGED = "changed", "แก้ไขคำสั่ง"
        REVOKED = "revoked", "เพิกถอนคำสั่ง"

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="sanctions")
    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="sanctions")
    track = models.CharField("การดำเนินการ", max_length=16, choices=Track)
    # Discipline about corruption in office, ordered by the superior: the NACC is told (NACC Act B.E. 2561 s.136).
    concerns_corruption = models.BooleanField("เรื่องทุจริตต่อหน้าที่", default=False)
    proposed_label = models.CharField("ผู้เสนอ", max_length=300)
    penalty = models.CharField("โทษหรือผล", max_length=16, choices=Penalty, blank=True)
    order_no = models.CharField("คำสั่งที่", max_length=80, blank=True)
    order_date = models.DateField("ลงวันที่", null=True)
    ordered_label = models.CharField("ผู้สั่ง", max_length=300, blank=True)
    nacc_letter_no = models.CharField("หนังสือแจ้ง ป.ป.ช. ที่", max_length=80, blank=True)
    nacc_told_on = models.DateField("แจ้ง ป.ป.ช. เมื่อ", null=True)
    pacc_letter_no = models.CharField("หนังสือแจ้ง ป.ป.ท. ที่", max_length=80, blank=True)
    pacc_told_on = models.DateField("แจ้ง ป.ป.ท. เมื่อ", null=True)
    appeal_to = models.CharField("อุทธรณ์ต่อ", max_length=200, blank=True)
    appealed_on = models.DateField("อุทธรณ์เมื่อ", null=True)
    appeal_result = models.CharField("ผลอุทธรณ์", max_length=10, choices=Appeal, blank=True)
    final_on = models.DateField("ถึงที่สุดเมื่อ", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "number"], name="sanction_numbered"),
            models.UniqueConstraint(fields=["respondent", "track"], name="sanction_once_per_track"),
            models.CheckConstraint(
                condition=Q(state="proposed")
                | Q(order_date__isnull=False) & ~Q(order_no="") & ~Q(penalty=""),
                name="sanction_has_an_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry.number} การดำเนินการที่ {self.number}"
