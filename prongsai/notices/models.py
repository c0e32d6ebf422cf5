"""The inbox of every officer, and the outbox: what of it also goes out by mail."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Mailing(models.TextChoices):
    """How far a notice is on its way into a mail."""

    NONE = "", "ไม่ส่งอีเมล"
    WAITING = "waiting", "รอส่งอีเมล"
    TAKEN = "taken", "อยู่ในอีเมลแล้ว"
    WITHHELD = "withheld", "ไม่ส่ง ผู้รับไม่มีสิทธิรับแล้ว"


class NoticeQuerySet(models.QuerySet):
    def of(self, person_id: int) -> NoticeQuerySet:
        return self.filter(recipient_id=person_id)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)

    def waiting(self) -> NoticeQuerySet:
        """Told, and not yet part of a mail."""
        return self.filter(mailing=Mailing.WAITING)


class Notice(models.Model):
    """One sentence for one person. It names a record by its number and never tells what stands in it (§2.2)."""

    recipient = models.ForeignKey(
        "organisation.Person", models.PROTECT, related_name="notices", verbose_name=_("ผู้รับ")
    )
    text = models.CharField(_("ข้อความ"), max_length=500)
    number = models.CharField(
        max_length=80, blank=True
    )  # the record's running number, the only thing a mail says
    url = models.CharField(max_length=500, blank=True)
    kind = models.CharField(_("ประเภท"), max_length=60, blank=True)
    clause = models.CharField(_("ข้อ"), max_length=30, blank=True)
    record_type = models.CharField(max_length=60, blank=True)
    record_id = models.CharField(max_length=60, blank=True)
    is_duty = models.BooleanField(default=False)  # something is owed: no setting silences it
    # One call of ``tell`` is one batch. With a role, whoever holds it when the mail goes out is the recipient.
    batch = models.UUIDField(null=True)
    role = models.CharField(max_length=40, blank=True)
    role_agency = models.ForeignKey("organisation.Agency", models.PROTECT, null=True, related_name="+")
    told_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    mailing = models.CharField(max_length=10, choices=Mailing, default=Mailing.NONE, blank=True)
    mail = models.ForeignKey("Outgoing", models.PROTECT, null=True, related_name="notices")
    created_at = models.DateTimeField(_("เมื่อ"), auto_now_add=True)
    read_at = models.DateTimeField(_("อ่านเมื่อ"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("การแจ้งเตือน")
        verbose_name_plural = _("การแจ้งเตือน")
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="notice_inbox"),
            models.Index(fields=["recipient"], name="notice_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["recipient"], name="notice_waiting", condition=Q(mailing="waiting")),
            models.Index(fields=["batch"], name="notice_by_role", condition=~Q(role="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(mailing="taken", mail__isnull=False) | ~Q(mailing="taken") & Q(mail__isnull=True),
                name="notice_taken_by_a_mail",
            )
        ]

    def __str__(self) -> str:
        return self.text


class OutgoingQuerySet(models.QuerySet):
    def due(self, now: dt.datetime) -> OutgoingQuerySet:
        """To be tried now: also what a killed worker had in hand, once its time is up."""
        return self.filter(
            state__in=(Outgoing.State.QUEUED, Outgoing.State.SENDING), next_attempt_at__lte=now
        )


class Outgoing(models.Model):
    """One mail to one person, for one notice or several. Its text is never stored: it is written from the notices."""

    class State(models.TextChoices):
        QUEUED = "queued", "รอส่ง"
        SENDING = "sending", "กำลังส่ง"
        SENT = "sent", "เครื่องแม่ข่ายรับแล้ว"
        UNDELIVERED = "undelivered", "ส่งไม่ถึง"
        WITHHELD = "withheld", "ไม่ส่ง ผู้รับไม่มีสิทธิรับแล้ว"

    recipient = models.ForeignKey(
        "organisation.Person", models.PROTECT, related_name="mails", verbose_name="ผู้รับ"
    )
    digest = models.BooleanField("อีเมลสรุป", default=False)
    state = models.CharField("สถานะ", max_length=12, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("จำนวนครั้งที่ส่ง", default=0)
    next_attempt_at = models.DateTimeField("ส่งครั้งต่อไปเมื่อ", default=timezone.now)
    last_error = models.CharField(
        "ผลครั้งล่าสุด", max_length=60, blank=True
    )  # a reply code, never a server's text
    address = models.EmailField("ที่อยู่อีเมล", blank=True)  # as it was at the last attempt
    # The same at every attempt, so that a mail system that gets one twice can tell; random, so that only whoever saw
    # the mail can report it as returned.
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField("จัดทำเมื่อ", default=timezone.now)
    sent_at = models.DateTimeField("ส่งเมื่อ", null=True)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = "อีเมลแจ้งเตือน"
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="outgoing_due", condition=Q(state__in=["queued", "sending"])
            ),
            models.Index(fields=["recipient", "-created_at"], name="outgoing_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="outgoing_sent_at"
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"


class MailSettings(models.Model):
    """How a person wants to be told by mail. Without a row: at once, and not at night."""

    class Delivery(models.TextChoices):
        AT_ONCE = "at_once", "ทันทีที่มีเรื่อง"
        DAILY = "daily", "สรุปวันละหนึ่งฉบับ (เช้า)"
        DUTIES = "duties", "เฉพาะเรื่องที่ข้าพเจ้ามีหน้าที่หรือมีกำหนดเวลา"

    person = models.OneToOneField(
        "organisation.Person", models.PROTECT, primary_key=True, related_name="mail_settings"
    )
    delivery = models.CharField("รับอีเมลแจ้งเตือน", max_length=10, choices=Delivery, default=Delivery.AT_ONCE)
    # Hours of the day in Asia/Bangkok; the same hour twice means that every hour is good.
    quiet_from = models.PositiveSmallIntegerField(
        "งดส่งตั้งแต่เวลา", default=20, validators=[MaxValueValidator(23)]
    )
    quiet_to = models.PositiveSmallIntegerField("จนถึงเวลา", default=7, validators=[MaxValueValidator(23)])

    class Meta:
        verbose_name = "การตั้งค่าอีเมลแจ้งเตือน"
        constraints = [
            models.CheckConstraint(condition=Q(quiet_from__lt=24, quiet_to__lt=24), name="mail_quiet_hours")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.delivery}"

    def is_quiet(self, at: dt.datetime) -> bool:
        hour = timezone.localtime(at).hour
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to

    def quiet_ends(self, at: dt.datetime) -> dt.datetime:
        """The next moment when mail may go out, for a moment in the quiet hours."""
        local = timezone.localtime(at)
        end = local.replace(hour=self.quiet_to, minute=0, second=0, microsecond=0)
        return end if end > local else end + dt.timedelta(days=1)
