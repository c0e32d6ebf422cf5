"""A committee, and the seats of its members with the order that gave each."""

from __future__ import annotations

import datetime as dt

import pgtrigger
from django.db import models
from django.db.models import F, Q

from prongsai.acts.models import Record
from prongsai.committees.arithmetic import missing
from prongsai.committees.models.reference import Kind, Sector
from prongsai.organisation.models import Agency, Person
from prongsai.thai.names import name_key
from prongsai.thai.text import search_normalise


class Committee(Record):
    """คณะกรรมการ: draft order → composition submitted → signed → published → ended.

    ``agency``: whose secretariat it is. ``override_reason`` until ``override_until``: the signer let the order stand
    without every sector (AT-M3-05).
    """

    class State(models.TextChoices):
        DRAFT = "draft", "ร่างคำสั่ง"
        CHECKED = "checked", "ตรวจองค์ประกอบแล้ว รอลงนาม"
        SIGNED = "signed", "ลงนามแล้ว"
        PUBLISHED = "published", "เผยแพร่แล้ว"
        ENDED = "ended", "พ้นวาระ"

    IN_FORCE = (State.SIGNED.value, State.PUBLISHED.value)

    kind = models.ForeignKey(Kind, models.PROTECT, related_name="committees", verbose_name="ประเภท")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="หน่วยงานฝ่ายเลขานุการ")
    name = models.CharField("ชื่อคณะกรรมการ", max_length=300)
    short_name = models.CharField("ชื่อย่อ", max_length=60)
    purpose = models.TextField("หน้าที่และอำนาจ")
    legal_basis = models.TextField("ฐานอำนาจ")
    is_public = models.BooleanField("เปิดเผยต่อประชาชน")
    secretary = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="เจ้าหน้าที่ฝ่ายเลขานุการ")
    drafted_by = models.CharField("ผู้เสนอคำสั่ง", max_length=300)
    order_no = models.CharField("คำสั่งที่", max_length=100, blank=True)
    order_date = models.DateField("ลงวันที่", null=True)
    signed_by = models.CharField("ผู้ลงนาม", max_length=400, blank=True)
    starts_on = models.DateField("ตั้งแต่วันที่", null=True)
    ends_on = models.DateField("ถึงวันที่", null=True)
    override_reason = models.TextField("เหตุผลที่องค์ประกอบไม่ครบ", blank=True)
    override_until = models.DateField("ใช้องค์ประกอบไม่ครบได้ถึงวันที่", null=True)
    returned_reason = models.TextField("เหตุผลที่ส่งกลับ", blank=True)
    end_reason = models.TextField("เหตุที่พ้นวาระ", blank=True)
    search_norm = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = "คณะกรรมการ"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "checked"])
                | (~Q(order_no="") & Q(order_date__isnull=False, starts_on__isnull=False)),
                name="committee_in_force_has_an_order",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="committee_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(override_reason="") | Q(override_until__isnull=False),
                name="committee_override_has_an_end",
            ),
        ]
        indexes = [models.Index(fields=["province", "state"], name="committee_by_state")]

    def __str__(self) -> str:
        return self.short_name

    def save(self, *args, **kwargs) -> None:
        self.search_norm = self.searchable()
        super().save(*args, **kwargs)

    def searchable(self) -> str:
        return search_normalise(f"{self.name} {self.short_name} {self.order_no}")

    def seats_in_force(self) -> models.QuerySet[Seat]:
        return self.seats.filter(ends_on=None).select_related("sector", "person").in_order()  # type: ignore[attr-defined]

    def missing_groups(self, but: Seat | None = None, plus: Sector | None = None) -> list[str]:
        """The required groups that no voting member comes from, were ``but`` gone and one from ``plus`` come."""
        seats = [s for s in self.seats_in_force() if s.votes and (but is None or s.pk != but.pk)]
        seated = {seat.sector.group for seat in seats} | ({plus.group} if plus else set())
        return missing(self.kind.required_groups, seated)

    def missing_names(self, but: Seat | None = None, plus: Sector | None = None) -> list[str]:
        return self.kind.names_of(self.missing_groups(but, plus))

    def may_be_incomplete(self, on: dt.date) -> bool:
        return self.override_until is not None and on <= self.override_until

    @property
    def is_in_force(self) -> bool:
        return self.state in self.IN_FORCE


class SeatQuerySet(models.QuerySet):
    def in_order(self) -> SeatQuerySet:
        """Chair, vice chair, members, secretaries, advisers; each by when the seat was entered."""
        whens = [models.When(role=role, then=place) for place, role in enumerate(Seat.Role.values)]
        return self.annotate(place=models.Case(*whens, output_field=models.IntegerField())).order_by(
            "place", "pk"
        )


class Seat(models.Model):
    """One person's membership, from one order to the next. Names and posts are those of that day and stay so."""

    class Role(models.TextChoices):
        CHAIR = "chair", "ประธานกรรมการ"
        VICE_CHAIR = "vice_chair", "รองประธานกรรมการ"
        MEMBER = "member", "กรรมการ"
        MEMBER_SECRETARY = "member_secretary", "กรรมการและเลขานุการ"
        SECRETARY = "secretary", "เลขานุการ"
        ASSISTANT = "assistant", "ผู้ช่วยเลขานุการ"
        ADVISER = "adviser", "ที่ปรึกษา"

    ENGLISH = {
        "chair": "Chair",
        "vice_chair": "Vice chair",
        "member": "Member",
        "member_secretary": "Member and secretary",
        "secretary": "Secretary",
        "assistant": "Assistant secretary",
        "adviser": "Adviser",
    }
    VOTING = (Role.CHAIR.value, Role.VICE_CHAIR.value, Role.MEMBER.value, Role.MEMBER_SECRETARY.value)

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.CharField("ชื่อ", max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    position = models.CharField("ตำแหน่ง", max_length=200, blank=True)
    organisation = models.CharField("หน่วยงานหรือองค์กร", max_length=200)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+", verbose_name="ภาคส่วน")
    role = models.CharField("บทบาท", max_length=20, choices=Role, default=Role.MEMBER)
    order_no = models.CharField("คำสั่งที่", max_length=100, blank=True)
    order_date = models.DateField("ลงวันที่", null=True)
    starts_on = models.DateField("ตั้งแต่วันที่", null=True)
    ends_on = models.DateField("ถึงวันที่", null=True)
    ended_by_order = models.CharField("พ้นตามคำสั่งที่", max_length=100, blank=True)
    end_reason = models.CharField("เหตุที่พ้น", max_length=300, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "กรรมการ"
        constraints = [
            models.UniqueConstraint(
                fields=["committee"], condition=Q(role="chair", ends_on=None), name="seat_one_chair"
            ),
            models.UniqueConstraint(
                fields=["committee", "name_key"], condition=Q(ends_on=None), name="seat_once_per_person"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="seat_ends_after_start",
            ),
        ]
        triggers = [
            # A draft may be corrected; whoever sat by an order stays in the history.
            pgtrigger.Protect(
                name="seat_by_order_is_never_deleted",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__order_no=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_role_display()})"

    def save(self, *args, **kwargs) -> None:
        self.name_key = name_key(self.name)
        super().save(*args, **kwargs)

    @property
    def votes(self) -> bool:
        return self.role in self.VOTING
