"""Files of sealed records. Name, type and key are sealed to the record's envelope; the address is a random id."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    """What is known about harmful content. Nothing is said to be clean that nobody looked at."""

    NOT_SCANNED = "not_scanned", _("ยังไม่ได้ตรวจ")
    CLEAN = "clean", _("ตรวจแล้วไม่พบสิ่งอันตราย")
    HARMFUL = "harmful", _("ตรวจพบสิ่งอันตราย")


class SealedFile(models.Model):
    """One file of one record. ``digest`` is SHA-256 over a salt (sealed, in ``sealed_meta``) and the plain bytes.

    A removed file keeps its row: the key is gone, who removed it and when stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_type = models.CharField(_("ประเภทเรื่อง"), max_length=80)
    record_id = models.CharField(_("รหัสเรื่อง"), max_length=64)
    envelope = models.ForeignKey("sealed.Envelope", models.PROTECT, related_name="files")
    size = models.BigIntegerField(_("ขนาด (ไบต์)"))
    digest = models.BinaryField()
    sealed_meta = models.BinaryField()
    sealed_key = models.BinaryField(null=True)
    path = models.CharField(max_length=80, unique=True)
    scan_state = models.CharField(
        _("ผลการตรวจไฟล์"), max_length=12, choices=ScanState.choices, default=ScanState.NOT_SCANNED
    )
    created_at = models.DateTimeField(_("แนบเมื่อ"), auto_now_add=True)
    removed_at = models.DateTimeField(_("นำออกเมื่อ"), null=True)
    removed_by = models.CharField(_("ผู้นำออก"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("ไฟล์แนบ")
        verbose_name_plural = _("ไฟล์แนบ")
        indexes = [
            models.Index(fields=["record_type", "record_id", "created_at"], name="sealedfile_of_record")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=0), name="sealedfile_size_not_negative"),
            models.CheckConstraint(
                name="sealedfile_removed_has_no_key",
                condition=Q(removed_at__isnull=True, removed_by="", sealed_key__isnull=False)
                | Q(removed_at__isnull=False, sealed_key__isnull=True) & ~Q(removed_by=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def meta_context(self) -> str:
        return f"file:{self.id}:meta"

    @property
    def key_context(self) -> str:
        return f"file:{self.id}:key"
