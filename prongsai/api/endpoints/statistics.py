"""Complaint statistics: the figures of the public page, from the same query, with the same ones hidden."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from prongsai.api import shapes
from prongsai.api.problems import BadRequest
from prongsai.api.schemas import ComplaintStatisticsOut
from prongsai.complaints import statistics as counting
from prongsai.complaints.views_statistics import YEARS_BACK
from prongsai.compliance.models import Statement
from prongsai.registers.licence import licence_of
from prongsai.thai.dates import fiscal_year

router = Router(tags=["statistics"])


@router.get(
    "/statistics/complaints",
    response=ComplaintStatisticsOut,
    summary="Complaints received in a fiscal year or a quarter of it",
    description="เรื่องร้องเรียนที่ได้รับในปีงบประมาณหนึ่งหรือไตรมาสหนึ่ง ตัวเลขรายหน่วยงานที่น้อยไม่แสดง",
)
def complaint_statistics(
    request: HttpRequest,
    year: int | None = Query(None, ge=2400, le=2700, description="Fiscal year (B.E.); by default this one"),
    quarter: int | None = Query(None, ge=1, le=4, description="Quarter of the fiscal year"),
) -> Any:
    province = shapes.province_of(request)
    this_year = fiscal_year(timezone.localdate())
    year = this_year if year is None else year
    first_year = this_year - YEARS_BACK
    if not first_year <= year <= this_year:
        raise BadRequest(
            ("year", f"มีข้อมูลปีงบประมาณ {first_year}–{this_year}", f"There are figures for {first_year}–{this_year}.")
        )  # fmt: skip
    first, last = counting.fiscal_period(year, quarter)
    counted = counting.figures(province, first, last)
    shown = counting.public(counted, province, with_agencies=quarter is None)
    return {
        "fiscal_year": year,
        "quarter": quarter,
        "first": first,
        "last": last,
        "total": shown["total"],
        "done": shown["done"],
        "in_progress": shown["in_progress"],
        "receipts": shown["receipts"],
        "days_to_decide": shown["days_to_decide"],
        "grounds": [{**_labelled(g), "main": main, "named": named} for g, main, named in shown["grounds"]],
        "ground_not_set": shown["unset"],
        "channels": [{**_labelled(channel), "count": n} for channel, n in shown["channels"]],
        "states": [{**_labelled(state), "count": n} for state, n in shown["states"]],
        "months": [{"month": month, "count": n} for month, n in counted.by_month.items()],
        "agencies": [_accused(*row) for row in shown["agencies"]] if shown["with_agencies"] else None,
        "others_hidden": shown["unnamed"],
        "smallest_shown": counting.SMALLEST_CELL,
        "statements": [_statement(statement) for statement in shown["statements"]],
        "licence": licence_of(province).described(),
    }


def _labelled(choice: Any) -> dict[str, str]:
    thai, english = shapes.both(choice.label)
    return {"code": choice.value, "label_th": thai, "label_en": english}


def _accused(agency: Any, count: int) -> dict[str, Any]:
    if agency is None:
        return {"agency": None, "name_th": "หน่วยงานอื่นนอกรายการ", "name_en": "Another agency", "count": count}
    return {"agency": agency.pk, "name_th": agency.name_th, "name_en": agency.name_en, "count": count}


def _statement(statement: Statement) -> dict[str, Any]:
    thai, english = shapes.both(Statement.Subject(statement.subject).label)
    names = ("subject", "period_from", "period_to", "signed_by", "signed_on")
    return {
        **{name: getattr(statement, name) for name in names},
        "subject_th": thai,
        "subject_en": english,
    }
