"""A lost passphrase, helped by the printed keys; and the drill that shows that they would help."""

from django.db import models
from django.db.models import F, Q

from prongsai.acts.models import Record


class KeyRecovery(Record):
    """New keys for somebody whose passphrase is lost, waiting for what the printed keys give back."""

    class State(models.TextChoices):
        WAITING = "waiting", "รอกุญแจกู้คืน"
        RECOVERED = "recovered", "กู้คืนแล้ว"

    agency = models.ForeignKey("organisation.Agency", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "organisation.Person", models.PROTECT, related_name="key_recoveries", verbose_name="ผู้ขอ"
    )
    person_label = models.CharField("ผู้ขอ", max_length=300)
    old_keys = models.ForeignKey("sealed.Keyholder", models.PROTECT, related_name="+")
    new_keys = models.ForeignKey("sealed.Keyholder", models.PROTECT, related_name="+")
    slot = models.CharField("กุญแจที่ใช้", max_length=10, blank=True)
    given = models.PositiveIntegerField("ซองที่คืนให้", default=0)
    refused = models.PositiveIntegerField("ซองที่คืนมิได้", default=0)
    recovered_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    recovered_label = models.CharField("ผู้ใช้กุญแจกู้คืน", max_length=300, blank=True)

    class Meta:
        verbose_name = "การกู้คืนกุญแจ"
        constraints = [
            models.CheckConstraint(condition=~Q(recovered_by=F("person")), name="recovery_by_two"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="waiting"), name="recovery_once_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"การกู้คืนกุญแจของ{self.person}"


class RecoveryDrill(Record):
    """A printed key was taken out of its safe and tried. Nobody was given anything."""

    class State(models.TextChoices):
        PASSED = "passed", "ใช้ได้"
        FAILED = "failed", "ใช้มิได้"

    agency = models.ForeignKey("organisation.Agency", models.PROTECT, null=True, related_name="+")
    slot = models.CharField("กุญแจ", max_length=10)
    in_force = models.BooleanField("เป็นกุญแจที่ใช้อยู่", default=False)
    held = models.PositiveIntegerField("ซองที่มีส่วนของกุญแจนี้", default=0)
    tried = models.PositiveIntegerField("ซองที่ลองเปิด", default=0)
    opened = models.PositiveIntegerField("ซองที่เปิดได้", default=0)
    done_by = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    done_label = models.CharField("ผู้ซ้อม", max_length=300)

    class Meta:
        verbose_name = "การซ้อมกู้คืน"

    def __str__(self) -> str:
        return "การซ้อมกู้คืนกุญแจ"
