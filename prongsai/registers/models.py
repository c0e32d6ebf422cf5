import datetime as dt
import uuid
from pathlib import Path

from django.db import models
from django.utils import timezone

from prongsai.files.upload import incoming
from prongsai.organisation.models import Person

QUIET = dt.timedelta(minutes=10)  # without a sign of life the work is given up
LATE_START = dt.timedelta(minutes=2)


class Export(models.Model):
    """A large XLSX that somebody asked for: made by the worker, given out once, gone within a day.

    The row holds neither the file nor a key to it: the file lies encrypted in ``files.upload.incoming()``, and its key is
    sealed to ``public_key``, whose private half only the browser's session has (``browserkey``). What was searched for
    is in a box of the house.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "รอจัดทำ"
        RUNNING = "running", "กำลังจัดทำ"
        READY = "ready", "พร้อมดาวน์โหลด"
        GIVEN = "given", "ดาวน์โหลดแล้ว"
        FAILED = "failed", "จัดทำมิได้"
        CANCELLED = "cancelled", "ยกเลิกแล้ว"

    LIVE = (State.WAITING, State.RUNNING, State.READY)
    AT_WORK = (State.WAITING, State.RUNNING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="ผู้ขอ")
    register_key = models.CharField("ทะเบียน", max_length=64)
    asked = models.BinaryField("เงื่อนไขที่ขอ (เข้ารหัส)")
    same = models.BinaryField("รหัสเทียบคำขอเดียวกัน", max_length=32)
    public_key = models.BinaryField("กุญแจสาธารณะของผู้รับ", max_length=32)
    state = models.CharField("สถานะ", max_length=9, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField("จำนวนแถว")
    done = models.PositiveIntegerField("จัดทำแล้ว", default=0)
    attempts = models.PositiveSmallIntegerField("ครั้งที่", default=0)
    narrowed = models.BooleanField("มีเงื่อนไข", default=False)
    why = models.CharField("เหตุที่จัดทำมิได้", max_length=300, blank=True)
    blob = models.CharField("ชื่อไฟล์", max_length=32, blank=True)
    size = models.PositiveBigIntegerField("ขนาด (ไบต์)", default=0)
    sealed_key = models.BinaryField("กุญแจของไฟล์ (เข้ารหัส)", null=True)
    sealed_rows = models.BinaryField("รายการในไฟล์ (เข้ารหัส)", null=True)
    asked_at = models.DateTimeField("ขอเมื่อ", default=timezone.now, db_index=True)
    beat_at = models.DateTimeField("สัญญาณล่าสุด", default=timezone.now)
    finished_at = models.DateTimeField("เสร็จเมื่อ", null=True)

    class Meta:
        verbose_name = "การจัดทำไฟล์ส่งออก"
        verbose_name_plural = "การจัดทำไฟล์ส่งออก"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "same"],
                condition=models.Q(state__in=["waiting", "running", "ready"]),
                name="export_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.register_key} {self.state}"

    @property
    def path(self) -> Path | None:
        return incoming() / self.blob if self.blob else None

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    @property
    def is_at_work(self) -> bool:
        return self.state in self.AT_WORK

    @property
    def is_stuck(self) -> bool:
        """At work, but nobody has written a row for long."""
        return self.state == self.State.RUNNING and self.beat_at < timezone.now() - QUIET

    @property
    def starts_late(self) -> bool:
        return self.state == self.State.WAITING and self.asked_at < timezone.now() - LATE_START
