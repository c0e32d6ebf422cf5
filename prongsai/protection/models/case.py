"""The protection file (S4)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from prongsai.acts.models import Record
from prongsai.thai.dates import format_date


class ProtectionCase(Record):
    """One reporter's protection. The number is drawn by lot: a running one would tell how many there are."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("เห็นสมควรคุ้มครอง รอผู้แจ้ง")
        REQUESTED = "requested", _("ร้องขอ รอประเมิน")
        ASSESSED = "assessed", _("ประเมินแล้ว รอสั่งมาตรการ")
        PROTECTED = "protected", _("คุ้มครอง")
        REVIEWED = "reviewed", _("ทบทวน")
        ENDED = "ended", _("สิ้นสุด")

    class Risk(models.TextChoices):
        LOW = "low", _("ต่ำ")
        MEDIUM = "medium", _("กลาง")
        HIGH = "high", _("สูง")

    # While a file stands here, personnel actions are compared with it.
    WATCHED = (State.ASSESSED, State.PROTECTED, State.REVIEWED)

    number = models.CharField("เลขที่", max_length=20, unique=True)
    requested_on = models.DateField("วันที่ร้องขอหรือเห็นสมควร")
    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ พ.ศ.")
    envelope = models.ForeignKey("sealed.Envelope", on_delete=models.PROTECT, related_name="+")
    file = models.BinaryField()  # sealed: who, of which complaint, what is feared, from whom
    # Keyed hash of the receipt: the sender's own page finds the file by it, and nobody finds the complaint from here.
    link = models.BinaryField(unique=True)
    reported_on = models.DateField("วันที่แจ้งเรื่อง")

    risk = models.CharField("ความเสี่ยง", max_length=10, choices=Risk, blank=True)
    # Keyed hashes that decide about an alert: of the reporter, and of those from whom retaliation is feared.
    person_hash = models.BinaryField(null=True)
    line_hashes = ArrayField(models.BinaryField(), default=list)
    assessed_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    assessed_label = models.CharField("ผู้ประเมิน", max_length=300, blank=True)
    ordered_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    ordered_label = models.CharField("ผู้สั่ง", max_length=300, blank=True)
    ordered_on = models.DateField("วันที่มีคำสั่ง", null=True)
    withdrawn_on = models.DateField("ผู้แจ้งขอถอนเมื่อ", null=True)
    ended_on = models.DateField("สิ้นสุดเมื่อ", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(ordered_by=F("assessed_by")), name="protection_two_persons"),
        ]
        indexes = [
            models.Index(fields=["person_hash"], name="protection_person"),
            models.Index(fields=["province", "state"], name="protection_state"),
        ]

    def __str__(self) -> str:
        return self.number


class Measure(models.Model):
    """What was ordered. Kind and dates are open (they name nobody); what it means for this reporter is in the notes."""

    class Kind(models.TextChoices):
        CONCEAL = "conceal", _("ปกปิดตัวตนของผู้แจ้ง")
        NO_ADVERSE = "no_adverse", _("ห้ามดำเนินการด้านบุคคลที่เป็นผลร้ายโดยมิได้ตรวจสอบ")
        OTHER_WORK = "other_work", _("ย้ายงานหรือสถานที่ทำงานชั่วคราวตามความประสงค์")
        OTHER_LINE = "other_line", _("เปลี่ยนผู้บังคับบัญชาหรือผู้ประเมิน")
        SAFETY = "safety", _("ประสานความปลอดภัยทางกาย")
        HELP = "help", _("ช่วยเหลือทางกฎหมายหรือจิตใจ")

    # They protect everybody who might report, not the one reporter alone: a withdrawal does not end them (AT-M6-19).
    PUBLIC_INTEREST = (Kind.CONCEAL, Kind.NO_ADVERSE)

    case = models.ForeignKey(ProtectionCase, on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField("มาตรการ", max_length=12, choices=Kind)
    start = models.DateField("ตั้งแต่วันที่")
    end = models.DateField("ถึงวันที่", null=True)
    order_no = models.CharField("คำสั่งที่", max_length=100)
    order_date = models.DateField("ลงวันที่")

    class Meta:
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gte=F("start")), name="protection_measure_ends_after_start"
            )
        ]

    @property
    def period(self) -> str:
        start = format_date(self.start, style="short")
        return f"{start} ถึง {format_date(self.end, style='short')}" if self.end else f"ตั้งแต่ {start}"


class Review(models.Model):
    """A check for retaliation, after six and after twelve months; what was found is a sealed note."""

    case = models.ForeignKey(ProtectionCase, on_delete=models.PROTECT, related_name="reviews")
    month = models.PositiveSmallIntegerField("ตรวจครบเดือนที่")
    found = models.BooleanField("พบการตอบโต้")
    reviewed_on = models.DateField("ตรวจเมื่อ")
    reviewed_label = models.CharField("ผู้ตรวจ", max_length=300)

    class Meta:
        ordering = ["month"]
        constraints = [models.UniqueConstraint(fields=["case", "month"], name="protection_review_once")]


class Note(models.Model):
    """What officers write in the file: sealed, never changed, never deleted."""

    class Kind(models.TextChoices):
        ASSESSMENT = "assessment", "การประเมิน"
        ORDER = "order", "รายละเอียดของมาตรการ"
        REVIEW = "review", "ผลการตรวจการตอบโต้"
        ALERT = "alert", "การพิจารณาสัญญาณการตอบโต้"
        WITHDRAWAL = "withdrawal", "คำขอถอนของผู้แจ้ง"
        END = "end", "เหตุที่สิ้นสุด"

    case = models.ForeignKey(ProtectionCase, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=Kind)
    sealed = models.BinaryField()
    author_label = models.CharField(max_length=300)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
