"""An invitation to open an account."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from prongsai.acts.models import Record
from prongsai.organisation.models import Person


class Invitation(Record):
    """A head invites somebody of the agency: a person of the staff list, or one whom acceptance adds to it.

    The link is neither stored nor logged: it is computed from the id, ``round`` and the house's key whenever a mail is
    written. Only its keyed hash is here, to find the row by. The citizen number of ThaID is kept as a keyed hash as well.
    """

    class State(models.TextChoices):
        INVITED = "invited", "ส่งคำเชิญแล้ว"
        JOINED = "joined", "ตอบรับแล้ว"
        LAPSED = "lapsed", "หมดอายุ"
        REVOKED = "revoked", "เพิกถอนแล้ว"

    class Mail(models.TextChoices):
        QUEUED = "queued", "รอส่ง"
        SENT = "sent", "เครื่องแม่ข่ายรับแล้ว"
        UNDELIVERED = "undelivered", "ส่งไม่ถึง"

    agency = models.ForeignKey(
        "organisation.Agency", models.PROTECT, related_name="+", verbose_name="หน่วยงาน"
    )
    person = models.ForeignKey(
        "organisation.Person", models.PROTECT, null=True, related_name="invitations", verbose_name="บุคคล"
    )  # on the staff list already; else set when the invitation is accepted
    title = models.CharField("คำนำหน้า", max_length=60, blank=True)
    first_name = models.CharField("ชื่อ", max_length=100)
    last_name = models.CharField("นามสกุล", max_length=100)
    position = models.CharField("ตำแหน่ง", max_length=200)
    staff_type = models.CharField("ประเภทเจ้าหน้าที่", max_length=20, choices=Person.StaffType, blank=True)
    email = models.EmailField("อีเมลราชการ")
    citizen_key = models.BinaryField(null=True)
    round = models.PositiveSmallIntegerField("ส่งครั้งที่", default=1)
    token_hash = models.BinaryField(unique=True)
    sent_at = models.DateTimeField("ส่งเมื่อ", default=timezone.now)
    expires_at = models.DateTimeField("ใช้ได้ถึง")
    invited_by = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    invited_label = models.CharField("ผู้เชิญ", max_length=300)
    joined_at = models.DateTimeField("ตอบรับเมื่อ", null=True)
    mail = models.CharField("อีเมล", max_length=12, choices=Mail, default=Mail.QUEUED)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_next_at = models.DateTimeField(default=timezone.now)
    mail_error = models.CharField(max_length=60, blank=True)  # a reply code, never a server's text

    class Meta:
        verbose_name = "คำเชิญ"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "email"], condition=Q(state="invited"), name="invitation_once_open"
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invitation_email_is_lower_case"),
            models.CheckConstraint(
                condition=~Q(state="joined") | Q(person__isnull=False, joined_at__isnull=False),
                name="invitation_joined_as_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["mail_next_at"],
                condition=Q(state="invited", mail="queued"),
                name="invitation_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"คำเชิญ {self.full_name}"

    @property
    def full_name(self) -> str:
        return f"{self.title}{self.first_name} {self.last_name}"
