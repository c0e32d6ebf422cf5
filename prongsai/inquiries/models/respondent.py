"""A respondent: accused in an inquiry, heard, and found about, apart from every other."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from prongsai.inquiries.models.choices import Finding, Part
from prongsai.inquiries.models.inquiry import Inquiry, PartOfInquiry
from prongsai.organisation.models import Person


class Respondent(PartOfInquiry):
    """ผู้ถูกกล่าวหา. Name and post are sealed (``Note`` WHO); kind of staff, finding and items are open, for counting."""

    class State(models.TextChoices):
        NAMED = "named", "ยังมิได้แจ้งข้อกล่าวหา"
        TOLD = "told", "แจ้งข้อกล่าวหาแล้ว รอคำชี้แจง"
        HEARD = "heard", "รับฟังแล้ว"
        FOUND = "found", "มีความเห็นแล้ว"

    class Hearing(models.TextChoices):
        STATEMENT = "statement", "ให้ถ้อยคำหรือชี้แจงเป็นหนังสือ"
        REFUSED = "refused", "ไม่ประสงค์ให้ถ้อยคำ"
        SILENT = "silent", "มิได้ชี้แจงภายในกำหนด"

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="respondents")
    staff_type = models.CharField("ประเภทเจ้าหน้าที่", max_length=20, choices=Person.StaffType)
    is_executive = models.BooleanField("เป็นผู้บริหาร", default=False)
    told_on = models.DateField("แจ้งข้อกล่าวหาเมื่อ", null=True)
    answer_by = models.DateField("ให้ชี้แจงภายใน", null=True)
    hearing = models.CharField("การรับฟัง", max_length=10, choices=Hearing, blank=True)
    heard_on = models.DateField("รับฟังเมื่อ", null=True)
    finding = models.CharField("ความเห็น", max_length=10, choices=Finding, blank=True)
    part = models.CharField("ฐานะ", max_length=16, choices=Part, blank=True)
    # Practices (``M6.2.3.(2)``, ``M1.1.2``): several of one respondent; the case is counted once (AT-M6-23).
    conduct = ArrayField(models.CharField(max_length=30), default=list, verbose_name="ข้อกำหนดจริยธรรมที่เกี่ยวข้อง")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "number"], name="respondent_numbered"),
            # Nobody is found about before being heard (Administrative Procedure Act s.30).
            models.CheckConstraint(
                condition=~Q(state__in=("heard", "found"))
                | Q(told_on__isnull=False, heard_on__isnull=False) & ~Q(hearing=""),
                name="respondent_heard_first",
            ),
            models.CheckConstraint(condition=~Q(state="found") | ~Q(finding=""), name="respondent_found"),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry.number} ผู้ถูกกล่าวหาที่ {self.number}"
