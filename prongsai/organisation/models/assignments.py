"""Roles given to people by two others."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from prongsai.organisation.models.agencies import Agency
from prongsai.organisation.models.common import ADMIN_STANDS_ALONE, ends_after_start, with_history
from prongsai.organisation.models.people import Person
from prongsai.organisation.periods import DateRange, PeriodQuerySet, overlaps
from prongsai.organisation.roles import ASSIGNABLE, ASSIGNABLE_CHOICES, Role


@with_history
class RoleAssignment(models.Model):
    """A role given to a person, for an agency or (no agency) for the whole province.

    Two different people give it, and neither gives it to himself (§2.1). An auditor's role always has a last day.
    A system administrator holds no other role at the same time.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="role_assignments", verbose_name=_("บุคคล")
    )
    role = models.CharField(_("บทบาท"), max_length=30, choices=ASSIGNABLE_CHOICES)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("หน่วยงาน")
    )
    start = models.DateField(_("ตั้งแต่วันที่"))
    end = models.DateField(_("ถึงวันที่"), null=True, blank=True)
    order_no = models.CharField(_("คำสั่งหรือหนังสือที่"), max_length=100, blank=True)
    granted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ผู้มอบ")
    )
    seconded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ผู้รับรอง")
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-start", "id"]
        verbose_name = _("การมอบบทบาท")
        verbose_name_plural = _("การมอบบทบาท")
        constraints = [
            ends_after_start("role_ends_after_start"),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in ASSIGNABLE]),
                name="role_can_be_assigned",
                violation_error_message=_("บทบาทนี้ได้มาจากตำแหน่งหรือบัญชีเจ้าหน้าที่ ไม่ใช่การมอบ"),
            ),
            models.CheckConstraint(
                condition=~Q(granted_by=F("seconded_by")),
                name="role_given_by_two",
                violation_error_message=_("ผู้มอบและผู้รับรองต้องเป็นคนละคน"),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("granted_by")) & ~Q(person=F("seconded_by")),
                name="role_not_given_to_oneself",
                violation_error_message=_("ผู้มอบหรือผู้รับรองมอบบทบาทให้ตนเองไม่ได้"),
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.AUDITOR.value) | Q(end__isnull=False),
                name="role_auditor_is_limited",
                violation_error_message=_("ผู้ตรวจสอบต้องมีวันที่สิ้นสุด"),
            ),
            ExclusionConstraint(
                name="role_not_twice",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("agency", Value(0)), RangeOperators.EQUAL),
                    (DateRange(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("บุคคลนี้มีบทบาทนี้อยู่แล้วในช่วงเวลาเดียวกัน"),
            ),
            ExclusionConstraint(
                name="role_admin_stands_alone",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (
                        Case(
                            When(role=Role.SYSTEM_ADMIN.value, then=Value(1)),
                            default=Value(0),
                            output_field=IntegerField(),
                        ),
                        RangeOperators.NOT_EQUAL,
                    ),
                    (DateRange(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=ADMIN_STANDS_ALONE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_role_display()}"

    def clean(self) -> None:
        from prongsai.organisation.segregation import conflict

        if not (self.person_id and self.start and self.role):
            return
        if self.role == Role.SYSTEM_ADMIN:
            period = overlaps(self.start, self.end)
            if self.person.tenures.filter(period).exists() or self.person.acting.filter(period).exists():
                raise ValidationError(ADMIN_STANDS_ALONE)
        if why_not := conflict(self.person, self.role, self.agency_id, self.start, self.end, but=self.pk):
            raise ValidationError(why_not)
