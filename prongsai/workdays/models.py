"""The holiday table of the database: seeded from ``data/holidays.csv``, then kept by the office."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prongsai.workdays import calendar


class Holiday(models.Model):
    """A government day off for the whole country, a region or a province.

    A wrong row is cancelled, not deleted: the seed would bring it back, and due dates were once computed with it.
    """

    class Scope(models.TextChoices):
        NATIONAL = "national", _("ทั่วประเทศ")
        REGION = "region", _("ประจำภาค")
        PROVINCE = "province", _("เฉพาะจังหวัด")

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("ตามประกาศประจำปี")
        SUBSTITUTE = "substitute", _("ชดเชย")
        SPECIAL = "special", _("กรณีพิเศษตามมติคณะรัฐมนตรี")

    date = models.DateField(_("วันที่"))
    name_th = models.CharField(_("ชื่อวันหยุด"), max_length=300)
    name_en = models.CharField(_("ชื่อวันหยุด (อังกฤษ)"), max_length=300, blank=True)
    scope = models.CharField(_("ขอบเขต"), max_length=10, choices=Scope.choices, default=Scope.NATIONAL)
    scope_code = models.CharField(
        _("ภาคหรือรหัสจังหวัด"),
        max_length=2,
        blank=True,
        help_text=_("N NE C E W S หรือรหัสจังหวัดสองหลัก เว้นว่างเมื่อหยุดทั่วประเทศ"),
    )
    kind = models.CharField(_("ประเภท"), max_length=12, choices=Kind.choices, default=Kind.ORDINARY)
    source = models.CharField(_("ที่มา"), max_length=300, help_text=_("มติคณะรัฐมนตรีหรือประกาศที่อ้างอิง"))
    is_cancelled = models.BooleanField(_("ยกเลิก (เป็นวันทำการ)"), default=False)
    updated_at = models.DateTimeField(_("ปรับปรุงล่าสุดเมื่อ"), auto_now=True)

    class Meta:
        ordering = ["date", "scope", "scope_code"]
        verbose_name = _("วันหยุดราชการ")
        verbose_name_plural = _("วันหยุดราชการ")
        constraints = [
            models.UniqueConstraint(
                fields=["date", "scope", "scope_code"],
                name="holiday_once_per_scope",
                violation_error_message=_("มีวันหยุดของวันที่และขอบเขตนี้อยู่แล้ว"),
            ),
            models.CheckConstraint(
                condition=(Q(scope="national") & Q(scope_code=""))
                | (~Q(scope="national") & ~Q(scope_code="")),
                name="holiday_scope_has_its_code",
                violation_error_message=_("วันหยุดทั่วประเทศไม่มีรหัส วันหยุดของภาคหรือจังหวัดต้องมีรหัส"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date.isoformat()} {self.name_th}"

    def as_record(self) -> calendar.Holiday:
        """The same day for the calendar, which knows no database."""
        return calendar.Holiday(
            date=self.date,
            name=self.name_th,
            name_en=self.name_en,
            scope=calendar.Scope(self.scope),
            scope_code=self.scope_code,
            kind=self.kind,
            source=self.source,
        )
