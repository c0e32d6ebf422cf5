"""Sectors, and kinds of committees with what each kind requires."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from prongsai.committees.arithmetic import Share


class Sector(models.Model):
    """Where a member comes from. A requirement names the ``group``: central and regional government are one."""

    key = models.CharField(max_length=30, primary_key=True)
    group = models.CharField(max_length=30)
    name_th = models.CharField("ภาคส่วน", max_length=80)
    name_en = models.CharField(max_length=80)
    group_th = models.CharField(max_length=80)
    group_en = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name_th


class Kind(models.Model):
    """What committees of one kind need. ``signed_by`` and ``drafted_by`` are roles; ``notice_rule`` a rule parameter."""

    key = models.CharField(max_length=30, primary_key=True)
    name_th = models.CharField("ประเภท", max_length=200)
    name_en = models.CharField(max_length=200)
    practices = ArrayField(models.CharField(max_length=30), default=list)
    required_groups = ArrayField(models.CharField(max_length=30), default=list)
    quorum_numerator = models.PositiveSmallIntegerField(default=1)
    quorum_denominator = models.PositiveSmallIntegerField(default=2)
    legal_basis = models.TextField("ฐานอำนาจ")
    signed_by = models.CharField(max_length=30)
    drafted_by = models.CharField(max_length=30)
    is_public = models.BooleanField("เปิดเผยต่อประชาชน")
    substitutes = models.BooleanField("ส่งผู้แทนเข้าประชุมได้")
    notice_rule = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_numerator__gte=1, quorum_numerator__lte=F("quorum_denominator")),
                name="kind_quorum_is_a_share",
            )
        ]

    def __str__(self) -> str:
        return self.name_th

    @property
    def share(self) -> Share:
        return Share(self.quorum_numerator, self.quorum_denominator)

    def names_of(self, groups: list[str]) -> list[str]:
        """The Thai names of groups, in the order given."""
        names = dict(Sector.objects.filter(group__in=groups).values_list("group", "group_th"))
        return [names.get(group, group) for group in groups]
