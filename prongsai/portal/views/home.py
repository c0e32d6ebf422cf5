"""The front page: does the province do today what it announced?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.compliance.evidence import Open, newest_of, published_lately
from prongsai.compliance.models import Announcement, Measure
from prongsai.compliance.registers import current_announcement
from prongsai.compliance.standing import Board
from prongsai.portal.deadlines import deadlines
from prongsai.portal.keeping import kept
from prongsai.portal.pages import measure_url, province_of, show
from prongsai.portal.rings import segments
from prongsai.ui.parts import Segment

LATEST = 5


@dataclass(frozen=True)
class Card:
    """One measure today."""

    measure: Measure
    url: str
    segments: list[Segment]
    newest: Open | None
    secret_work: bool  # something was done in confidential matters, which no date may show


@dataclass(frozen=True)
class Door:
    label: str
    words: str
    url: str


@kept
def home(request: HttpRequest) -> HttpResponse:
    announcement = current_announcement(province_of(request))
    context: dict[str, Any] = {"announcement": announcement, "doors": _doors()}
    changed = None
    if announcement:
        board = Board(announcement, public=True)
        lately = published_lately(announcement.province_id, LATEST)
        context |= {
            "board": board,
            "whole": segments(board.count(board.operative)),
            "operative": len(board.operative),
            "cards": _cards(announcement, board),
            "lately": lately,
            "deadlines": list(deadlines(announcement, board.clauses, LATEST)),
        }
        changed = max([announcement.loaded_at, *(entry.at for entry in lately[:1])])
    return show(request, "home", context, changed=changed)


def _doors() -> list[Door]:
    return [
        Door(_("แจ้งเรื่องร้องเรียน"), _("การทุจริตและประพฤติมิชอบ ลงชื่อหรือไม่ลงชื่อก็ได้"), reverse("complaints:how")),
        Door(_("ติดตามเรื่อง"), _("ดูความคืบหน้าด้วยรหัสของท่าน"), reverse("complaints:track")),
        Door(_("ตรวจสอบเอกสาร"), _("พิสูจน์ว่าหลักฐานมิได้ถูกแก้ไข"), reverse("portal:verify")),
        Door(_("อ่านประกาศ"), _("ทุกข้อ ตามที่พิมพ์และคำอ่านที่แก้ไข"), reverse("portal:announcement")),
        Door(_("ดูสถิติ"), _("เรื่องร้องเรียนและผลการพิจารณา"), reverse("complaints:statistics")),
    ]


def _cards(announcement: Announcement, board: Board) -> list[Card]:
    """One card per measure; the announcement's own body is not a measure."""
    cards = []
    newest = newest_of(announcement.province_id)
    for measure in announcement.measures.exclude(code=Measure.BODY):
        clauses = [c for c in board.clauses if c.measure_id == measure.pk]
        of_measure = (newest[p] for c in clauses for p in c.practices if p in newest)
        found = max(of_measure, key=lambda entry: entry.entry_id, default=None)
        work = any(board.of(c).evidence for c in clauses)
        counts = board.count(c for c in clauses if c.operative)
        url = measure_url(measure, announcement)
        cards.append(Card(measure, url, segments(counts), found, work and found is None))
    return cards
