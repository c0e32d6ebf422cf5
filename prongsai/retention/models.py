"""Holds, lists of what is to be destroyed, and what stays of what was."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from prongsai.acts.models import Record


class Hold(Record):
    """A record that may not be destroyed while something depends on it. A hold always wins."""

    class State(models.TextChoices):
        PLACED = "placed", "ระงับการทำลาย"
        LIFTED = "lifted", "ยกเลิกการระงับแล้ว"

    class Cause(models.TextChoices):
        COURT = "court", "คดีในศาล"
        AUTHORITY = "authority", "ป.ป.ช. ป.ป.ท. หรือสำนักงานการตรวจเงินแผ่นดิน"
        APPEAL = "appeal", "การอุทธรณ์หรือร้องทุกข์"
        REQUEST = "request", "คำขอของผู้มีส่วนได้เสีย"
        HISTORY = "history", "มีคุณค่าทางประวัติศาสตร์"

    agency = models.ForeignKey("organisation.Agency", models.PROTECT, related_name="+")
    record_type = models.CharField(max_length=60)
    record_id = models.UUIDField()
    record_label = models.CharField("เลขที่เรื่อง", max_length=80)
    cause = models.CharField("เหตุ", max_length=10, choices=Cause)
    document_no = models.CharField("เลขที่หนังสือหรือคดี", max_length=100)
    placed_by = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    placed_label = models.CharField("ผู้ระงับ", max_length=300)
    lifted_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    lifted_label = models.CharField("ผู้ยกเลิก", max_length=300, blank=True)
    lifted_document_no = models.CharField("เลขที่หนังสือที่ยกเลิก", max_length=100, blank=True)

    class Meta:
        indexes = [models.Index(fields=["record_type", "record_id"])]
        constraints = [
            models.CheckConstraint(condition=~Q(lifted_by=F("placed_by")), name="hold_two_persons"),
            models.CheckConstraint(
                condition=~Q(state="lifted") | Q(lifted_by__isnull=False), name="hold_lifted_by"
            ),
        ]

    def __str__(self) -> str:
        return self.record_label


class DestructionList(Record):
    """บัญชีหนังสือขอทำลาย: made by the clock, handed in, approved, and after a time of grace carried out."""

    class State(models.TextChoices):
        DRAFT = "draft", "ร่างบัญชี"
        HANDED_IN = "handed_in", "เสนอขอทำลาย"
        APPROVED = "approved", "อนุมัติแล้ว รอพ้นระยะทบทวน"
        DONE = "done", "ทำลายแล้ว"
        STOPPED = "stopped", "ยุติการทำลาย"

    agency = models.ForeignKey("organisation.Agency", models.PROTECT, related_name="+")
    record_type = models.CharField(max_length=60)
    archive_letter_no = models.CharField("หนังสือถึงหอจดหมายเหตุแห่งชาติที่", max_length=100, blank=True)
    archive_letter_on = models.DateField("ลงวันที่", null=True)
    archive_agreed = models.BooleanField("หอจดหมายเหตุแห่งชาติเห็นชอบ", default=False)
    handed_in_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    handed_in_label = models.CharField("ผู้เสนอ", max_length=300, blank=True)
    approved_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    approved_label = models.CharField("ผู้อนุมัติ", max_length=300, blank=True)
    approved_on = models.DateField("อนุมัติเมื่อ", null=True)
    destroy_from = models.DateField("ทำลายได้ตั้งแต่", null=True)
    stopped_why = models.TextField("เหตุที่ยุติ", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(approved_by=F("handed_in_by")), name="destruction_two_persons"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "done"])
                | Q(approved_by__isnull=False, handed_in_by__isnull=False, destroy_from__isnull=False),
                name="destruction_approved_by",
            ),
            models.UniqueConstraint(
                fields=["agency", "record_type"],
                condition=Q(state__in=["draft", "handed_in", "approved"]),
                name="destruction_one_open",
            ),
        ]

    def __str__(self) -> str:
        return (
            f"บัญชีขอทำลาย {self.created_at:%d/%m}/{self.created_at.year + 543}"
            if self.created_at
            else "บัญชีขอทำลาย"
        )


class DestructionItem(models.Model):
    """A record on a list. ``contents`` is what the dry run counted; after the destruction, what really went."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", "รอ"
        DESTROYED = "destroyed", "ทำลายแล้ว"
        SPARED = "spared", "คงเก็บไว้"

    list = models.ForeignKey(DestructionList, models.PROTECT, related_name="items")
    record_id = models.UUIDField()
    record_label = models.CharField("เลขที่เรื่อง", max_length=80)
    last_active_on = models.DateField("มีความเคลื่อนไหวล่าสุด")
    due_on = models.DateField("ครบกำหนดเก็บ")
    contents = models.JSONField("สิ่งที่จะทำลาย", default=dict)
    outcome = models.CharField("ผล", max_length=10, choices=Outcome, default=Outcome.WAITING)
    why = models.CharField("เหตุที่คงไว้", max_length=200, blank=True)

    class Meta:
        ordering = ["last_active_on", "record_label"]
        constraints = [models.UniqueConstraint(fields=["list", "record_id"], name="destruction_item_once")]

    def __str__(self) -> str:
        return self.record_label


class Tombstone(models.Model):
    """What stays of a destroyed record: that it was there, how much went, when, by which list. Never deleted."""

    record_type = models.CharField(max_length=60)
    record_id = models.UUIDField(unique=True)
    record_label = models.CharField("เลขที่เรื่อง", max_length=80)
    list = models.ForeignKey(DestructionList, models.PROTECT, related_name="tombstones")
    last_active_on = models.DateField("มีความเคลื่อนไหวล่าสุด")
    destroyed_at = models.DateTimeField("ทำลายเมื่อ")
    contents = models.JSONField("สิ่งที่ทำลาย")

    def __str__(self) -> str:
        return self.record_label
