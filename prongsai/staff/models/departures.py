"""Somebody leaves: ordered with a last day, completed when it is over."""

from django.db import models
from django.db.models import F, Q

from prongsai.acts.models import Record


class Departure(Record):
    class State(models.TextChoices):
        ORDERED = "ordered", "กำหนดวันพ้นแล้ว"
        COMPLETED = "completed", "ส่งมอบงานแล้ว"
        CANCELLED = "cancelled", "ยกเลิก"

    class Kind(models.TextChoices):
        RETIRED = "retired", "เกษียณอายุราชการ"
        RESIGNED = "resigned", "ลาออก"
        MOVED = "moved", "ย้าย โอน หรือไปปฏิบัติราชการที่อื่น"
        CONTRACT_ENDED = "contract_ended", "สิ้นสุดสัญญาจ้าง"
        DIED = "died", "ถึงแก่กรรม"
        OTHER = "other", "ออกจากราชการด้วยเหตุอื่น"

    person = models.ForeignKey(
        "organisation.Person", models.PROTECT, related_name="departures", verbose_name="ผู้พ้น"
    )
    agency = models.ForeignKey(
        "organisation.Agency", models.PROTECT, related_name="+", verbose_name="หน่วยงาน"
    )
    kind = models.CharField("เหตุ", max_length=15, choices=Kind)
    last_day = models.DateField("ปฏิบัติหน้าที่วันสุดท้าย")
    order_no = models.CharField("คำสั่งที่", max_length=100, blank=True)
    successor = models.ForeignKey(
        "organisation.Person", models.PROTECT, related_name="+", verbose_name="ผู้รับมอบงาน"
    )
    ordered_by = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    ordered_label = models.CharField("ผู้บันทึก", max_length=300)
    # What ended earlier because of this order, with the end that it had: {"tenure": {"12": "2570-…" | null}, …}
    ends_before = models.JSONField(default=dict)
    handed_over = models.JSONField("งานที่ส่งมอบ", default=dict)  # {"เรื่องร้องเรียน (ลับ)": 3, …}
    completed_at = models.DateTimeField("ส่งมอบเมื่อ", null=True)

    class Meta:
        verbose_name = "การพ้นจากหน้าที่"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="ordered"), name="departure_once_open"
            ),
            models.CheckConstraint(condition=~Q(person=F("ordered_by")), name="departure_not_by_oneself"),
            models.CheckConstraint(condition=~Q(person=F("successor")), name="departure_not_to_oneself"),
        ]

    def __str__(self) -> str:
        return f"การพ้นจากหน้าที่ของ{self.person}"
