"""People: the staff of six types, and members and auditors from outside."""

from datetime import date
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from prongsai.organisation.models.agencies import Agency
from prongsai.organisation.models.common import ends_after_start, with_history
from prongsai.organisation.models.places import Province
from prongsai.organisation.periods import PeriodQuerySet, today
from prongsai.thai.text import search_normalise, sort_key

# Serialised by an advisory lock, or two transactions could each close one half of a circle.
NO_SUPERVISOR_CYCLE = pgtrigger.Trigger(
    name="person_supervisors_never_circle",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("supervisor_id"),
    condition=pgtrigger.Q(new__supervisor__isnull=False),
    func="""
        PERFORM pg_advisory_xact_lock(hashtext('organisation_person.supervisor'));
        IF EXISTS (
            WITH RECURSIVE above(id) AS (
                SELECT NEW.supervisor_id
                UNION
                SELECT p.supervisor_id FROM organisation_person p JOIN above ON p.id = above.id
                WHERE p.supervisor_id IS NOT NULL
            )
            SELECT 1 FROM above WHERE id = NEW.id
        ) THEN
            RAISE EXCEPTION 'supervisors of person % form a circle', NEW.id USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    """,
)

# Lists order people by agency first, and an index can only do so within one table. FOR SHARE: who renames the agency in
# the same moment must not miss this person.
AGENCY_SORT_KEY = pgtrigger.Trigger(
    name="person_takes_agency_sort_key",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("agency_id"),
    func="""
        SELECT sort_key INTO NEW.agency_sort_key FROM organisation_agency WHERE id = NEW.agency_id FOR SHARE;
        RETURN NEW;
    """,
)


def _order(name: str, *first: str) -> models.Index:
    """Serves a column of the staff list, in both directions, with who may see whom: no row is read to find a page."""
    fields = [*first, *(f for f in ("agency_sort_key", "sort_key", "id") if f not in first)]
    return models.Index(fields=["province", *fields], include=["agency", "supervisor"], name=name)


class PersonQuerySet(PeriodQuerySet):
    def of(self, province: Province) -> Self:
        return self.filter(province=province)

    def in_service(self, on: date | None = None) -> Self:
        """People whose service covers a day, by default today."""
        return self.in_force(on)

    def reachable(self, on: date | None = None) -> Self:
        """In service, and without a closed account: those who may be told something."""
        return self.in_service(on).exclude(user__is_active=False)


@with_history
class Person(models.Model):
    """Somebody who works for an agency, or a member or auditor from outside. Ended with a date, never deleted."""

    class StaffType(models.TextChoices):
        """The six of clause M5.1.D1."""

        CIVIL_SERVANT = "civil_servant", _("ข้าราชการ")
        PERMANENT_EMPLOYEE = "permanent_employee", _("ลูกจ้างประจำ")
        GOVERNMENT_EMPLOYEE = "government_employee", _("พนักงานราชการ")
        TEMPORARY_EMPLOYEE = "temporary_employee", _("ลูกจ้างชั่วคราว")
        CONTRACT_WORKER = "contract_worker", _("พนักงานจ้างเหมาบริการ")
        OTHER_HIRED = "other_hired", _("พนักงานจ้างอื่น")

    province = models.ForeignKey(Province, models.PROTECT, related_name="people", verbose_name=_("จังหวัด"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="people", verbose_name=_("หน่วยงาน"))
    title = models.CharField(_("คำนำหน้า"), max_length=60, blank=True)
    first_name = models.CharField(_("ชื่อ"), max_length=100)
    last_name = models.CharField(_("นามสกุล"), max_length=100)
    former_last_names = ArrayField(
        models.CharField(max_length=100), verbose_name=_("นามสกุลเดิม"), default=list, blank=True
    )
    staff_type = models.CharField(
        _("ประเภทเจ้าหน้าที่"),
        max_length=20,
        choices=StaffType.choices,
        blank=True,
        help_text=_("เว้นว่างเมื่อเป็นบุคคลภายนอก เช่น กรรมการหรือผู้ตรวจสอบจากหน่วยงานอื่น"),
    )
    position = models.CharField(_("ตำแหน่ง"), max_length=200)
    supervisor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subordinates",
        verbose_name=_("ผู้บังคับบัญชา"),
    )
    start = models.DateField(_("ตั้งแต่วันที่"))
    end = models.DateField(_("ถึงวันที่"), null=True, blank=True)
    is_executive = models.BooleanField(_("เป็นผู้บริหาร"), default=False)
    is_sample = models.BooleanField(_("ข้อมูลตัวอย่าง"), default=False)
    sort_key = models.CharField(max_length=400, editable=False)
    agency_sort_key = models.CharField(max_length=400, editable=False, default="")  # set by triggers only
    search_norm = models.TextField(editable=False, default="")

    NO_HISTORY = ("agency_sort_key",)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]
        verbose_name = _("บุคคล")
        verbose_name_plural = _("บุคคล")
        constraints = [ends_after_start("person_ends_after_start")]
        indexes = [
            models.Index(fields=["province", "agency", "supervisor"], name="person_seen"),
            _order("person_by_agency"),
            _order("person_by_name", "sort_key"),
            _order("person_by_position", "position"),
            _order("person_by_staff_type", "staff_type"),
            _order("person_by_start", "start"),
            _order("person_by_end", "end"),
            models.Index(fields=["agency", "sort_key"], name="person_order_in_agency"),
            GinIndex(fields=["search_norm"], opclasses=["gin_trgm_ops"], name="person_search"),
        ]
        triggers = [
            pgtrigger.Protect(name="person_is_never_deleted", operation=pgtrigger.Delete),
            NO_SUPERVISOR_CYCLE,
            AGENCY_SORT_KEY,
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        mark = " (ตัวอย่าง)" if self.is_sample else ""
        return f"{self.title}{self.first_name} {self.last_name}{mark}"

    def is_in_service(self, on: date | None = None) -> bool:
        on = on or today()
        return self.start <= on and (self.end is None or on <= self.end)

    def clean(self) -> None:
        if self.agency_id and self.province_id and self.agency.province_id != self.province_id:
            raise ValidationError({"agency": _("หน่วยงานไม่ได้อยู่ในจังหวัดนี้")})
        seen, above = {self.pk}, self.supervisor
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"supervisor": _("ผู้บังคับบัญชาวนกลับมาที่บุคคลนี้เอง")})
            seen.add(above.pk)
            above = above.supervisor

    def set_keys(self) -> None:
        """What lists sort by and are searched in. Called by ``save``; bulk writes call it themselves."""
        self.sort_key = sort_key(f"{self.first_name} {self.last_name}")
        self.search_norm = search_normalise(
            " ".join((self.title + self.first_name, self.last_name, *self.former_last_names, self.position))
        )
