"""Five tables. Four of them can only grow; ``Pending`` is the queue between the first and the others.

=============  =======================================================================================
``Entry``      what happened; written in the transaction of the act itself
``Pending``    entries that are not in the tree yet; filled by a database trigger, emptied by ``integrate``
``Leaf``       the entry's place in the tree and its RFC 6962 leaf hash
``Node``       the hash of every complete subtree above the leaves
``Checkpoint`` the signed head of the tree after each ``integrate``
=============  =======================================================================================

The triggers are in the first migration, the privileges in ``roles.py``. There is no foreign key: rows cannot be removed,
and ``verify`` reports a leaf without its entry as well as an entry without its leaf.
"""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

APPEND_ONLY = ("ledger_entry", "ledger_leaf", "ledger_node", "ledger_checkpoint")


class Secrecy(models.TextChoices):
    """Secrecy classes; entries above S1 carry no secret text, only what may stand in a timeline."""

    S0 = "S0", "สาธารณะ"
    S1 = "S1", "ภายใน"
    S2 = "S2", "ข้อมูลส่วนบุคคล"
    S3 = "S3", "ลับ"
    S4 = "S4", "ตัวตนผู้แจ้ง"


class EntryQuerySet(models.QuerySet["Entry"]):
    def for_subject(self, subject_type: str, subject_id: object) -> "EntryQuerySet":
        """The timeline of one record, oldest first."""
        return self.filter(subject_type=subject_type, subject_id=str(subject_id)).order_by("id")

    def for_clauses(self, clauses: Iterable[str]) -> "EntryQuerySet":
        """Entries that are evidence for at least one of ``clauses``."""
        return self.filter(clauses__overlap=list(clauses))

    def public(self) -> "EntryQuerySet":
        return self.filter(secrecy=Secrecy.S0)


class Entry(models.Model):
    """One fact. ``leaf`` is the text that the tree hashes; its commitment covers the columns that it does not name."""

    uid = models.UUIDField("รหัสรายการ", unique=True)
    at = models.DateTimeField("เวลา")
    kind = models.TextField("การกระทำ")
    actor_id = models.BigIntegerField("รหัสผู้กระทำ", null=True)
    actor_label = models.TextField("ผู้กระทำ")
    subject_type = models.TextField("ประเภทเรื่อง", blank=True)
    subject_id = models.TextField("รหัสเรื่อง", blank=True)
    clauses = ArrayField(models.TextField(), verbose_name="ข้อตามประกาศ", default=list)
    province = models.CharField("จังหวัด", max_length=2)
    agency_id = models.BigIntegerField("หน่วยงาน", null=True)
    secrecy = models.CharField("ชั้นความลับ", max_length=2, choices=Secrecy.choices)
    content = models.JSONField("เนื้อหา")
    salt = models.BinaryField()
    leaf = models.TextField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "รายการในสมุดบันทึก"
        verbose_name_plural = "รายการในสมุดบันทึก"
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="ledger_entry_subject"),
            GinIndex(fields=["clauses"], name="ledger_entry_clauses"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(secrecy__in=Secrecy.values), name="ledger_entry_secrecy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"


class Pending(models.Model):
    """An entry waiting for the tree.

    A queue, and not "every id above the last one integrated": ids are taken before their transactions commit, so a
    slow transaction brings a lower id after a higher one is already in the tree.
    """

    entry = models.OneToOneField(
        Entry, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="pending"
    )

    def __str__(self) -> str:
        return str(self.pk)


class Leaf(models.Model):
    leaf_index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(
        Entry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="tree_leaf"
    )
    leaf_hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.leaf_index} → {self.entry_id}"


class Node(models.Model):
    """Hash of the complete subtree over leaves ``[index·2^level, (index+1)·2^level)``, ``level`` ≥ 1."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """``note`` is the C2SP signed note; ``root`` and ``tree_size`` repeat what it says, for queries."""

    tree_size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        get_latest_by = "tree_size"

    def __str__(self) -> str:
        return str(self.tree_size)
