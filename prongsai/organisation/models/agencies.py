"""Agencies in a tree, and the posts in them that decide."""

from datetime import date
from typing import Any, Self

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prongsai.organisation.models.places import Place, Province
from prongsai.organisation.periods import covers, today
from prongsai.organisation.roles import Role
from prongsai.thai.text import sort_key

PEOPLE_FOLLOW = pgtrigger.Trigger(
    name="agency_sort_key_to_people",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("sort_key"),
    condition=pgtrigger.Q(old__sort_key__df=pgtrigger.F("new__sort_key")),
    func="""
        UPDATE organisation_person SET agency_sort_key = NEW.sort_key WHERE agency_id = NEW.id;
        RETURN NULL;
    """,
)


class AgencyQuerySet(models.QuerySet):
    def of(self, province: Province) -> Self:
        return self.filter(province=province)

    def active(self, on: date | None = None) -> Self:
        """Agencies that exist on a day, by default today."""
        return self.filter(covers(on or today(), start="active_from", end="active_to"))


class Agency(models.Model):
    """A government office of, or in, the province. Closed with a date, never deleted: past reports still show it."""

    class Kind(models.TextChoices):
        PROVINCIAL = "provincial", _("ราชการส่วนภูมิภาค")
        CENTRAL_IN_PROVINCE = "central_in_province", _("ราชการส่วนกลางในพื้นที่")
        DISTRICT = "district", _("อำเภอ")
        UNIT = "unit", _("กลุ่มงานหรือฝ่ายภายในหน่วยงาน")
        CENTRE = "centre", _("ศูนย์")
        STATE_ENTERPRISE = "state_enterprise", _("รัฐวิสาหกิจ")
        LOCAL_GOVERNMENT = "local_government", _("องค์กรปกครองส่วนท้องถิ่น")
        INDEPENDENT = "independent", _("หน่วยงานอิสระ")
        OTHER = "other", _("อื่น ๆ")

    class Function(models.TextChoices):
        """What the software itself must be able to find, whatever the agency is called."""

        PROVINCIAL_OFFICE = "provincial_office", _("สำนักงานจังหวัด")
        ANTICORRUPTION_CENTRE = "anticorruption_centre", _("ศูนย์ปฏิบัติการต่อต้านการทุจริต")
        DAMRONGTHAM_CENTRE = "damrongtham_centre", _("ศูนย์ดำรงธรรม")

    province = models.ForeignKey(Province, models.PROTECT, related_name="agencies", verbose_name=_("จังหวัด"))
    code = models.CharField(_("รหัสหน่วยงาน"), max_length=20)
    name_th = models.CharField(_("ชื่อหน่วยงาน"), max_length=200)
    name_en = models.CharField(_("ชื่อหน่วยงาน (อังกฤษ)"), max_length=200, blank=True)
    short_name = models.CharField(_("ชื่อย่อ"), max_length=60, blank=True)
    kind = models.CharField(_("ประเภท"), max_length=20, choices=Kind.choices)
    ministry = models.CharField(_("กระทรวง"), max_length=120, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("หน่วยงานต้นสังกัด"),
    )
    head_title = models.CharField(_("ตำแหน่งหัวหน้าหน่วยงาน"), max_length=200, blank=True)
    function = models.CharField(_("ภารกิจในระบบ"), max_length=30, choices=Function.choices, blank=True)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ที่ตั้ง")
    )
    active_from = models.DateField(_("ตั้งแต่วันที่"))
    active_to = models.DateField(_("ถึงวันที่"), null=True, blank=True)
    sort_key = models.CharField(max_length=400, editable=False)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]
        verbose_name = _("หน่วยงาน")
        verbose_name_plural = _("หน่วยงาน")
        constraints = [
            models.UniqueConstraint(fields=["province", "code"], name="agency_code_once_per_province"),
            models.UniqueConstraint(
                fields=["province", "function"],
                condition=~Q(function="") & Q(active_to__isnull=True),
                name="agency_function_once_per_province",
                violation_error_message=_("จังหวัดมีหน่วยงานที่ทำหน้าที่นี้อยู่แล้ว"),
            ),
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gte=F("active_from")),
                name="agency_ends_after_start",
                violation_error_message=_("วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม"),
            ),
        ]
        indexes = [models.Index(fields=["province", "sort_key"], name="agency_order")]
        triggers = [
            pgtrigger.Protect(name="agency_is_never_deleted", operation=pgtrigger.Delete),
            PEOPLE_FOLLOW,
        ]

    def __str__(self) -> str:
        return self.name_th

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_sort_key()
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_en if (get_language() or "th").startswith("en") and self.name_en else self.name_th

    @property
    def contact(self) -> dict[str, Any]:
        """Address, telephone and the like from the province's settings; empty when they name none."""
        return self.province.settings.get("agencies", {}).get(self.code, {})

    def clean(self) -> None:
        seen, above = {self.pk}, self.parent
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": _("หน่วยงานต้นสังกัดวนกลับมาที่หน่วยงานนี้เอง")})
            seen.add(above.pk)
            above = above.parent

    def set_sort_key(self) -> None:
        """Called by ``save``; bulk writes call it themselves."""
        self.sort_key = sort_key(self.name_th)


class Post(models.Model):
    """A post that decides. Who holds it when stands in ``Tenure``; who acts for it in ``ActingAppointment``."""

    class Kind(models.TextChoices):
        GOVERNOR = "governor", _("ผู้ว่าราชการจังหวัด")
        VICE_GOVERNOR = "vice_governor", _("รองผู้ว่าราชการจังหวัด")
        AGENCY_HEAD = "agency_head", _("หัวหน้าส่วนราชการ")
        UNIT_HEAD = "unit_head", _("หัวหน้ากลุ่มงาน/ฝ่าย")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts", verbose_name=_("หน่วยงาน"))
    kind = models.CharField(_("ประเภทตำแหน่ง"), max_length=15, choices=Kind.choices)
    title_th = models.CharField(_("ชื่อตำแหน่ง"), max_length=200)
    in_charge_of = models.ManyToManyField(
        Agency, blank=True, related_name="overseen_by", verbose_name=_("หน่วยงานที่กำกับดูแล (รองผู้ว่าราชการจังหวัด)")
    )

    class Meta:
        ordering = ["agency_id", "kind", "id"]
        verbose_name = _("ตำแหน่ง")
        verbose_name_plural = _("ตำแหน่ง")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind"],
                condition=Q(kind__in=["governor", "agency_head"]),
                name="post_one_head_per_agency",
            ),
            models.UniqueConstraint(fields=["agency", "kind", "title_th"], name="post_title_once_per_agency"),
        ]

    def __str__(self) -> str:
        return self.title_th


# A head of a unit is somebody's supervisor by the staff list, not by the post.
ROLE_OF_POST = {
    Post.Kind.GOVERNOR.value: Role.GOVERNOR,
    Post.Kind.VICE_GOVERNOR.value: Role.VICE_GOVERNOR,
    Post.Kind.AGENCY_HEAD.value: Role.HEAD_AGENCY,
}
