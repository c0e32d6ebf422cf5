"""Provinces and the gazetteer of places."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Region(models.TextChoices):
    """The six regions; the cabinet grants regional holidays by them."""

    NORTH = "N", _("ภาคเหนือ")
    NORTHEAST = "NE", _("ภาคตะวันออกเฉียงเหนือ")
    CENTRAL = "C", _("ภาคกลาง")
    EAST = "E", _("ภาคตะวันออก")
    WEST = "W", _("ภาคตะวันตก")
    SOUTH = "S", _("ภาคใต้")


class Province(models.Model):
    """A province that uses this installation. ``settings``: what differs between provinces, from a data file."""

    code = models.CharField(
        _("รหัสจังหวัด"), max_length=2, primary_key=True, validators=[RegexValidator(r"^\d{2}$")]
    )
    name_th = models.CharField(_("ชื่อจังหวัด"), max_length=100)
    name_en = models.CharField(_("ชื่อจังหวัด (อังกฤษ)"), max_length=100, blank=True)
    region = models.CharField(_("ภาค"), max_length=2, choices=Region.choices)
    settings = models.JSONField(_("ค่าของจังหวัด"), default=dict, blank=True)
    is_sample = models.BooleanField(_("ข้อมูลตัวอย่าง"), default=False)

    class Meta:
        ordering = ["code"]
        verbose_name = _("จังหวัด")
        verbose_name_plural = _("จังหวัด")

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """With the word for province, which the capital does not carry."""
        return self.name_th if self.name_th.startswith("กรุงเทพ") else f"จังหวัด{self.name_th}"

    @property
    def name(self) -> str:
        """The full name in the reader's language; records keep ``full_name``."""
        if not self.name_en or not (get_language() or "th").startswith("en"):
            return self.full_name
        return f"{self.name_en} Province" if self.full_name != self.name_th else self.name_en

    @property
    def higher_authorities(self) -> list[dict[str, Any]]:
        """Where to go with what the province may not decide itself: the entries of its file, ``name`` in the reader's language."""
        english = (get_language() or "th").startswith("en")
        entries = self.settings.get("higher_authorities", [])
        return [{**one, "name": one["name_en"] if english else one["name_th"]} for one in entries]


class Place(models.Model):
    """A province, district or subdistrict, by its code of the Department of Provincial Administration."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("จังหวัด")
        DISTRICT = "district", _("อำเภอ")
        SUBDISTRICT = "subdistrict", _("ตำบล")

    code = models.CharField(_("รหัส"), max_length=6, primary_key=True)
    kind = models.CharField(_("ประเภท"), max_length=12, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("อยู่ใน")
    )
    name_th = models.CharField(_("ชื่อ"), max_length=100)
    name_en = models.CharField(_("ชื่อ (อังกฤษ)"), max_length=100, blank=True)
    name_alt = models.CharField(_("ชื่อที่สะกดอีกแบบ"), max_length=100, blank=True)
    region = models.CharField(_("ภาค"), max_length=2, choices=Region.choices, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("สถานที่")
        verbose_name_plural = _("สถานที่")

    def __str__(self) -> str:
        return self.name_th

    @property
    def province_code(self) -> str:
        return self.code[:2]
