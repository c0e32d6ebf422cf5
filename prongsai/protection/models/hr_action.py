"""Personnel actions that may harm somebody (S2), and the alerts (S4) that some of them raise."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from prongsai.acts.models import Record
from prongsai.protection.models.case import ProtectionCase


class HrAction(Record):
    """An adverse personnel action, of anybody. Each waits for the same review, so that waiting says nothing of a person."""

    class State(models.TextChoices):
        REVIEW = "review", "รอตรวจสอบตามระเบียบ"
        ASKED = "asked", "ขอเหตุผลประกอบ"
        PASSED = "passed", "ตรวจสอบแล้ว ดำเนินการได้"
        STOPPED = "stopped", "ให้ระงับหรือยกเลิก"

    class Kind(models.TextChoices):
        TRANSFER = "transfer", "ย้ายหรือเปลี่ยนหน้าที่"
        DISMISSAL = "dismissal", "ให้ออกหรือเลิกจ้าง"
        DEMOTION = "demotion", "ลดตำแหน่งหรือระดับ"
        SALARY = "salary", "ลดหรือไม่เลื่อนเงินเดือน ค่าตอบแทน"
        EVALUATION = "evaluation", "ผลการประเมินต่ำกว่าเดิม"
        DISCIPLINE = "discipline", "ตั้งกรรมการสอบสวนหรือลงโทษทางวินัย"

    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    person_label = models.CharField("ผู้ได้รับผล", max_length=300)
    agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("การดำเนินการ", max_length=12, choices=Kind)
    order_no = models.CharField("คำสั่งหรือหนังสือที่", max_length=100)
    effective_on = models.DateField("มีผลวันที่")
    reason = models.TextField("เหตุผล")
    answer = models.TextField("เหตุผลเพิ่มเติม", blank=True)
    recorded_by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    recorded_label = models.CharField("ผู้บันทึก", max_length=300)
    reviewed_label = models.CharField("ผู้ตรวจสอบ", max_length=300, blank=True)
    reviewed_on = models.DateField("ตรวจสอบเมื่อ", null=True)
    stop_order = models.CharField("คำสั่งให้ระงับที่", max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("recorded_by")), name="hr_action_of_another"),
        ]
        indexes = [models.Index(fields=["province", "state"], name="hr_action_state")]

    def __str__(self) -> str:
        return self.order_no


class RetaliationAlert(Record):
    """That an action may be retaliation: proposed by a comparison of hashes, decided by persons (AT-M5-23)."""

    class State(models.TextChoices):
        OPEN = "open", "รอพิจารณา"
        STOP_PROPOSED = "stop_proposed", "เสนอให้ระงับ"
        STOPPED = "stopped", "สั่งให้ระงับหรือยกเลิก"
        PASSED = "passed", "ให้ดำเนินการได้"

    number = models.CharField("เลขที่เรื่องคุ้มครอง", max_length=20)
    case = models.ForeignKey(ProtectionCase, on_delete=models.PROTECT, related_name="alerts")
    action_hash = models.BinaryField()  # keyed: from here nobody finds the action, nor from the action this
    raised_on = models.DateField("วันที่เกิดสัญญาณ")
    in_force = models.BooleanField("มีผลแล้วเมื่อเกิดสัญญาณ")
    proposed_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    proposed_label = models.CharField("ผู้เสนอ", max_length=300, blank=True)
    decided_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_label = models.CharField("ผู้วินิจฉัย", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "action_hash"], name="alert_once"),
            models.CheckConstraint(
                condition=Q(proposed_by=None) | ~Q(decided_by=F("proposed_by")), name="alert_two_persons"
            ),
        ]

    def __str__(self) -> str:
        return self.number
