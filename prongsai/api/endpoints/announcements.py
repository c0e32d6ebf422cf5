"""Announcements, their measures and their clauses, with where each stands today."""

from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from prongsai.api import shapes
from prongsai.api.paging import PageOut, Paging, paged
from prongsai.api.schemas import (
    AnnouncementDetailOut,
    AnnouncementOut,
    ClauseDetailOut,
    ClauseOut,
    MeasureOut,
)
from prongsai.compliance.evidence import act_titles, open_entries, secret_months
from prongsai.compliance.models import Announcement, Clause
from prongsai.compliance.public import rules_in_force
from prongsai.compliance.registers import Clauses
from prongsai.compliance.standing import Board
from prongsai.organisation.models import Agency
from prongsai.registers.licence import licence_of
from prongsai.registers.listing import search

router = Router(tags=["announcements"])


class AnnouncementPage(PageOut):
    items: list[AnnouncementOut]


class MeasurePage(PageOut):
    items: list[MeasureOut]


class ClausePage(PageOut):
    items: list[ClauseOut]


class ClauseFilters(Schema):
    measure: str = Field("", max_length=10, description="Code of a measure")
    state: Literal["", "late", "due_soon", "in_progress", "done", "none"] = Field(
        "", description="Standing today"
    )
    operative: bool | None = Field(
        None, description="Only clauses that must be carried out, or only the others"
    )
    q: str = Field("", max_length=200, description="Words to be found")


@router.get("/announcements", response=AnnouncementPage, summary="Announcements", description="ประกาศทุกฉบับ")
def announcements(request: HttpRequest, response: HttpResponse, paging: Query[Paging]) -> Any:
    rows = Announcement.objects.filter(province=shapes.province_of(request)).order_by("-signed_on", "pk")
    return paged(request, response, rows, paging, lambda row: shapes.announcement(request, row))


@router.get(
    "/announcements/{key}",
    response=AnnouncementDetailOut,
    summary="One announcement with its measures",
    description="ประกาศฉบับหนึ่ง พร้อมมาตรการ",
)
def announcement(request: HttpRequest, key: str) -> Any:
    found = shapes.announcement_of(request, key)
    return {
        **shapes.announcement(request, found),
        "measures": _measures(request, found),
        "licence": licence_of(found.province).described(),
    }


@router.get(
    "/announcements/{key}/measures",
    response=MeasurePage,
    summary="Measures of an announcement, with how many of their clauses stand where",
    description="มาตรการของประกาศ และจำนวนข้อในแต่ละสถานะ",
)
def measures(request: HttpRequest, response: HttpResponse, key: str, paging: Query[Paging]) -> Any:
    found = shapes.announcement_of(request, key)
    return paged(request, response, _measures(request, found), paging, lambda row: row)


def _measures(request: HttpRequest, found: Announcement) -> list[dict[str, Any]]:
    board = Board(found, public=True)
    return [
        shapes.measure(
            request, measure, board.count(c for c in board.operative if c.measure_id == measure.pk)
        )
        for measure in found.measures.select_related("announcement")
    ]


@router.get(
    "/announcements/{key}/clauses",
    response=ClausePage,
    summary="Clauses in printed order: text, corrected reading, duty, standing",
    description="ข้อตามลำดับที่พิมพ์: ข้อความ คำอ่านที่แก้ไข ผู้มีหน้าที่ สถานะวันนี้",
)
def clauses(
    request: HttpRequest,
    response: HttpResponse,
    key: str,
    filters: Query[ClauseFilters],
    paging: Query[Paging],
) -> Any:
    found = shapes.announcement_of(request, key)
    board = Board(found, public=True)
    rows = [clause for clause in board.clauses if _wanted(clause, filters, board)]
    if filters.q:
        register = Clauses()
        hits = search(register.rows(request.actor), register.search, filters.q)  # type: ignore[attr-defined]
        numbers = set(hits.values_list("pk", flat=True))
        rows = [clause for clause in rows if clause.pk in numbers]
    return paged(
        request, response, rows, paging, lambda clause: shapes.clause(request, clause, board.of(clause))
    )


def _wanted(clause: Clause, filters: ClauseFilters, board: Board) -> bool:
    if filters.measure and clause.measure.code != filters.measure:
        return False
    if filters.operative is not None and clause.operative != filters.operative:
        return False
    return not filters.state or (clause.operative and board.of(clause).state == filters.state)


@router.get(
    "/announcements/{key}/clauses/{path:code}",
    response=ClauseDetailOut,
    summary="One clause: rules in force, evidence, agencies; confidential matters only as counts",
    description="ข้อหนึ่ง: ระยะเวลาที่ใช้อยู่ หลักฐาน และสถานะของหน่วยงาน เรื่องที่เป็นความลับแสดงเฉพาะจำนวน",
)
def clause(request: HttpRequest, key: str, code: str) -> Any:
    found = shapes.announcement_of(request, key)
    board = Board(found, public=True)
    this = next((clause for clause in board.clauses if clause.code == code), None)
    if this is None:
        raise Http404
    return {
        **shapes.clause(request, this, board.of(this)),
        "rules": [_rule(rule) for rule in rules_in_force(this)],
        "evidence": [_evidence(request, entry) for entry in open_entries(this)],
        "confidential_months": [_month(month) for month in secret_months(this)],
        "agencies": list(_agencies(board, this)) if this.operative else [],
        "licence": licence_of(found.province).described(),
    }


def _rule(rule: Any) -> dict[str, Any]:
    names = ("key", "value", "unit", "origin", "label_th", "label_en", "source", "valid_from")
    return {name: getattr(rule, name) for name in names}


def _evidence(request: HttpRequest, entry: Any) -> dict[str, Any]:
    thai, english = act_titles()[entry.kind]
    return {
        "entry": entry.entry_id,
        "at": entry.at,
        "act": entry.kind,
        "title_th": thai,
        "title_en": english,
        "agency": entry.agency_id,
        "url": shapes.url(request, "portal:evidence", entry.entry_id),
        "proof_url": shapes.url(request, "api:inclusion_proof", entry.entry_id),
    }


def _month(month: Any) -> dict[str, Any]:
    thai, english = act_titles()[month.kind]
    return {
        "month": f"{month.month:%Y-%m}",
        "act": month.kind,
        "title_th": thai,
        "title_en": english,
        "count": month.count,
    }


def _agencies(board: Board, clause: Clause) -> Any:
    for agency in Agency.objects.of(board.announcement.province).active():
        now = board.agency(clause, agency.pk)
        if now.state != "none":
            yield {"agency": agency.pk, "standing": shapes.standing(now)}
