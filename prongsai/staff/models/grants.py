"""A role on its way: proposed by one person, given by another, withdrawn by one."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from prongsai.acts.models import Record
from prongsai.organisation.roles import ASSIGNABLE_CHOICES


class RoleGrant(Record):
    """What ``organisation.RoleAssignment`` does not tell: who proposed, gave, declined or withdrew, when and why."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "รอผู้รับรอง"
        GIVEN = "given", "มอบแล้ว"
        DECLINED = "declined", "ไม่รับรอง"
        RETRACTED = "retracted", "ผู้เสนอถอนข้อเสนอ"
        ENDED = "ended", "เพิกถอนแล้ว"

    person = models.ForeignKey(
        "organisation.Person", models.PROTECT, related_name="+", verbose_name="ผู้รับบทบาท"
    )
    role = models.CharField("บทบาท", max_length=30, choices=ASSIGNABLE_CHOICES)
    agency = models.ForeignKey(
        "organisation.Agency", models.PROTECT, null=True, related_name="+", verbose_name="หน่วยงาน"
    )  # None: the whole province
    start = models.DateField("ตั้งแต่วันที่")
    end = models.DateField("ถึงวันที่", null=True)
    order_no = models.CharField("คำสั่งหรือหนังสือที่", max_length=100, blank=True)
    reason = models.TextField("เหตุผล", blank=True)
    # Without a proposer: the first administrator, and what was given before this register was opened.
    proposed_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    proposed_label = models.CharField("ผู้เสนอ", max_length=300, blank=True)
    decided_by = models.ForeignKey("organisation.Person", models.PROTECT, null=True, related_name="+")
    decided_label = models.CharField("ผู้รับรอง", max_length=300, blank=True)
    decided_at = models.DateTimeField("พิจารณาเมื่อ", null=True)
    assignment = models.OneToOneField(
        "organisation.RoleAssignment", models.SET_NULL, null=True, related_name="grant"
    )
    ended_label = models.CharField("ผู้เพิกถอน", max_length=300, blank=True)
    ended_at = models.DateTimeField("เพิกถอนเมื่อ", null=True)
    ended_why = models.TextField("เหตุที่ไม่รับรองหรือเพิกถอน", blank=True)

    class Meta:
        verbose_name = "การมอบบทบาท"
        constraints = [
            models.CheckConstraint(condition=~Q(proposed_by=F("decided_by")), name="grant_by_two"),
            models.CheckConstraint(
                condition=~Q(person=F("proposed_by")) & ~Q(person=F("decided_by")),
                name="grant_not_to_oneself",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "agency"],
                condition=Q(state="proposed"),
                nulls_distinct=False,
                name="grant_proposed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} – {self.person}"

    def standing(self, today: dt.date) -> str:
        """What holds today: a role that has begun and not ended says so, whatever the state's name."""
        if self.state != self.State.GIVEN:
            return self.get_state_display()
        end = self.assignment.end if self.assignment else self.end
        if end and end < today:
            return "สิ้นสุดตามกำหนด"
        return "ยังไม่เริ่ม" if self.start > today else "มีผล"
