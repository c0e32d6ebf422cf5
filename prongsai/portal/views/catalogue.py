"""``/data/catalog.json``: what open data there is, with the main fields of the Thai Government Data Catalog.

The field names and the words of the choices are those of the catalogue's own form (the Digital Government Development
Agency's metadata for data sets, as in the CKAN extension ``thai_gdc``), so that a catalogue can take them over as they are;
``*_en`` and the DCAT type of each entry are added.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone, translation

from prongsai.complaints.statistics import SMALLEST_CELL
from prongsai.organisation.models import Agency, Province
from prongsai.portal.keeping import kept
from prongsai.portal.pages import province_of
from prongsai.registers import Register, public_registers
from prongsai.registers.licence import licence_of

FORMATS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
KEYWORDS = ["ความโปร่งใส", "ธรรมาภิบาล", "การป้องกันการทุจริต"]


@kept
def catalogue(request: HttpRequest) -> HttpResponse:
    province = province_of(request)
    described = [_register(request, province, register) for register in public_registers()]
    found = {
        "@type": "dcat:Catalog",
        "title": f"ข้อมูลเปิด {province.full_name}",
        "title_en": f"Open data of {province.name_en or province.name_th}",
        "homepage": _absolute(request, "portal:registers"),
        "is_sample": province.is_sample,
        "dataset": [*described, _statistics(request, province)],
    }
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _register(request: HttpRequest, province: Province, register: Register) -> dict[str, Any]:
    changed = register.changed(request.actor)  # type: ignore[attr-defined]
    files = [
        _resource(
            kind.upper(),
            media,
            request.build_absolute_uri(reverse(f"portal:register-{kind}", args=[register.key])),
        )
        for kind, media in FORMATS.items()
    ]
    rows = request.build_absolute_uri(reverse("api:register_rows", args=[register.key]))
    return {
        **_common(province),
        "name": f"prongsai-{province.pk}-{register.key}",
        "title": register.title,
        "title_en": register.title_en,
        "notes": register.about,
        "notes_en": register.about_en,
        "data_type": "ข้อมูลระเบียน",
        "data_format": ["CSV", "XLS", "JSON"],
        "url": _absolute(request, "portal:register", register.key),
        "last_updated_date": timezone.localtime(changed).date().isoformat() if changed else None,
        "resources": [*files, _resource("API", "application/json", rows)],
    }  # fmt: skip


def _statistics(request: HttpRequest, province: Province) -> dict[str, Any]:
    api = request.build_absolute_uri(reverse("api:complaint_statistics"))
    return {
        **_common(province),
        "name": f"prongsai-{province.pk}-complaint-statistics",
        "title": "สถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ",
        "title_en": "Statistics of complaints about corruption and misconduct",
        "notes": f"จำนวนเรื่องของทั้งจังหวัด ตัวเลขรายหน่วยงานที่น้อยกว่า {SMALLEST_CELL} ไม่แสดง",
        "notes_en": f"Figures of the whole province. Figures of agencies below {SMALLEST_CELL} are not shown.",
        "data_type": "ข้อมูลสถิติ",
        "data_format": ["JSON"],
        "url": _absolute(request, "complaints:statistics"),
        "last_updated_date": timezone.localdate().isoformat(),
        "resources": [_resource("API", "application/json", api)],
    }


def _common(province: Province) -> dict[str, Any]:
    """What holds for every data set. A contact that the province has not named is left empty, not invented."""
    office = Agency.objects.filter(
        province=province, function=Agency.Function.PROVINCIAL_OFFICE, active_to=None
    ).first()
    contact = office.contact if office else {}
    licence = licence_of(province)
    return {
        "@type": "dcat:Dataset",
        "owner_org": province.full_name,
        "maintainer": office.name_th if office else province.full_name,
        "maintainer_email": contact.get("email"),
        "tag_string": KEYWORDS,
        "objective": ["พันธกิจหน่วยงาน", "กฎหมายที่เกี่ยวข้อง"],
        "update_frequency_unit": "ตามเวลาจริง",
        "update_frequency_interval": None,
        "geo_coverage": "จังหวัด",
        "data_source": province.full_name,
        "data_category": "ข้อมูลสาธารณะ",
        "data_language": "ไทย",
        "license_id": licence.catalogue,
        "license_url": licence.url,
    }


def _resource(kind: str, media: str, url: str) -> dict[str, str]:
    return {"@type": "dcat:Distribution", "name": kind, "format": kind, "mimetype": media, "url": url}


def _absolute(request: HttpRequest, name: str, *arguments: str) -> str:
    """A page's Thai address: the catalogue is in both languages, its links need not differ."""
    with translation.override("th"):
        return request.build_absolute_uri(reverse(name, args=arguments))
