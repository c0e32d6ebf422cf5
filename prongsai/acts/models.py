"""What the road itself keeps: duties, running numbers, rule parameters; and the base of every record it moves."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """The base of whatever acts move. ``version`` is the optimistic lock; only :func:`prongsai.acts.perform` sets ``state``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    province = models.ForeignKey("organisation.Province", on_delete=models.PROTECT, verbose_name="จังหวัด")
    state = models.CharField("สถานะ", max_length=30)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField("บันทึกเมื่อ", auto_now_add=True)
    changed_at = models.DateTimeField("ปรับปรุงล่าสุดเมื่อ", auto_now=True)
    is_sample = models.BooleanField("ข้อมูลตัวอย่าง", default=False)

    class Meta:
        abstract = True

    def get_state_display(self) -> str:
        """The state's name: each record has its own ``State``, so the column itself carries no choices."""
        return str(dict(type(self).State.choices).get(self.state, self.state))  # type: ignore[attr-defined]


class RuleParameter(models.Model):
    """A number of the rules with its source and validity; what the announcement does not state is a labelled default."""

    class Unit(models.TextChoices):
        WORKING_DAYS = "working_days", _("วันทำการ")
        CALENDAR_DAYS = "calendar_days", _("วัน")
        YEARS = "years", _("ปี")
        DAY_OF_MONTH = "nth_working_day", _("วันทำการที่ … ของเดือน")
        BAHT = "baht", _("บาท")
        COUNT = "count", _("ครั้ง")

    class Origin(models.TextChoices):
        """Who says so. What neither the announcement nor a law says is a default of the system, and labelled so."""

        ANNOUNCEMENT = "announcement", _("ประกาศกำหนด")
        LAW = "law", _("กฎหมายกำหนด")
        DEFAULT = "default", _("ค่าเริ่มต้นของระบบ (ประกาศมิได้กำหนด)")

    province = models.ForeignKey("organisation.Province", on_delete=models.CASCADE)
    key = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    unit = models.CharField(max_length=20, choices=Unit)
    origin = models.CharField("ผู้กำหนด", max_length=12, choices=Origin, default=Origin.DEFAULT)
    source = models.TextField("ที่มา")
    label_th = models.CharField("เรื่อง", max_length=200, blank=True)
    label_en = models.CharField(max_length=200, blank=True)
    clause = models.CharField(max_length=30, blank=True)
    valid_from = models.DateField("ใช้ตั้งแต่")
    valid_to = models.DateField("ใช้ถึง", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["province", "key", "valid_from"], name="rule_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value:g} {self.get_unit_display()}"

    @property
    def is_default(self) -> bool:
        return self.origin == self.Origin.DEFAULT


class Counter(models.Model):
    """The last running number of a register in a fiscal year. Its row is locked from allocation to commit: gap-free."""

    register = models.CharField(max_length=40)
    scope = models.CharField(max_length=40)  # the agency's code
    fiscal_year = models.PositiveSmallIntegerField()  # B.E.
    value = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "scope", "fiscal_year"], name="counter_once_per_year")
        ]

    def __str__(self) -> str:
        return f"{self.register}/{self.scope}/{self.fiscal_year}: {self.value}"


class DueQuerySet(models.QuerySet):
    def open(self) -> DueQuerySet:
        return self.filter(met_at=None, cancelled_at=None)

    def counted(self) -> DueQuerySet:
        """What may enter a figure. That a matter of class S4 exists is a secret of its own, also as one more in a sum."""
        return self.exclude(secrecy="S4")

    def late(self, today: dt.date) -> DueQuerySet:
        """Not met and past, or met after the day: a late mark stays for ever."""
        return self.filter(
            Q(met_at=None, cancelled_at=None, due_on__lt=today) | Q(met_on__gt=models.F("due_on"))
        )

    def overdue(self, today: dt.date) -> DueQuerySet:
        return self.open().filter(due_on__lt=today)


class Due(models.Model):
    """One duty of one record: what is owed, by whom, until when. Overdue is computed from dates, never stored."""

    duty = models.CharField(max_length=80)
    record_type = models.CharField(max_length=60)
    record_id = models.UUIDField()
    record_label = models.CharField(max_length=80)
    practice = models.CharField("ข้อ", max_length=30)
    secrecy = models.CharField(max_length=2)
    province = models.ForeignKey("organisation.Province", on_delete=models.PROTECT)
    agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT, null=True)
    owed_role = models.CharField(max_length=40, blank=True)
    owed_person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, null=True)
    started_on = models.DateField("เริ่มนับจากวันที่")
    original_due_on = models.DateField("ครบกำหนดเดิม")
    due_on = models.DateField("ครบกำหนดวันที่")
    rule_text = models.CharField("ระยะเวลา", max_length=120)
    is_default = models.BooleanField("ค่าเริ่มต้นของระบบ")
    met_at = models.DateTimeField(null=True)
    met_on = models.DateField("ดำเนินการแล้วเมื่อ", null=True)
    met_by = models.CharField(max_length=80, blank=True)  # the act's key
    cancelled_at = models.DateTimeField(null=True)

    objects = DueQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["record_type", "record_id"]),
            models.Index(
                fields=["province", "due_on"], condition=Q(met_at=None, cancelled_at=None), name="due_open"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "record_id"],
                condition=Q(met_at=None, cancelled_at=None),
                name="due_once_open",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=models.F("started_on")), name="due_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.record_label}"

    def days_left(self, today: dt.date) -> int:
        return (self.due_on - today).days

    def is_late(self, today: dt.date) -> bool:
        if self.cancelled_at:
            return False
        return (self.met_on or today) > self.due_on

    @property
    def title(self) -> str:
        from prongsai.acts.registry import duty_of

        duty = duty_of(self.duty)
        return (duty.title_en or duty.title) if (get_language() or "th").startswith("en") else duty.title


class Alarm(models.Model):
    """That a duty raised its alarm: each level once, whatever the clock or a second worker does."""

    due = models.ForeignKey(Due, on_delete=models.CASCADE, related_name="alarms")
    level = models.CharField("ระดับ", max_length=12)
    raised_on = models.DateField("แจ้งเมื่อ")
    told = models.PositiveIntegerField("จำนวนผู้ได้รับแจ้ง", default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["due", "level"], name="alarm_once_per_level")]

    def __str__(self) -> str:
        return f"{self.due} {self.level}"
