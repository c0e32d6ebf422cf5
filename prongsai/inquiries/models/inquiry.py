"""The inquiry, its committee, its sealed notes and its evidence."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from prongsai.acts.models import Record
from prongsai.complaints.models import Case
from prongsai.inquiries.models.choices import Outcome


class Inquiry(Record):
    """การสอบข้อเท็จจริง. ``agency``: the accused one. The case has one inquiry that is not over, at most."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "รอผู้มีอำนาจสั่ง"
        ORDERED = "ordered", "รอกรรมการแถลงการมีส่วนได้เสีย"
        WORKING = "working", "อยู่ระหว่างสอบข้อเท็จจริง"
        REPORTED = "reported", "เสนอรายงานแล้ว รอวินิจฉัย"
        ACTION = "action", "วินิจฉัยให้ดำเนินการ"
        NO_ACTION = "no_action", "วินิจฉัยให้ยุติเรื่อง"
        TRANSFERRED = "transferred", "โอนเรื่องให้หน่วยงานไต่สวนแล้ว"

    OPEN = (State.PROPOSED.value, State.ORDERED.value, State.WORKING.value, State.REPORTED.value)
    DECIDED = (State.ACTION.value, State.NO_ACTION.value)

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="inquiries")
    agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT, related_name="+")
    number = models.CharField("เลขที่การสอบข้อเท็จจริง", max_length=60, unique=True)
    envelope = models.ForeignKey("sealed.Envelope", on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    proposed_label = models.CharField("ผู้เสนอ", max_length=300)
    proposed_on = models.DateField("เสนอเมื่อ")
    order_no = models.CharField("คำสั่งที่", max_length=80, blank=True)
    order_date = models.DateField("ลงวันที่", null=True)
    ordered_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    ordered_label = models.CharField("ผู้สั่ง", max_length=300, blank=True)
    report_due_on = models.DateField("กำหนดรายงาน", null=True)
    extensions = models.PositiveSmallIntegerField("ขยายเวลาแล้ว (ครั้ง)", default=0)
    reported_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reported_label = models.CharField("ผู้เสนอรายงาน", max_length=300, blank=True)
    reported_on = models.DateField("เสนอรายงานเมื่อ", null=True)
    decided_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_label = models.CharField("ผู้วินิจฉัย", max_length=300, blank=True)
    decided_on = models.DateField("วินิจฉัยเมื่อ", null=True)
    outcome = models.CharField("ผล", max_length=12, choices=Outcome, blank=True)
    notified_at = models.DateTimeField("แจ้งผลผู้ร้องเรียนเมื่อ", null=True)
    # The PACC sent the matter: the clocks of s.41 of its Act run from the receipt of its letter.
    pacc_letter_no = models.CharField("หนังสือสำนักงาน ป.ป.ท. ที่", max_length=80, blank=True)
    pacc_letter_on = models.DateField("รับหนังสือสำนักงาน ป.ป.ท. เมื่อ", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=("proposed", "ordered", "working", "reported")),
                name="inquiry_one_open_per_case",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(ordered_by__isnull=False, order_date__isnull=False),
                name="inquiry_ordered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("action", "no_action"))
                | Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(outcome=""),
                name="inquiry_decision_signed",
            ),
            # Whoever reports does not decide (nobody approves their own).
            models.CheckConstraint(condition=~Q(decided_by=F("reported_by")), name="inquiry_two_persons"),
        ]
        indexes = [models.Index(fields=["province", "state"], name="inquiry_by_state")]

    def __str__(self) -> str:
        return self.number

    def sitting(self) -> models.QuerySet[Seat]:
        """The seats of today: without who withdrew or was replaced."""
        return self.seats.filter(state__in=Seat.SITTING).order_by("pk_order")

    def put(self, kind: str, content: Any, *, step: Any, about: Any = None) -> Note:
        """A sealed note of the inquiry, or of one of its parts (``about``)."""
        key = str(about.pk) if about is not None else ""
        return Note.objects.create(
            inquiry=self,
            kind=kind,
            about=key,
            sealed=self.envelope.put(content, context=note_context(self.pk, kind, key)),
            author_label=step.actor.label,
            written_at=step.now,
        )


def note_context(inquiry_id: Any, kind: str, about: str) -> str:
    return f"inquiry:{inquiry_id}:{kind}:{about}"


class PartOfInquiry(Record):
    """The base of what belongs to an inquiry and has a state of its own. ``number`` counts within the inquiry."""

    number = models.PositiveSmallIntegerField("ลำดับ")

    class Meta:
        abstract = True

    inquiry: Any

    @property
    def agency_id(self) -> int:
        return self.inquiry.agency_id

    @property
    def case_id(self) -> Any:
        return self.inquiry.case_id


class Seat(Record):
    """A member of the committee by name and post of the day of the order; declares before reading anything."""

    class State(models.TextChoices):
        ASKED = "asked", "รอแถลงการมีส่วนได้เสีย"
        CLEAR = "clear", "แถลงว่าไม่มีส่วนได้เสีย"
        WITHDRAWN = "withdrawn", "แถลงว่ามีส่วนได้เสีย พ้นจากคณะกรรมการ"
        REPLACED = "replaced", "พ้นจากคณะกรรมการตามคำสั่ง"

    class Role(models.TextChoices):
        CHAIR = "chair", "ประธานกรรมการ"
        MEMBER = "member", "กรรมการ"
        SECRETARY = "secretary", "กรรมการและเลขานุการ"

    SITTING = (State.ASKED.value, State.CLEAR.value)

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    label = models.CharField("กรรมการ", max_length=300)
    role = models.CharField("หน้าที่", max_length=10, choices=Role)
    pk_order = models.PositiveSmallIntegerField()
    order_no = models.CharField("คำสั่งที่", max_length=80)
    declared_at = models.DateTimeField("แถลงเมื่อ", null=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by", verbose_name="แต่งตั้งแทน"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry", "person"],
                condition=Q(state__in=("asked", "clear")),
                name="inquiry_seat_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["inquiry"],
                condition=Q(role="chair", state__in=("asked", "clear")),
                name="inquiry_seat_one_chair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry.number} กรรมการที่ {self.pk_order}"

    @property
    def agency_id(self) -> int:
        return self.inquiry.agency_id


class Note(models.Model):
    """A sealed text of an inquiry: never changed, never deleted; the newest of a kind is the one in force."""

    class Kind(models.TextChoices):
        WORKING_TEXT = "working_text", "บทสรุปเรื่องที่ปกปิดผู้ร้องเรียน"
        ACCUSED = "accused", "ผู้ถูกกล่าวหาตามคำร้อง"
        WHO = "who", "ชื่อและตำแหน่ง"
        CONFLICT = "conflict", "เหตุแห่งการมีส่วนได้เสีย"
        ASKED = "asked", "เรื่องที่ขอให้ชี้แจงหรือให้ถ้อยคำ"
        ANSWER = "answer", "คำชี้แจง"
        UNCOOPERATIVE = "uncooperative", "ข้อเท็จจริงเรื่องการไม่ให้ความร่วมมือ"
        STATEMENT = "statement", "ถ้อยคำ"
        CORRECTION = "correction", "ข้อแก้ไขเมื่ออ่านทวน"
        UNSIGNED = "unsigned", "เหตุที่ไม่ลงลายมือชื่อ"
        EVIDENCE = "evidence", "รายการพยานหลักฐาน"
        SUMMARY = "summary", "สรุปข้อกล่าวหา"
        DEFENCE = "defence", "คำชี้แจงแก้ข้อกล่าวหา"
        FINDING = "finding", "เหตุผลของความเห็น"
        EXTENSION = "extension", "เหตุผลที่ขยายเวลา"
        REPLACEMENT = "replacement", "เหตุที่เปลี่ยนกรรมการ"
        REPORT = "report", "รายงานผลการสอบข้อเท็จจริง"
        RETURN = "return", "เหตุผลที่ให้สอบเพิ่มเติม"
        DECISION = "decision", "เหตุผลประกอบคำวินิจฉัย"
        SANCTION = "sanction", "รายละเอียดคำสั่ง"
        APPEAL = "appeal", "การอุทธรณ์และผล"

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=14, choices=Kind)
    about = models.CharField(max_length=36, blank=True)  # the id of the part that it is of
    sealed = models.BinaryField()
    author_label = models.CharField(max_length=300)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
        indexes = [models.Index(fields=["inquiry", "about", "kind"], name="inquiry_note_of")]

    @property
    def context(self) -> str:
        return note_context(self.inquiry_id, self.kind, self.about)


class InquiryEvidence(models.Model):
    """A file in the inquiry's envelope: chosen from the case by the handler, or gathered by the committee."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="evidence")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey("files.SealedFile", on_delete=models.PROTECT, related_name="+")
    from_case = models.BooleanField("จากสำนวนเรื่องร้องเรียน", default=False)
    added_label = models.CharField(max_length=300)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "number"], name="inquiry_evidence_numbered")
        ]
