"""The matter itself: what counts and routes in the open, all that it says sealed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from prongsai.acts.models import Record
from prongsai.complaints.models.choices import Authority, Ground, Item, RefusalGround


class Case(Record):
    class State(models.TextChoices):
        RECEIVED = "received", _("รับเรื่องแล้ว")
        SCREENING = "screening", _("อยู่ระหว่างกลั่นกรอง")
        MORE_INFO = "more_info", _("รอข้อมูลเพิ่มเติม")
        ACCEPT_PROPOSED = "accept_proposed", _("เสนอรับพิจารณา")
        REFUSE_PROPOSED = "refuse_proposed", _("เสนอไม่รับพิจารณา")
        ACCEPTED = "accepted", _("รับพิจารณา")
        REFUSED = "refused", _("ไม่รับพิจารณา")
        REFERRED = "referred", _("ส่งต่อหน่วยงานอื่นแล้ว")
        # Unsigned letters (M5.2.3): strong documents without a witness go to the head; rumour is kept as information.
        HEAD_DECIDES = "head_decides", _("รอผู้บริหารวินิจฉัยตามข้อ ๒.๓")
        KEEP_PROPOSED = "keep_proposed", _("เสนอเก็บเป็นข้อมูล")
        KEPT = "kept", _("เก็บเป็นข้อมูล")
        REVIEW = "review", _("อยู่ระหว่างทบทวนคำสั่งไม่รับ")
        FORWARDING = "forwarding", _("รอส่งต่อโดยปิดผนึก")  # about the governor: nobody here decides
        MERGED = "merged", _("รวมกับเรื่องอื่นแล้ว")
        FACT_FINDING = "factfinding", _("อยู่ระหว่างตรวจสอบข้อเท็จจริง")
        CONCLUDED = "concluded", _("สรุปผลแล้ว")
        ACTION = "action", _("อยู่ระหว่างดำเนินการตามผล")
        NO_ACTION = "no_action", _("ยุติเรื่อง")
        TRANSFERRED = "transferred", _("โอนเรื่องให้ ป.ป.ช. หรือ ป.ป.ท. แล้ว")
        NOTIFIED = "notified", _("แจ้งผลแล้ว")
        CLOSED = "closed", _("ปิดเรื่อง")

    class Class(models.TextChoices):
        CORRUPTION = "corruption", "ทุจริต"
        MISCONDUCT = "misconduct", "ประพฤติมิชอบ"
        ETHICS = "ethics", "จริยธรรม/ธรรมาภิบาล"
        SERVICE = "service", "การให้บริการ/ความล่าช้า"  # may go to the Damrongtham centre (AT-M5-17)
        OUT_OF_SCOPE = "out_of_scope", "นอกขอบเขต"

    class Foundation(models.TextChoices):
        FOUNDED = "founded", "มีมูล"
        UNCLEAR = "unclear", "ยังไม่ชัด"
        UNFOUNDED = "unfounded", "ไม่มีมูล"

    class Decision(models.TextChoices):
        ACCEPT = "accept", "รับพิจารณา"
        REFUSE = "refuse", "ไม่รับพิจารณา"
        REFER = "refer", "ส่งต่อหน่วยงานอื่น"
        KEEP = "keep", "เก็บเป็นข้อมูล"

    # Nobody owes anything more on these, unless new evidence comes; what an outcome counts as "done" in statistics.
    OVER = frozenset(
        {
            State.REFUSED,
            State.REFERRED,
            State.KEPT,
            State.MERGED,
            State.TRANSFERRED,
            State.NOTIFIED,
            State.CLOSED,
        }
    )

    number = models.CharField("เลขที่เรื่อง", max_length=60, unique=True)
    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ พ.ศ.")
    sequence = models.PositiveIntegerField()
    received_on = models.DateField("วันที่รับเรื่อง")
    case_class = models.CharField("ประเภท", max_length=20, choices=Class, blank=True)
    grounds = ArrayField(
        models.CharField(max_length=2, choices=Ground), default=list, verbose_name="เหตุแห่งการร้องเรียน"
    )
    main_ground = models.CharField("เหตุหลัก", max_length=2, choices=Ground, blank=True)
    accused_agency = models.ForeignKey(
        "organisation.Agency", on_delete=models.PROTECT, null=True, verbose_name="หน่วยงานที่ถูกร้องเรียน"
    )
    accused_outside = models.BooleanField("หน่วยงานอื่นนอกจังหวัด", default=False)  # named in the sealed file
    agency = models.ForeignKey(
        "organisation.Agency", on_delete=models.PROTECT, related_name="+"
    )  # who handles it
    # The same matter came more than once (AT-M5-15): the later case leads here and keeps its envelopes and receipts.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged", verbose_name="รวมกับเรื่อง"
    )
    # Routing (M5.2.2.2): the centre itself is named or reports to who is; about the governor, nobody but the custodians.
    handled_above = models.BooleanField("ผู้บริหารรับผิดชอบแทนศูนย์", default=False)
    custodians_only = models.BooleanField(default=False)
    forward_to = models.CharField("ส่งต่อโดยปิดผนึกถึง", max_length=4, choices=Authority, blank=True)
    forward_with_name = models.BooleanField("ผู้ร้องเรียนให้แจ้งชื่อ", default=False)
    lead_only = models.BooleanField("แจ้งเบาะแส", default=False)
    harmed = models.BooleanField("ระบุความเดือดร้อนหรือเสียหาย", default=False)
    anonymous = models.BooleanField(default=False)
    # Confirmed by a one-time code, or by hand: else the matter is "unsigned" and takes the test of M5.2.3 (AT-M5-30).
    signed = models.BooleanField("ลงลายมือชื่อหรือยืนยันแล้ว", default=False)
    evidence_test = models.BooleanField("ระบุหลักฐานแวดล้อมชัดแจ้ง (ข้อ ๒.๓)", null=True)
    witness_test = models.BooleanField("ชี้พยานบุคคลแน่นอน (ข้อ ๒.๓)", null=True)
    tested_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    tested_label = models.CharField(max_length=300, blank=True)
    test_signed_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    test_signed_label = models.CharField(max_length=300, blank=True)
    items_missing = ArrayField(
        models.CharField(max_length=10, choices=Item), default=list, verbose_name="รายการที่ขาด"
    )
    impolite = models.BooleanField("มีถ้อยคำไม่สุภาพ", default=False)
    event_long_ago = models.BooleanField("เหตุเกิดก่อน พ.ศ. ๒๕๐๐", default=False)

    envelope = models.ForeignKey("sealed.Envelope", on_delete=models.PROTECT, related_name="+")
    file = models.BinaryField()  # sealed: the case file as filed (S3)

    # Screening. Texts are sealed rows of CaseNote; here is what counts and guards.
    handler = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, null=True, related_name="+")
    handler_label = models.CharField("ผู้รับผิดชอบ", max_length=300, blank=True)
    in_scope = models.BooleanField("อยู่ในขอบเขต", null=True)
    accused_staff_type = models.CharField(max_length=40, blank=True)
    foundation = models.CharField("มูลของเรื่อง", max_length=10, choices=Foundation, blank=True)
    checked_at = models.DateTimeField("ตรวจสอบเบื้องต้นเมื่อ", null=True)
    asked_at = models.DateTimeField("ขอข้อมูลเพิ่มเมื่อ", null=True)
    unanswered = models.BooleanField("ผู้ร้องมิได้ตอบภายในกำหนด", default=False)
    reopened = models.BooleanField("เปิดใหม่ด้วยหลักฐานเพิ่มเติม", default=False)
    decision = models.CharField("คำวินิจฉัย", max_length=10, choices=Decision, blank=True)
    refusal_ground = models.CharField("เหตุที่ไม่รับพิจารณา", max_length=10, choices=RefusalGround, blank=True)
    proposed_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    proposed_label = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_label = models.CharField(max_length=300, blank=True)
    decided_on = models.DateField("วันที่วินิจฉัย", null=True)

    # Whoever above the handlers is asked to decide: on an unsigned letter (M5.2.3), or to review a refusal.
    executive = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    executive_label = models.CharField("ผู้บริหารผู้วินิจฉัย", max_length=300, blank=True)
    review_asked_at = models.DateTimeField("ขอให้ทบทวนเมื่อ", null=True)
    review_upheld = models.BooleanField("ผลการทบทวน: ให้กลั่นกรองใหม่", null=True)
    transfer_to = models.CharField("เสนอโอนเรื่องให้", max_length=4, choices=Authority, blank=True)
    transfer_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    transfer_label = models.CharField(max_length=300, blank=True)
    # For the register of non-conformities (M7.1.3), where measure 7 reads it.
    nonconformity = models.BooleanField("ต้องบันทึกเป็นการปฏิบัติที่ไม่เป็นไปตามหลักเกณฑ์", default=False)
    # When its content was destroyed at the end of its time; what counts stays (``keeping.py``).
    destroyed_at = models.DateTimeField("ทำลายเนื้อหาเมื่อ", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "fiscal_year", "sequence"], name="case_sequence_once"),
            # Two persons decide, whatever a form or a program says (M5.2.4).
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")) | Q(decision="refer"), name="case_two_persons"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "refused", "kept"])
                | Q(decided_by__isnull=False, proposed_by__isnull=False),
                name="case_decision_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refuse_proposed", "refused"]) | ~Q(refusal_ground=""),
                name="case_refusal_ground",
            ),
            models.CheckConstraint(
                condition=~Q(test_signed_by=F("tested_by")), name="case_test_signed_by_two"
            ),
            models.CheckConstraint(
                condition=Q(custodians_only=True) | ~Q(state="forwarding"), name="case_forwarding_sealed"
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | ~Q(state="merged") & Q(merged_into__isnull=True),
                name="case_merged_into",
            ),
        ]
        indexes = [
            models.Index(fields=["province", "state"]),
            models.Index(fields=["province", "received_on"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def matter(self) -> Case:
        """The case that is worked on: itself, or the one that it was merged into."""
        return self.merged_into or self

    def all_receipts(self) -> models.QuerySet:
        """Every receipt of the matter, those of merged cases too; oldest first."""
        from prongsai.complaints.models.receipt import Receipt

        return Receipt.objects.filter(Q(case=self) | Q(case__merged_into=self)).order_by("received_at", "pk")
