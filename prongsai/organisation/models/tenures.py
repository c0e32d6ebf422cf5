"""Who holds a post, and who acts for it by order."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prongsai.organisation.models.agencies import Post
from prongsai.organisation.models.common import ADMIN_STANDS_ALONE, ends_after_start, with_history
from prongsai.organisation.models.people import Person
from prongsai.organisation.periods import DateRange, PeriodQuerySet, overlaps
from prongsai.organisation.roles import Role


class PostPeriod(models.Model):
    """A person in, or acting in, a post for some days."""

    start = models.DateField(_("ตั้งแต่วันที่"))
    end = models.DateField(_("ถึงวันที่"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        if self.person_id and self.start:
            others = self.person.role_assignments.filter(overlaps(self.start, self.end))
            if others.filter(role=Role.SYSTEM_ADMIN).exists():
                raise ValidationError(ADMIN_STANDS_ALONE)


@with_history
class Tenure(PostPeriod):
    """Who holds a post, from when to when. No two people hold one post on the same day."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures", verbose_name=_("ตำแหน่ง"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures", verbose_name=_("บุคคล"))

    class Meta:
        ordering = ["-start", "id"]
        verbose_name = _("การดำรงตำแหน่ง")
        verbose_name_plural = _("การดำรงตำแหน่ง")
        constraints = [
            ends_after_start("tenure_ends_after_start"),
            ExclusionConstraint(
                name="tenure_one_holder_per_post",
                expressions=[("post", RangeOperators.EQUAL), (DateRange(), RangeOperators.OVERLAPS)],
                violation_error_message=_("ตำแหน่งนี้มีผู้ดำรงตำแหน่งอยู่แล้วในช่วงเวลาเดียวกัน"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.post}"


@with_history
class ActingAppointment(PostPeriod):
    """An order by which somebody acts for a post.

    ``scope`` is the wording of the order. ``measures`` limits the power to some measures or clauses (``["M5"]``,
    ``["M1.2"]``); empty means the whole power of the post.
    """

    class Kind(models.TextChoices):
        """State Administration Act B.E. 2534, sections 41–50 (absence) and 38–40 (delegation); Civil Service Act

        B.E. 2551, section 68 (a post that is vacant).
        """

        ACTING_FOR = "acting_for", _("รักษาราชการแทน")
        ACTING_IN_POST = "acting_in_post", _("รักษาการในตำแหน่ง")
        ON_BEHALF = "on_behalf", _("ปฏิบัติราชการแทน")

    post = models.ForeignKey(Post, models.PROTECT, related_name="acting", verbose_name=_("ตำแหน่ง"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="acting", verbose_name=_("บุคคล"))
    kind = models.CharField(_("ลักษณะ"), max_length=15, choices=Kind.choices)
    order_no = models.CharField(_("คำสั่งที่"), max_length=100)
    scope = models.TextField(_("ขอบเขตอำนาจตามคำสั่ง"), blank=True)
    measures = ArrayField(
        models.CharField(max_length=20, validators=[RegexValidator(r"^[A-Z][0-9]*(\.[0-9A-Z()]+)*$")]),
        verbose_name=_("เฉพาะมาตรการหรือข้อ"),
        default=list,
        blank=True,
    )

    class Meta:
        ordering = ["-start", "id"]
        verbose_name = _("คำสั่งให้ปฏิบัติหน้าที่แทน")
        verbose_name_plural = _("คำสั่งให้ปฏิบัติหน้าที่แทน")
        constraints = [
            ends_after_start("acting_ends_after_start"),
            models.CheckConstraint(condition=~Q(order_no=""), name="acting_has_an_order"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()}{self.post}"
