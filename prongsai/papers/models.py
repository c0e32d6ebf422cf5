"""Signed versions of official papers."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q


class SignedPaper(models.Model):
    """A scan of a paper that somebody signed in ink. A later one never replaces an earlier one: ``number`` counts them.

    ``sha256`` is that of the file as it is kept, ``scan_sha256`` that of the whole scan, of which it may be some pages.
    ``reference`` and ``stamped_on`` say what the QR says; empty where the code was typed.
    """

    record_type = models.CharField(max_length=80)
    record_id = models.UUIDField()
    document = models.SlugField("เอกสาร", max_length=60)
    number = models.PositiveSmallIntegerField("ฉบับลงนามครั้งที่")
    reference = models.CharField("เลขที่อ้างอิง", max_length=200, blank=True)
    stamped_on = models.DateField("วันที่ในเอกสาร", null=True)
    pages = models.CharField("หน้าของสแกน", max_length=240)
    file = models.OneToOneField("files.SealedFile", models.PROTECT, related_name="signed_paper")
    sha256 = models.CharField(max_length=64)
    scan_sha256 = models.CharField(max_length=64)
    filed_by = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    filed_label = models.CharField("ผู้นำเข้า", max_length=400)
    filed_at = models.DateTimeField("นำเข้าเมื่อ")

    class Meta:
        verbose_name = verbose_name_plural = "เอกสารฉบับลงนาม"
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "record_id", "document", "number"], name="signedpaper_numbered"
            ),
            models.UniqueConstraint(
                fields=["record_type", "record_id", "document", "scan_sha256"], name="signedpaper_scan_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="signedpaper_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"ฉบับลงนามครั้งที่ {self.number}"


def signed_of(record_type: str, record_id: UUID) -> models.QuerySet[SignedPaper]:
    """The signed versions of a record's papers, oldest first."""
    found = SignedPaper.objects.filter(record_type=record_type, record_id=record_id)
    return found.select_related("file__working_copy", "file__envelope").order_by("document", "number")
