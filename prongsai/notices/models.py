"""The inbox of every officer."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NoticeQuerySet(models.QuerySet):
    def of(self, person_id: int) -> Self:
        return self.filter(recipient_id=person_id)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One sentence for one person. It names a record by its number and never tells what stands in it (§2.2)."""

    recipient = models.ForeignKey(
        "organisation.Person", models.PROTECT, related_name="notices", verbose_name=_("ผู้รับ")
    )
    text = models.CharField(_("ข้อความ"), max_length=500)
    url = models.CharField(max_length=500, blank=True)
    kind = models.CharField(_("ประเภท"), max_length=60, blank=True)
    clause = models.CharField(_("ข้อ"), max_length=30, blank=True)
    record_type = models.CharField(max_length=60, blank=True)
    record_id = models.CharField(max_length=60, blank=True)
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
        ]

    def __str__(self) -> str:
        return self.text
