"""Who holds keys, which envelopes exist, and to whom each envelope's private key is sealed.

``Keyholder`` has a pair of keys; ``Envelope`` has another; a ``Grant`` is the envelope's private key, or one of its two
shares, sealed to a keyholder or to a complainant's tracking code. Nothing here opens anything without a passphrase, a
tracking code or a printed recovery key.
"""

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from nacl.public import PrivateKey

from prongsai.sealed import boxes

PERSON, RECOVERY = "person", "recovery"


def key_is_32_bytes(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Exact(Length(F("public_key")), boxes.PUBLIC_BYTES), name=name)


class Slot(models.TextChoices):
    """The two recovery keys of a province. Both are needed for an identity; they are kept by different persons."""

    CENTRE = "centre", _("ศูนย์ปฏิบัติการต่อต้านการทุจริต")
    CUSTODIANS = "custodians", _("ผู้เก็บรักษาข้อมูลผู้ร้องเรียน")


class Share(models.IntegerChoices):
    WHOLE = 0, _("กุญแจทั้งดอก")
    HANDLER = 1, _("ส่วนของผู้รับผิดชอบเรื่อง")
    CUSTODIAN = 2, _("ส่วนของผู้เก็บรักษาข้อมูล")


class KeyholderQuerySet(models.QuerySet["Keyholder"]):
    def active(self) -> "KeyholderQuerySet":
        return self.filter(retired_at__isnull=True)

    def of(self, *person_ids: int) -> "KeyholderQuerySet":
        """The active keys of these people. People without keys are simply missing from the result."""
        return self.active().filter(kind=PERSON, person_id__in=person_ids)

    def recovery(self, province_id: Any) -> "KeyholderQuerySet":
        return self.active().filter(kind=RECOVERY, province_id=province_id)


class Keyholder(models.Model):
    """A pair of keys: a person's, wrapped by a passphrase, or a province's recovery key, which exists on paper only."""

    kind = models.CharField(_("ประเภท"), max_length=10, choices=[(PERSON, _("บุคคล")), (RECOVERY, _("กู้คืน"))])
    province = models.ForeignKey("organisation.Province", models.PROTECT, related_name="+")
    person = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="keyholders")
    slot = models.CharField(_("ช่องกู้คืน"), max_length=10, choices=Slot.choices, blank=True)
    public_key = models.BinaryField(unique=True)
    wrapped_private = models.BinaryField(null=True)
    kdf = models.JSONField(null=True)
    created_at = models.DateTimeField(_("สร้างเมื่อ"), auto_now_add=True)
    retired_at = models.DateTimeField(_("เลิกใช้เมื่อ"), null=True)
    wrong_attempts = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    objects = KeyholderQuerySet.as_manager()

    class Meta:
        verbose_name = _("ผู้ถือกุญแจ")
        verbose_name_plural = _("ผู้ถือกุญแจ")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(retired_at__isnull=True),
                name="keyholder_one_active_per_person",
            ),
            models.UniqueConstraint(
                fields=["province", "slot"],
                condition=Q(kind=RECOVERY, retired_at__isnull=True),
                name="keyholder_one_active_per_slot",
            ),
            models.CheckConstraint(
                name="keyholder_is_person_or_recovery",
                condition=Q(
                    kind=PERSON,
                    person__isnull=False,
                    slot="",
                    wrapped_private__isnull=False,
                    kdf__isnull=False,
                )
                | Q(
                    kind=RECOVERY,
                    person__isnull=True,
                    slot__in=Slot.values,
                    wrapped_private__isnull=True,
                    kdf__isnull=True,
                ),
            ),
            key_is_32_bytes("keyholder_key_is_32_bytes"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id or self.slot}"

    @property
    def fingerprint(self) -> str:
        """What the ledger and a printed sheet show of the public key: the first 80 bits in hex, in fours."""
        text = bytes(self.public_key).hex()[:20].upper()
        return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


class Envelope(models.Model):
    """The keys of one sealed matter (a case, an identity, a channel). The private half is only in the grants."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(_("ใช้สำหรับ"), max_length=40)
    public_key = models.BinaryField()
    split = models.BooleanField(_("กุญแจสองส่วน"), default=False)
    created_at = models.DateTimeField(_("สร้างเมื่อ"), auto_now_add=True)

    class Meta:
        verbose_name = _("ซองปิดผนึก")
        verbose_name_plural = _("ซองปิดผนึก")
        constraints = [key_is_32_bytes("envelope_key_is_32_bytes")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"

    def put(self, content: boxes.Content, *, context: str) -> bytes:
        """Seal text (UTF-8), a mapping (JSON) or bytes, padded to a bucket. Anybody may add; members alone may read.

        ``context`` names record and field (``case:<uuid>:narrative``): elsewhere the result does not open.
        """
        return boxes.seal(bytes(self.public_key), boxes.pack(content), context)

    def put_key(self, key: bytes, *, context: str) -> bytes:
        """As ``put``, for keys and hashes: things of a known length, not padded."""
        return boxes.seal(bytes(self.public_key), key, context)


class GrantQuerySet(models.QuerySet["Grant"]):
    def usable(self, now: datetime) -> "GrantQuerySet":
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now))

    def lasting(self) -> "GrantQuerySet":
        return self.filter(expires_at__isnull=True)


class Grant(models.Model):
    """An envelope's private key, or a share of it, sealed to one keyholder or one tracking code.

    With ``expires_at`` it is a custodian's release to one handler. The date is part of the authenticated context, so
    that changing it in the database makes the release useless instead of longer.
    """

    envelope = models.ForeignKey(Envelope, models.CASCADE, related_name="grants", db_index=False)
    keyholder = models.ForeignKey(Keyholder, models.PROTECT, null=True, related_name="grants")
    tracker = models.BinaryField(_("กุญแจสาธารณะของรหัสติดตาม"), null=True)
    share = models.PositiveSmallIntegerField(_("ส่วน"), choices=Share.choices)
    sealed = models.BinaryField()
    created_at = models.DateTimeField(_("สร้างเมื่อ"), auto_now_add=True)
    expires_at = models.DateTimeField(_("หมดอายุ"), null=True)
    released_by = models.ForeignKey(Keyholder, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("สิทธิเปิดซอง")
        verbose_name_plural = _("สิทธิเปิดซอง")
        constraints = [
            # One lasting grant each: nobody keeps both shares.
            models.UniqueConstraint(
                fields=["envelope", "keyholder"],
                condition=Q(expires_at__isnull=True),
                name="grant_one_lasting_per_keyholder",
            ),
            models.UniqueConstraint(
                fields=["envelope", "keyholder"],
                condition=Q(expires_at__isnull=False),
                name="grant_one_release_per_keyholder",
            ),
            # Also the index by envelope: it covers every row, the two above only a part.
            models.UniqueConstraint(fields=["envelope", "tracker"], name="grant_one_per_tracker"),
            models.CheckConstraint(
                name="grant_has_one_holder",
                condition=Q(keyholder__isnull=False, tracker__isnull=True)
                | Q(keyholder__isnull=True, tracker__isnull=False, share=Share.WHOLE),
            ),
            models.CheckConstraint(
                name="grant_release_is_the_second_share",
                condition=Q(expires_at__isnull=True, released_by__isnull=True)
                | Q(expires_at__isnull=False, released_by__isnull=False, share=Share.CUSTODIAN),
            ),
        ]
        indexes = [
            models.Index(fields=["tracker"], name="grant_tracker", condition=Q(tracker__isnull=False)),
            models.Index(fields=["expires_at"], name="grant_expiry", condition=Q(expires_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.envelope_id} → {self.keyholder_id or 'tracker'}"

    @property
    def context(self) -> str:
        return grant_context(self.envelope_id, self.share, self.expires_at)

    def unseal(self, private: PrivateKey) -> bytes:
        """The key or share. Raises ``CannotOpen``."""
        return boxes.unseal(private, self.sealed, self.context)


def grant_context(envelope_id: uuid.UUID, share: int, expires_at: datetime | None = None) -> str:
    until = "" if expires_at is None else f":{int(expires_at.timestamp())}"
    return f"grant:{envelope_id}:{int(share)}{until}"
