"""The API explained on one page, from its own OpenAPI description. Plain HTML: no script, nothing from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from prongsai.api.v1 import api
from prongsai.registers.language import in_english
from prongsai.registers.licence import licence_of
from prongsai.ui.parts import Link

GROUPS = {
    "service": gettext_lazy("บริการ"),
    "announcements": gettext_lazy("ประกาศ มาตรการ และข้อ"),
    "agencies": gettext_lazy("หน่วยงานและวันหยุดราชการ"),
    "registers": gettext_lazy("ทะเบียนที่เปิดเผย"),
    "statistics": gettext_lazy("สถิติ"),
    "ledger": gettext_lazy("สมุดบันทึกและการพิสูจน์"),
}
PARAMETERS = {
    "page": gettext_lazy("หน้าที่ เริ่มจาก 1"),
    "size": gettext_lazy("จำนวนรายการต่อหน้า ไม่เกิน 100"),
    "key": gettext_lazy("รหัสของประกาศหรือทะเบียน"),
    "code": gettext_lazy("รหัสข้อ"),
    "agency_id": gettext_lazy("เลขของหน่วยงาน"),
    "measure": gettext_lazy("รหัสมาตรการ"),
    "state": gettext_lazy("สถานะวันนี้"),
    "operative": gettext_lazy("เฉพาะข้อที่ต้องปฏิบัติ หรือเฉพาะข้ออื่น"),
    "kind": gettext_lazy("ประเภทหน่วยงาน"),
    "year": gettext_lazy("ปี: วันหยุดใช้ ค.ศ. สถิติใช้ปีงบประมาณ พ.ศ."),
    "quarter": gettext_lazy("ไตรมาสของปีงบประมาณ"),
    "lang": gettext_lazy("ภาษาของค่า: th หรือ en"),
    "sort": gettext_lazy("คอลัมน์ที่ใช้เรียง นำหน้าด้วย - เพื่อเรียงจากมากไปน้อย"),
    "q": gettext_lazy("คำที่ต้องการค้นหา"),
    "entry": gettext_lazy("ลำดับในสมุดบันทึก"),
    "tree_size": gettext_lazy("ขนาดของสมุดบันทึก"),
    "old_size": gettext_lazy("ขนาดที่จุดตรวจเก่า"),
    "new_size": gettext_lazy("ขนาดที่จุดตรวจใหม่"),
}


@dataclass(frozen=True)
class Parameter:
    name: str
    words: str
    type: str
    required: bool


@dataclass(frozen=True)
class Operation:
    path: str
    words: str
    parameters: list[Parameter]
    fields: list[tuple[str, str]]  # name and type of what is answered
    try_url: str  # where it can be opened as it stands


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    schema = api.get_openapi_schema()
    groups: dict[str, list[Operation]] = {tag: [] for tag in GROUPS}
    for path, methods in schema["paths"].items():
        described = methods["get"]
        groups[described["tags"][0]].append(_operation(path, described, schema))
    context = {
        "groups": [(GROUPS[tag], operations) for tag, operations in groups.items()],
        "base": request.build_absolute_uri(reverse("api:api-root")),
        "openapi_url": reverse("api:openapi-json"),
        "licence": licence_of(request.actor.province),  # type: ignore[attr-defined]
        "page_audience": _("ประชาชนทั่วไป"),
        "breadcrumbs": [
            Link(_("หน้าหลัก"), reverse("portal:home")),
            Link(_("ข้อมูลเปิด"), reverse("portal:registers")),
            Link("API", ""),
        ],
    }
    return render(request, "api/docs.html", context)


def _operation(path: str, described: dict[str, Any], schema: dict[str, Any]) -> Operation:
    parameters = [
        Parameter(
            name=found["name"],
            words=str(PARAMETERS[found["name"]]),
            type=_type(found["schema"]),
            required=found["required"],
        )
        for found in described["parameters"]
    ]
    answer = described["responses"][200]["content"]["application/json"]["schema"]
    properties = schema["components"]["schemas"][answer["$ref"].rpartition("/")[2]]["properties"]
    return Operation(
        path=path,
        words=described["summary"] if in_english() else described["description"],
        parameters=parameters,
        fields=[(name, _type(found)) for name, found in properties.items()],
        try_url="" if any(one.required for one in parameters) else path,
    )


def _type(found: dict[str, Any]) -> str:
    """``integer``, ``date | null``, ``list of ClauseOut``: short, for people."""
    if "$ref" in found:
        return found["$ref"].rpartition("/")[2].removesuffix("Out")
    if "anyOf" in found:
        return " | ".join(_type(one) for one in found["anyOf"])
    if found.get("type") == "array":
        return f"list of {_type(found['items'])}"
    return str(found.get("format") or found.get("type") or "any")
