"""The agencies of the province, and the days on which they are closed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router

from prongsai.api import shapes
from prongsai.api.paging import PageOut, Paging, paged
from prongsai.api.schemas import AgencyDetailOut, AgencyOut, HolidayOut
from prongsai.compliance.public import holidays_in_force
from prongsai.compliance.registers import current_announcement
from prongsai.compliance.standing import Board
from prongsai.organisation.models import Agency
from prongsai.registers.licence import licence_of
from prongsai.workdays.models import Holiday

router = Router(tags=["agencies"])

LAST_ID = 2**63 - 1
CONTACT = ("address_th", "address_en", "phone", "hotline", "email", "web")


class AgencyPage(PageOut):
    items: list[AgencyOut]


class HolidayPage(PageOut):
    items: list[HolidayOut]


@router.get(
    "/agencies", response=AgencyPage, summary="Agencies that exist today", description="หน่วยงานที่มีอยู่ในวันนี้"
)
def agencies(
    request: HttpRequest,
    response: HttpResponse,
    paging: Query[Paging],
    kind: str = Query("", max_length=20, description="Kind of agency"),
) -> Any:
    rows = Agency.objects.of(shapes.province_of(request)).active()
    if kind:
        rows = rows.filter(kind=kind)
    return paged(request, response, rows, paging, lambda row: shapes.agency(request, row))


@router.get(
    "/agencies/{agency_id}",
    response=AgencyDetailOut,
    summary="One agency: contact, and how many clauses stand where; confidential matters are not counted",
    description="หน่วยงานหนึ่ง: ที่ติดต่อ และจำนวนข้อในแต่ละสถานะ โดยมิได้นับเรื่องที่เป็นความลับ",
)
def agency(request: HttpRequest, agency_id: int = Path(..., ge=1, le=LAST_ID)) -> Any:
    province = shapes.province_of(request)
    found = get_object_or_404(Agency.objects.of(province), pk=agency_id)
    announcement = current_announcement(province)
    measures = []
    if announcement:
        board = Board(announcement, public=True)
        for measure in announcement.measures.all():
            clauses = [clause for clause in board.operative if clause.measure_id == measure.pk]
            measures.append({"measure": measure.code, "clauses": board.count(clauses, found.pk)})
    return {
        **shapes.agency(request, found),
        "contact": {name: found.contact.get(name) for name in CONTACT},
        "announcement": announcement.key if announcement else None,
        "measures": measures,
        "licence": licence_of(province).described(),
    }


@router.get(
    "/holidays",
    response=HolidayPage,
    summary="Days that the working-day clocks of the province do not count",
    description="วันหยุดราชการที่ใช้นับวันทำการของจังหวัด",
)
def holidays(
    request: HttpRequest,
    response: HttpResponse,
    paging: Query[Paging],
    year: int | None = Query(None, ge=1900, le=2300, description="Year (C.E.)"),
) -> Any:
    rows = holidays_in_force(shapes.province_of(request))
    if year is not None:
        rows = rows.filter(date__year=year)
    return paged(request, response, rows, paging, _holiday)


def _holiday(day: Holiday) -> dict[str, Any]:
    names = ("date", "name_th", "name_en", "scope", "scope_code", "kind", "source")
    return {name: getattr(day, name) for name in names}
