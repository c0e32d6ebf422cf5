"""A meeting, and who came to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from prongsai.acts.models import Record
from prongsai.committees.models.committee import Committee, Seat
from prongsai.thai.dates import BE_OFFSET


class Meeting(Record):
    """การประชุม: draft → called → open → closed → minutes written → certified (and written again when corrected).

    The number is taken when the meeting is called: gap-free per committee and calendar year (B.E.).
    """

    class State(models.TextChoices):
        DRAFT = "draft", "เตรียมการประชุม"
        CALLED = "called", "เชิญประชุมแล้ว"
        OPEN = "open", "อยู่ระหว่างประชุม"
        CLOSED = "closed", "เลิกประชุมแล้ว รอรายงาน"
        WRITTEN = "written", "จดรายงานแล้ว รอรับรอง"
        CERTIFIED = "certified", "รับรองรายงานแล้ว"
        CANCELLED = "cancelled", "ยกเลิกการประชุม"

    ENGLISH = {
        "draft": "In preparation",
        "called": "Called",
        "open": "In session",
        "closed": "Ended, minutes due",
        "written": "Minutes await certification",
        "certified": "Minutes certified",
        "cancelled": "Cancelled",
    }
    HELD = (State.CLOSED.value, State.WRITTEN.value, State.CERTIFIED.value)

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="meetings", verbose_name="คณะกรรมการ"
    )
    agency = models.ForeignKey("organisation.Agency", models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField("ครั้งที่", null=True)
    year = models.PositiveSmallIntegerField("ปี พ.ศ.", null=True)
    held_on = models.DateField("วันที่ประชุม")
    starts_at = models.TimeField("เวลาเริ่ม")
    place = models.CharField("สถานที่", max_length=300)
    called_on = models.DateField("เชิญประชุมเมื่อ", null=True)
    called_by = models.CharField("ผู้เชิญ", max_length=400, blank=True)
    notice_days = models.PositiveIntegerField("แจ้งล่วงหน้า (วัน)", null=True)
    notice_rule = models.CharField("กำหนดให้แจ้งล่วงหน้า", max_length=120, blank=True)
    notice_short = models.BooleanField("แจ้งล่วงหน้าน้อยกว่ากำหนด", default=False)
    presiding = models.ForeignKey(
        Seat, models.PROTECT, null=True, related_name="+", verbose_name="ประธานที่ประชุม"
    )
    opened_at = models.TimeField("เริ่มประชุม", null=True)
    closed_at = models.TimeField("เลิกประชุม", null=True)
    certified_on = models.DateField("รับรองรายงานครั้งแรกเมื่อ", null=True)
    cancel_reason = models.TextField("เหตุที่ยกเลิก", blank=True)

    class Meta:
        verbose_name = "การประชุม"
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "sequence"], name="meeting_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"]) | Q(sequence__isnull=False, year__isnull=False),
                name="meeting_called_has_a_number",
            ),
        ]
        indexes = [models.Index(fields=["province", "-held_on"], name="meeting_by_day")]

    def __str__(self) -> str:
        if self.sequence is None:
            return f"{self.committee.short_name} (ร่างระเบียบวาระ)"
        return f"{self.committee.short_name} ครั้งที่ {self.number}"

    @property
    def number(self) -> str:
        """``1/2569``; empty before it is called."""
        return f"{self.sequence}/{self.year}" if self.sequence else ""

    @property
    def be_year(self) -> int:
        return self.held_on.year + BE_OFFSET


class AttendanceQuerySet(models.QuerySet):
    def present(self) -> AttendanceQuerySet:
        return self.filter(status__in=Attendance.PRESENT)

    def voting(self) -> AttendanceQuerySet:
        return self.filter(seat__role__in=Seat.VOTING)

    def in_order(self) -> AttendanceQuerySet:
        whens = [models.When(seat__role=role, then=place) for place, role in enumerate(Seat.Role.values)]
        return self.annotate(place=models.Case(*whens, output_field=models.IntegerField())).order_by(
            "place", "seat_id"
        )


class Attendance(models.Model):
    """One member at one meeting: invited when it is called, then came, sent a substitute, took leave or was absent."""

    class Status(models.TextChoices):
        INVITED = "invited", "ยังมิได้บันทึก"
        CAME = "came", "มาประชุม"
        SUBSTITUTE = "substitute", "มอบผู้แทนมาประชุม"
        LEAVE = "leave", "ลาประชุม"
        ABSENT = "absent", "ไม่มาประชุม"
        LEFT_EARLY = "left_early", "กลับก่อนเลิกประชุม"

    PRESENT = (Status.CAME.value, Status.SUBSTITUTE.value)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    status = models.CharField("การมาประชุม", max_length=12, choices=Status, default=Status.INVITED)
    substitute_name = models.CharField("ชื่อผู้แทน", max_length=200, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="attendance_once_per_seat"),
            models.CheckConstraint(
                condition=~Q(status="substitute") | ~Q(substitute_name=""), name="substitute_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Who sits there."""
        if self.status == self.Status.SUBSTITUTE:
            return f"{self.substitute_name} (แทน {self.seat.name})"
        return self.seat.name
