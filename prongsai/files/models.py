"""Files of records. Name, type and key are sealed to a secret record's envelope; the address is a random id."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    """What is known about harmful content. Nothing is said to be clean that nobody looked at."""

    NOT_SCANNED = "not_scanned", _("ยังไม่ได้ตรวจ")
    CLEAN = "clean", _("ตรวจแล้วไม่พบไวรัส")
    HARMFUL = "harmful", _("พบไวรัส")


class SealedFile(models.Model):
    """One file of one record. ``digest`` is SHA-256 over a salt (sealed, in ``sealed_meta``) and the plain bytes.

    A working copy is a row of its own that names its ``original``: the same file without hidden data, and what is given
    out by default. A removed file keeps its row: the key is gone, who removed it and when stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_type = models.CharField(_("ประเภทเรื่อง"), max_length=80)
    record_id = models.CharField(_("รหัสเรื่อง"), max_length=64)
    # None: the record is not secret, and name and key stand in the row (``unsealed``).
    envelope = models.ForeignKey("sealed.Envelope", models.PROTECT, null=True, related_name="files")
    size = models.BigIntegerField(_("ขนาด (ไบต์)"))
    digest = models.BinaryField()
    sealed_meta = models.BinaryField()
    sealed_key = models.BinaryField(null=True)
    path = models.CharField(max_length=80, unique=True)
    scan_state = models.CharField(
        _("ผลการตรวจไฟล์"), max_length=12, choices=ScanState.choices, default=ScanState.NOT_SCANNED
    )
    scanned_at = models.DateTimeField(_("ตรวจไฟล์เมื่อ"), null=True)
    original = models.OneToOneField("self", models.PROTECT, null=True, related_name="working_copy")
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
    def blob(self) -> Path:
        return Path(settings.FILES_ROOT) / self.path

    @property
    def given_out(self) -> "SealedFile":
        """The working copy where there is one, otherwise the file itself."""
        return getattr(self, "working_copy", self)

    @property
    def meta_context(self) -> str:
        return f"file:{self.id}:meta"

    @property
    def key_context(self) -> str:
        return f"file:{self.id}:key"


class WaitingScan(models.Model):
    """A file that the scanner could not look at, and its key in a box of the house, until it can. Never in a backup."""

    file = models.OneToOneField(SealedFile, models.CASCADE, related_name="waiting_scan")
    sealed_key = models.BinaryField()
    until = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("ไฟล์ที่รอการตรวจ")

    def __str__(self) -> str:
        return str(self.file_id)
