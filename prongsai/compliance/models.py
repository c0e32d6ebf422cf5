"""The announcement as data: text as printed, corrected reading, who must do what by when; and signed zero statements."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from prongsai.acts.models import Record


class Announcement(models.Model):
    """One version of one authority's measures. Old versions stay readable."""

    province = models.ForeignKey("organisation.Province", on_delete=models.PROTECT)
    key = models.CharField(max_length=60, unique=True)
    title_th = models.TextField()
    title_en = models.TextField()
    issuer_th = models.CharField(max_length=200)
    issuer_en = models.CharField(max_length=200)
    signer = models.CharField("ผู้ลงนาม", max_length=200)
    signer_title_th = models.CharField(max_length=200, blank=True)
    signer_title_en = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField("ลงวันที่")
    edition = models.CharField(max_length=20, default="1")
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    source = models.TextField("ที่มา")
    source_en = models.TextField(blank=True)
    is_sample = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)  # of the data file that was loaded
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.title_th


class Measure(models.Model):
    """One of the measures. The announcement's own body carries clauses too and is kept as a measure called ``BODY``."""

    BODY = "A"

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="measures")
    code = models.CharField(max_length=10)
    order = models.PositiveSmallIntegerField()
    title_th = models.TextField()
    title_en = models.TextField()
    short_th = models.CharField(max_length=120)
    short_en = models.CharField(max_length=120)
    intro_th = models.TextField(blank=True)
    intro_en = models.TextField(blank=True)

    class Meta:
        ordering = ["announcement", "order"]
        constraints = [models.UniqueConstraint(fields=["announcement", "code"], name="measure_once")]

    def __str__(self) -> str:
        return self.short_th


class Clause(models.Model):
    """One entry of the announcement. ``practices`` are the shared names under which acts are evidence for it."""

    class Level(models.TextChoices):
        CLAUSE = "clause", _("ข้อปฏิบัติ")
        HEADING = "heading", _("หัวข้อ")
        RECITAL = "recital", _("ความนำ")
        DEFINITION = "definition", _("คำนิยาม")

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="clauses")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="clauses")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    code = models.CharField(max_length=30)
    seq = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=40)
    level = models.CharField(max_length=12, choices=Level)
    operative = models.BooleanField()
    title_th = models.CharField(max_length=200)
    printed = models.TextField("ข้อความตามที่พิมพ์")
    reading = models.TextField("คำอ่านที่แก้ไข", blank=True)
    reading_note = models.TextField(blank=True)
    english = models.TextField()
    duty_th = models.TextField("ผู้ใดต้องทำสิ่งใด", blank=True)
    facts = models.JSONField(
        default=dict
    )  # types, actors, time, default, obligations, visibility, evidence_*, note, corrections
    oit = models.JSONField(default=dict)  # fiscal year (B.E.) → item numbers
    practices = ArrayField(models.CharField(max_length=30), default=list)
    search_norm = models.TextField(editable=False)

    class Meta:
        ordering = ["announcement", "seq"]
        constraints = [models.UniqueConstraint(fields=["announcement", "code"], name="clause_once")]
        indexes = [
            GinIndex(fields=["practices"], name="clause_practices"),
            GinIndex(fields=["search_norm"], opclasses=["gin_trgm_ops"], name="clause_search"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title_th}"

    @property
    def text(self) -> str:
        """The text to work by: the corrected reading where the print is garbled."""
        return self.reading or self.printed


class Statement(Record):
    """ "ไม่มีเรื่อง": a dated, signed statement that there was nothing to publish in a period. Silence is not evidence."""

    class State(models.TextChoices):
        PUBLISHED = "published", _("เผยแพร่แล้ว")

    class Subject(models.TextChoices):
        NO_COMPLAINT = "no_complaint", _("ไม่มีเรื่องร้องเรียนการทุจริตและประพฤติมิชอบในช่วงเวลานี้")

    agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT)
    subject = models.CharField(max_length=30, choices=Subject)
    period_from = models.DateField("ตั้งแต่วันที่")
    period_to = models.DateField("ถึงวันที่")
    signed_by = models.CharField("ผู้รับรอง", max_length=300)  # name and post of that day
    signed_on = models.DateField("ลงวันที่")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(period_to__gte=F("period_from")), name="statement_period"),
            models.UniqueConstraint(
                fields=["agency", "subject", "period_from", "period_to"], name="statement_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.period_from}–{self.period_to}"


class CalendarChange(Record):
    """A change of the holiday table by the office: which day, on whose word, and how many due dates it moved."""

    class State(models.TextChoices):
        RECORDED = "recorded", _("บันทึกแล้ว")

    class Kind(models.TextChoices):
        ADD = "add", _("เพิ่มวันหยุด")
        WITHDRAW = "withdraw", _("ยกเลิกวันหยุด")

    kind = models.CharField("การเปลี่ยนแปลง", max_length=10, choices=Kind)
    holiday = models.ForeignKey("workdays.Holiday", on_delete=models.PROTECT, related_name="+")
    source = models.CharField("มติหรือประกาศที่อ้างอิง", max_length=300)
    duties_moved = models.PositiveIntegerField("วันครบกำหนดที่เปลี่ยน")
    made_by = models.CharField("ผู้บันทึก", max_length=300)  # name and post of that day

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.holiday.date.isoformat()}"
