"""What a head of an agency is to carry out for a protected reporter (S4)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prongsai.acts.models import Record
from prongsai.protection.models.case import Measure, ProtectionCase


class Instruction(Record):
    """One measure, to one head. It has an envelope of its own: the head reads what he is to do, and nothing of the file.

    The database shows that a head has something to carry out, as every duty of his does; what and for whom is sealed.
    """

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("มอบหมายแล้ว รอดำเนินการ")
        CARRIED_OUT = "carried_out", _("ดำเนินการแล้ว")
        RECALLED = "recalled", _("ยกเลิกหรือสิ้นสุดแล้ว")

    OPEN = (State.ASSIGNED, State.CARRIED_OUT)

    # Drawn by lot, and another one than the file's: whoever sees both sees no connection.
    number = models.CharField("เลขที่", max_length=20, unique=True)
    case = models.ForeignKey(ProtectionCase, on_delete=models.PROTECT, related_name="instructions")
    # Empty after the reporter has withdrawn before the measure began.
    measure = models.ForeignKey(Measure, on_delete=models.SET_NULL, null=True, related_name="instructions")
    head = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    head_label = models.CharField("ผู้รับมอบหมาย", max_length=300)
    envelope = models.ForeignKey("sealed.Envelope", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()  # kind, period, order, what is to be done
    report = models.BinaryField(null=True)  # sealed too: what was done
    given_on = models.DateField("มอบหมายเมื่อ")
    given_label = models.CharField("ผู้มอบหมาย", max_length=300)
    carried_out_on = models.DateField("ดำเนินการเมื่อ", null=True)
    recalled_on = models.DateField("ยกเลิกหรือสิ้นสุดเมื่อ", null=True)

    class Meta:
        constraints = [
            # Two that nobody has closed, of the same measure to the same head, would be one too many.
            models.UniqueConstraint(
                fields=["measure", "head"],
                condition=~Q(state="recalled"),
                name="protection_instruction_once",
            )
        ]

    def __str__(self) -> str:
        return self.number
