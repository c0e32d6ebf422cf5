"""What is recorded of complaints (measure 5). Everything that a complaint says is sealed; what is open counts and routes.

A *receipt* is one incoming message (by any channel), a *case* is the matter: several receipts may lead to one case. The
sender's identity (S4) has an envelope of its own, split between handlers and custodians; what passes between the sender
and the centre has another, which the tracking code opens; the case file (S3) is the team's.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from prongsai.acts.models import Record


class Ground(models.TextChoices):
    """The five grounds of M5.2.1.1, gravest first."""

    CORRUPTION = "G1", _("กระทำการทุจริตต่อหน้าที่ราชการ")
    MALFEASANCE = "G2", _("กระทำความผิดต่อตำแหน่งหน้าที่ราชการ")
    NEGLECT = "G3", _("ละเลยหน้าที่ตามที่กฎหมายกำหนดให้ต้องปฏิบัติ")
    DELAY = "G4", _("ปฏิบัติหน้าที่ล่าช้าเกินสมควร")
    BEYOND_POWER = "G5", _("กระทำการนอกเหนืออำนาจหน้าที่ หรือขัดหรือไม่ถูกต้องตามกฎหมาย")

    @property
    def practice(self) -> str:
        return f"M5.2.1.1.({self.value[1]})"


class Channel(models.TextChoices):
    """The channels of M5.2.5, the confidential one of M6.2.3.(12), and other agencies. The web is open in this version."""

    CENTRE = "centre", _("ศูนย์ปฏิบัติการต่อต้านการทุจริต ด้วยตนเอง")
    WEB = "web", _("เว็บไซต์")
    DAMRONGTHAM = "damrongtham", _("ศูนย์ดำรงธรรม")
    POST_SIGNED = "post_signed", _("ไปรษณีย์ (ลงชื่อ)")
    POST_ANONYMOUS = "post_anonymous", _("ไปรษณีย์ (บัตรสนเท่ห์)")
    PHONE = "phone", _("โทรศัพท์")
    CONFIDENTIAL = "confidential", _("ช่องทางลับ")
    AGENCY = "agency", _("หน่วยงานอื่นส่งมา")


class Item(models.TextChoices):
    """The seven items of M5.2.2."""

    SENDER = "M5.2.2.1", _("ชื่อและที่อยู่ของผู้ร้องเรียน")
    ACCUSED = "M5.2.2.2", _("ชื่อหน่วยงานหรือเจ้าหน้าที่ที่เกี่ยวข้อง")
    ACTS = "M5.2.2.3", _("การกระทำที่เป็นเหตุแห่งการร้องเรียน")
    REQUEST = "M5.2.2.4", _("คำขอของผู้ร้องเรียน")
    SIGNATURE = "M5.2.2.5", _("ลายมือชื่อของผู้ร้องเรียน")
    DATE = "M5.2.2.6", _("วัน เดือน ปี")
    EVIDENCE = "M5.2.2.7", _("พยานเอกสาร พยานวัตถุ พยานบุคคล (ถ้ามี)")


class RefusalGround(models.TextChoices):
    """When a complaint may be refused (M5.2.1, M5.2.3, M5.2.4). "May": never by the system, never by one person."""

    NOT_HARMED = "2.1.1", _("ผู้ร้องเรียนมิได้รับความเดือดร้อนหรือเสียหาย (ข้อ ๒.๑.๑)")
    UNFOUNDED = "2.1.2", _("เป็นกระแสข่าวที่ไม่มีมูล (ข้อ ๒.๑.๒)")
    ANONYMOUS = "2.3", _("บัตรสนเท่ห์ที่ไม่ระบุหลักฐานแวดล้อมและพยานบุคคล (ข้อ ๒.๓)")
    UNWRITTEN = "2.4.1", _("มิได้ทำเป็นหนังสือ (ข้อ ๒.๔.๑)")
    NO_EVIDENCE = "2.4.2", _("ไม่ระบุพยานหรือหลักฐานที่เพียงพอ (ข้อ ๒.๔.๒)")
    INCOMPLETE = "2.4.3", _("ไม่มีรายการตามข้อ ๒.๒ (ข้อ ๒.๔.๓)")

    @property
    def practice(self) -> str:
        return f"M5.{self.value}"


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

    class Class(models.TextChoices):
        CORRUPTION = "corruption", "ทุจริต"
        MISCONDUCT = "misconduct", "ประพฤติมิชอบ"
        ETHICS = "ethics", "จริยธรรม/ธรรมาภิบาล"
        OUT_OF_SCOPE = "out_of_scope", "นอกขอบเขต"

    class Foundation(models.TextChoices):
        FOUNDED = "founded", "มีมูล"
        UNCLEAR = "unclear", "ยังไม่ชัด"
        UNFOUNDED = "unfounded", "ไม่มีมูล"

    class Decision(models.TextChoices):
        ACCEPT = "accept", "รับพิจารณา"
        REFUSE = "refuse", "ไม่รับพิจารณา"
        REFER = "refer", "ส่งต่อหน่วยงานอื่น"

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
    lead_only = models.BooleanField("แจ้งเบาะแส", default=False)
    harmed = models.BooleanField("ระบุความเดือดร้อนหรือเสียหาย", default=False)
    anonymous = models.BooleanField(default=False)
    # Confirmed by a one-time code, or by hand: else the matter is "unsigned" and takes the test of M5.2.3 (AT-M5-30).
    signed = models.BooleanField("ลงลายมือชื่อหรือยืนยันแล้ว", default=False)
    evidence_test = models.BooleanField("ระบุหลักฐานแวดล้อมชัดแจ้ง (ข้อ ๒.๓)", null=True)
    witness_test = models.BooleanField("ชี้พยานบุคคลแน่นอน (ข้อ ๒.๓)", null=True)
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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "fiscal_year", "sequence"], name="case_sequence_once"),
            # Two persons decide, whatever a form or a program says (M5.2.4).
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")) | Q(decision="refer"), name="case_two_persons"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "refused"])
                | Q(decided_by__isnull=False, proposed_by__isnull=False),
                name="case_decision_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refuse_proposed", "refused"]) | ~Q(refusal_ground=""),
                name="case_refusal_ground",
            ),
        ]
        indexes = [
            models.Index(fields=["province", "state"]),
            models.Index(fields=["province", "received_on"]),
        ]

    def __str__(self) -> str:
        return self.number


class Receipt(models.Model):
    """One incoming message. The web fills what it knows; staff intake (later channels) fills the rest."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="receipts")
    channel = models.CharField("ช่องทาง", max_length=20, choices=Channel)
    received_at = models.DateTimeField("รับเมื่อ")
    received_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    written_by_staff = models.BooleanField(default=False)
    readback_confirmed = models.BooleanField(default=False)
    # The form's own random token, hashed: the same form sent twice is one receipt (and gets the same answer).
    token_hash = models.BinaryField(unique=True)
    code_hash = models.BinaryField(unique=True)  # keyed hash of the tracking code
    correspondence = models.ForeignKey("sealed.Envelope", on_delete=models.PROTECT, related_name="+")
    copy = models.BinaryField()  # sealed: what the sender filed, as text that the proof of filing covers
    copy_sha256 = models.CharField(max_length=64)  # of salt and text; the salt is inside the sealed copy
    entry_id = models.BigIntegerField(null=True)  # the ledger entry of the filing

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(channel__in=["phone", "centre", "damrongtham"], written_by_staff=True)
                | Q(readback_confirmed=True),
                name="receipt_read_back",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.channel}"


class Identity(models.Model):
    """Who sent a receipt (S4). The key of its envelope is split; nobody opens it alone."""

    class Signature(models.TextChoices):
        HANDWRITTEN = "handwritten", "ลายมือชื่อ"
        ONLINE = "online", "ยืนยันออนไลน์"
        PHONE = "phone", "ยืนยันทางโทรศัพท์"
        NONE = "none", "ยังมิได้ยืนยัน"

    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="identity")
    envelope = models.ForeignKey("sealed.Envelope", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    signature = models.CharField(max_length=20, choices=Signature, default=Signature.NONE)
    wants_secret = models.BooleanField("ขอให้ปกปิดชื่อและที่อยู่", default=True)


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

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=Kind)
    sealed = models.BinaryField()
    author = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    author_label = models.CharField(max_length=300)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]


class Message(models.Model):
    """Between the centre and the sender, through the tracking page. A draft notice waits for the second person."""

    class Way(models.TextChoices):
        TO_SENDER = "to_sender", _("ถึงผู้ร้องเรียน")
        FROM_SENDER = "from_sender", _("จากผู้ร้องเรียน")

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="messages")
    way = models.CharField(max_length=12, choices=Way)
    title = models.CharField(max_length=120)  # a neutral heading, never content
    sealed = models.BinaryField()
    # Of the form on the sender's page: the same form sent twice is one message.
    token_hash = models.BinaryField(null=True, unique=True)
    written_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)  # None: not to be shown to the sender yet

    class Meta:
        ordering = ["written_at", "pk"]


class Referral(models.Model):
    """The letter by which a matter goes to the authority that is competent for it."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="referral")
    to_authority = models.CharField("ส่งถึง", max_length=200)
    letter_no = models.CharField("เลขที่หนังสือ", max_length=80)
    letter_date = models.DateField("ลงวันที่")


class Exclusion(models.Model):
    """A person who never sees or decides this case: named in it, or in conflict."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exclusions")
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    by_rule = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="exclusion_once")]


class TrackLock(models.Model):
    """Wrong tracking codes per number typed, whether such a number exists or not (AT-M5-16)."""

    number_hash = models.BinaryField(primary_key=True)
    failures = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    LIMIT = 5
    PERIOD = dt.timedelta(minutes=15)


class OneTimeCode(models.Model):
    """A code on its way to the sender's phone or mailbox. Only a keyed hash is kept, for ten minutes and five guesses."""

    receipt = models.OneToOneField(Receipt, on_delete=models.CASCADE, related_name="one_time_code")
    code_hash = models.BinaryField()
    expires_at = models.DateTimeField()
    guesses_left = models.PositiveSmallIntegerField()
    sent = models.PositiveSmallIntegerField(default=1)
    first_sent_at = models.DateTimeField()


class Reveal(Record):
    """One request to see who a sender is: asked by a handler, allowed by a custodian, seen once for a quarter of an hour.

    Nothing of it is ever overwritten: a further look is a further request (C37). What was wanted and why is sealed to
    the handler and the custodians; the purpose counts and is told to the sender.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("รอผู้เก็บรักษาข้อมูล")
        APPROVED = "approved", _("อนุญาตแล้ว")
        OPENED = "opened", _("เปิดดูแล้ว")
        DECLINED = "declined", _("ไม่อนุญาต")
        LAPSED = "lapsed", _("พ้นกำหนด")

    class Purpose(models.TextChoices):
        CONTACT = "contact", _("ติดต่อขอข้อมูลหรือสอบปากคำ")
        PROTECTION = "protection", _("คุ้มครองผู้ร้องเรียน")
        COURT = "court", _("คำสั่งศาล")
        AUTHORITY = "authority", _("คำสั่งของ ป.ป.ช. หรือ ป.ป.ท.")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reveals", verbose_name="เรื่อง")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="reveals")
    agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField("วัตถุประสงค์", max_length=20, choices=Purpose)
    document_no = models.CharField("เลขที่คำสั่งหรือหนังสือ", max_length=80, blank=True)
    envelope = models.ForeignKey("sealed.Envelope", on_delete=models.PROTECT, related_name="+")
    reason = models.BinaryField()  # sealed
    requested_by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    requested_label = models.CharField("ผู้ขอ", max_length=300)
    requested_at = models.DateTimeField("ขอเมื่อ")
    decided_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_label = models.CharField("ผู้อนุญาต", max_length=300, blank=True)
    decided_at = models.DateTimeField("พิจารณาเมื่อ", null=True)
    opened_at = models.DateTimeField("เปิดดูเมื่อ", null=True)

    WINDOW = dt.timedelta(minutes=15)
    ANSWER_WITHIN = dt.timedelta(hours=24)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("requested_by")), name="reveal_two_persons"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "opened"]) | Q(decided_by__isnull=False),
                name="reveal_allowed_by",
            ),
            models.UniqueConstraint(
                fields=["receipt", "requested_by"],
                condition=Q(state__in=["requested", "approved"]),
                name="reveal_one_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.case.number

    def is_open(self, now: dt.datetime) -> bool:
        """Whether the one look is still on."""
        return self.opened_at is not None and now < self.opened_at + self.WINDOW
