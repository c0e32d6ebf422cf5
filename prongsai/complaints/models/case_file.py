"""What is added to a case: evidence, officers' notes, the letter of referral, who is shut out."""

from __future__ import annotations

from django.db import models

from prongsai.complaints.models.case import Case
from prongsai.complaints.models.receipt import Receipt


class Evidence(models.Model):
    """A piece of evidence as a file. Documents, objects and witnesses that are only described stand in the case file."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", "พยานเอกสาร"
        OBJECT = "object", "พยานวัตถุ"
        WITNESS = "witness", "พยานบุคคล"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DOCUMENT)
    file = models.ForeignKey("files.SealedFile", on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()


class CaseNote(models.Model):
    """What officers write in the case file: sealed to the team, never changed, never deleted."""

    class Kind(models.TextChoices):
        ASSESSMENT = "assessment", "บันทึกการกลั่นกรอง"
        CHECK = "check", "การตรวจสอบเบื้องต้น"
        UNSIGNED = "unsigned", "การพิจารณาตามข้อ ๒.๓"
        PROPOSAL = "proposal", "เหตุผลที่เสนอ"
        RETURN = "return", "เหตุผลที่ส่งคืน"
        DECISION = "decision", "เหตุผลประกอบคำวินิจฉัย"
        REFERRAL = "referral", "การส่งต่อ"
        WORKING = "working", "ข้อความใช้งาน (ปกปิดแล้ว)"
        # Of older files only: what the accused is told is written by the committee that hears him (``inquiries``).
        SUMMARY = "summary", "สรุปข้อกล่าวหาสำหรับผู้ถูกร้องเรียน"
        REVIEW = "review", "การทบทวนคำสั่งไม่รับ"
        RECUSAL = "recusal", "การแจ้งส่วนได้เสียและการมอบหมาย"
        REPLY = "reply", "หนังสือตอบของหน่วยงานที่รับเรื่อง"
        MERGER = "merger", "การรวมเรื่อง"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=Kind)
    version = models.PositiveSmallIntegerField("ฉบับที่", default=1)  # among the notes of its kind
    sealed = models.BinaryField()
    author = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    author_label = models.CharField(max_length=300)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]


class Referral(models.Model):
    """The letter by which a matter goes to the authority that is competent for it."""

    class Way(models.TextChoices):
        HAND = "hand", "นำส่งด้วยตนเอง"
        POST = "post", "ไปรษณีย์ลงทะเบียนตอบรับ"
        ELECTRONIC = "electronic", "ระบบรับส่งหนังสืออิเล็กทรอนิกส์ที่เข้ารหัส"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="referral")
    to_authority = models.CharField("ส่งถึง", max_length=200)
    letter_no = models.CharField("เลขที่หนังสือ", max_length=80)
    letter_date = models.DateField("ลงวันที่")
    sent_by = models.CharField("วิธีส่ง", max_length=20, choices=Way, blank=True)
    sent_label = models.CharField("ผู้ส่ง", max_length=300, blank=True)
    reply_no = models.CharField("เลขที่หนังสือตอบ", max_length=80, blank=True)
    reply_date = models.DateField("หนังสือตอบลงวันที่", null=True)


class Exclusion(models.Model):
    """A person who never sees or decides this case: named in it, under the accused, or in conflict."""

    class Why(models.TextChoices):
        ROUTING = "routing", "ถูกระบุชื่อ หรืออยู่ใต้บังคับบัญชาของผู้ถูกร้องเรียน"
        CONFLICT = "conflict", "แจ้งส่วนได้เสีย"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exclusions")
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why, default=Why.ROUTING)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="exclusion_once")]


class Accused(models.Model):
    """Somebody of the staff list who is named as the accused: a keyed hash, so that the database alone names nobody.

    Whoever is this person, or comes to stand under him, is kept from the case also when he joins the centre later.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="accused_marks", db_index=False)
    mark = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "mark"], name="accused_once")]
