"""Public registers of the spine: the announcement's entries, statements of zero, and the evidence itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.text import Truncator

from prongsai.compliance.evidence import act_titles, open_evidence
from prongsai.compliance.models import Announcement, Clause, Measure, Statement
from prongsai.ledger.models import Entry
from prongsai.organisation.models import Agency
from prongsai.registers import Choice, Column, Period, Register, Truth
from prongsai.registers.language import pick

if TYPE_CHECKING:
    from django.http import QueryDict

    from prongsai.organisation.actors import Actor

_THAI_ASIDE = re.compile(r"\s*\([^)]*[\u0e00-\u0e7f][^)]*\)")

EVERYONE, EVERYONE_EN = "ประชาชนทั่วไป", "Everyone"


def current_announcement(province: Any) -> Announcement | None:
    """The announcement in force: the latest signed one that none has replaced."""
    return (
        Announcement.objects.filter(province=province, replaced_by=None).order_by("-signed_on", "-pk").first()
    )


def _announcements(actor: Actor) -> list[tuple[str, str]]:
    found = Announcement.objects.filter(province=actor.province).order_by("-signed_on", "pk")
    return [(a.key, pick(a.title_th, a.title_en)) for a in found]


def _measures(actor: Actor) -> list[tuple[str, str]]:
    found = Measure.objects.filter(announcement__province=actor.province).order_by("order", "pk")
    return list({m.code: (m.code, pick(m.short_th, m.short_en)) for m in found}.values())


def _levels(actor: Actor) -> list[tuple[str, str]]:
    return [(level.value, str(level.label)) for level in Clause.Level]


def _agencies(actor: Actor) -> list[tuple[str, str]]:
    found = Agency.objects.filter(province=actor.province)
    return [(str(a.pk), pick(a.name_th, a.name_en)) for a in found]


def _agency_name(agency: Agency | None) -> str:
    return pick(agency.name_th, agency.name_en) if agency else ""


class Clauses(Register):
    """Every entry of every announcement of the province, in the order of the paper."""

    key = "clauses"
    title, title_en = "ข้อตามประกาศ", "Clauses of the announcement"
    about = "ข้อความตามที่พิมพ์ คำอ่านที่แก้ไข และผู้มีหน้าที่ของทุกข้อ เรียงตามลำดับในประกาศ"
    about_en = "The text as printed, the corrected reading and the responsible party of every entry, in printed order."
    model = Clause
    secrecy, public = "S0", True
    audience, audience_en = EVERYONE, EVERYONE_EN
    search = "search_norm"
    order = ("-announcement__signed_on", "announcement_id", "seq")
    has_record_page = False
    columns = (
        Column("code", "รหัสข้อ", lambda c: c.code, label_en="Code", kind="link", official=True),
        Column(
            "measure", "มาตรการ", lambda c: pick(c.measure.short_th, c.measure.short_en), label_en="Measure"
        ),
        Column("title", "เรื่อง", lambda c: c.title_th, label_en="Subject", official=True),
        Column(
            "printed",
            "ข้อความตามที่พิมพ์",
            lambda c: c.printed,
            label_en="Text as printed",
            kind="long",
            official=True,
        ),
        Column(
            "reading",
            "คำอ่านที่แก้ไข",
            lambda c: c.reading,
            label_en="Corrected reading",
            kind="long",
            official=True,
        ),
        Column(
            "duty", "ผู้ใดต้องทำสิ่งใด", lambda c: pick(c.duty_th, c.english), label_en="In English", kind="long"
        ),
    )
    filters = (
        Choice("announcement", "ประกาศ", "announcement__key", _announcements, "Announcement"),
        Choice("measure", "มาตรการ", "measure__code", _measures, "Measure"),
        Choice("level", "ประเภท", "level", _levels, "Kind"),
        Truth(
            "duties", "เฉพาะข้อที่ต้องปฏิบัติ", lambda rows: rows.filter(operative=True), "Operative clauses only"
        ),
        Truth(
            "corrected", "เฉพาะข้อที่แก้ไขคำอ่าน", lambda rows: rows.exclude(reading=""), "Corrected readings only"
        ),
    )

    def rows(self, actor: Actor) -> QuerySet:
        return Clause.objects.filter(announcement__province=actor.province).select_related(
            "announcement", "measure"
        )

    def changed(self, actor: Actor) -> dt.datetime | None:
        return Announcement.objects.filter(province=actor.province).aggregate(last=Max("loaded_at"))["last"]

    def public_address(self, record: Clause) -> str:
        return reverse("portal:clause", args=[record.announcement.key, record.code])


class Statements(Register):
    """Signed statements that there was nothing to publish in a period."""

    key = "statements"
    title, title_en = "คำรับรองว่าไม่มีเรื่อง", "Statements of zero"
    about = "คำรับรองที่ลงนามและลงวันที่ว่าไม่มีเรื่องให้เผยแพร่ในช่วงเวลาหนึ่ง การไม่เผยแพร่สิ่งใดมิใช่หลักฐาน"
    about_en = (
        "Signed and dated statements that there was nothing to publish in a period. Silence is not evidence."
    )
    model = Statement
    secrecy, public = "S0", True
    audience, audience_en = EVERYONE, EVERYONE_EN
    order = ("-period_to", "-signed_on")
    has_record_page = False
    practices = ("M5.2.5",)
    columns = (
        Column("subject", "เรื่อง", lambda s: s.get_subject_display(), label_en="Subject"),
        Column("agency", "หน่วยงาน", lambda s: _agency_name(s.agency), "agency__sort_key", label_en="Agency"),
        Column("period_from", "ตั้งแต่วันที่", lambda s: s.period_from, "period_from", "date", "From"),
        Column("period_to", "ถึงวันที่", lambda s: s.period_to, "period_to", "date", "To"),
        Column("signed_by", "ผู้รับรอง", lambda s: s.signed_by, label_en="Signed by", official=True),
        Column("signed_on", "ลงวันที่", lambda s: s.signed_on, "signed_on", "date", "Signed on"),
    )
    filters = (
        Choice("agency", "หน่วยงาน", "agency_id", _agencies, "Agency"),
        Period("signed", "ลงวันที่", "signed_on", "Signed"),
    )

    def rows(self, actor: Actor) -> QuerySet:
        return Statement.objects.filter(province=actor.province).select_related("agency")

    def changed(self, actor: Actor) -> dt.datetime | None:
        return self.rows(actor).aggregate(last=Max("changed_at"))["last"]


@dataclass(frozen=True)
class OfClause(Choice):
    """Evidence of one clause: entries that name any of its practices."""

    def apply(self, rows: QuerySet, params: QueryDict, actor: Actor) -> tuple[QuerySet, str, str]:
        code = params.get(self.key, "")
        labels = dict(self.choices(actor))
        if code not in labels:
            return super().apply(rows, params, actor)
        clauses = Clause.objects.filter(announcement__province=actor.province, code=code)
        practices = sorted({p for clause in clauses for p in clause.practices})
        return rows.filter(clauses__overlap=practices), code, ""


def _clause_codes(actor: Actor) -> Sequence[tuple[str, str]]:
    found = Clause.objects.filter(announcement__province=actor.province, level__in=("clause", "heading"))
    return [
        (c.code, f"{c.code} {pick(c.title_th, _brief(c.english))}")
        for c in found.order_by("-announcement__signed_on", "seq")
    ]


def _brief(english: str) -> str:
    """The beginning of a gloss for a list of choices, which cannot mark Thai terms as Thai."""
    return Truncator(_THAI_ASIDE.sub("", english)).chars(70)


class Evidence(Register):
    """What was done in open matters (S0, S1): one row per act, each with a proof. Secret matters are only counted."""

    key = "evidence"
    title, title_en = "หลักฐานการปฏิบัติ", "Evidence"
    about = "สิ่งที่ได้ดำเนินการตามประกาศ ทุกรายการตรวจสอบได้ด้วยตนเอง เรื่องที่เป็นความลับแสดงเฉพาะจำนวนในหน้าของแต่ละข้อ"
    about_en = "What was done under the announcement. Anyone can verify every entry. Confidential matters appear only as counts, on the page of each clause."
    model = Entry
    secrecy, public = "S0", True
    audience, audience_en = EVERYONE, EVERYONE_EN
    order = ("-id",)
    has_record_page = False
    columns = (
        Column("number", "ลำดับในสมุดบันทึก", lambda e: e.pk, "id", "link", "Ledger entry"),
        Column("at", "วันเวลา", lambda e: e.at, "at", "datetime", "Date and time"),
        Column(
            "act",
            "สิ่งที่ดำเนินการ",
            lambda e: pick(*act_titles().get(e.kind, (e.kind, e.kind))),
            label_en="What was done",
        ),
        Column("clauses", "ข้อตามประกาศ", lambda e: ", ".join(e.clauses), label_en="Clauses"),
        Column("agency", "หน่วยงาน", lambda e: pick(e.agency_th or "", e.agency_en or ""), label_en="Agency"),
    )
    filters = (
        OfClause("clause", "ข้อ", "", _clause_codes, "Clause"),
        Choice("agency", "หน่วยงาน", "agency_id", _agencies, "Agency"),
        Period("at", "วันที่", "at__date", "Date"),
    )

    def rows(self, actor: Actor) -> QuerySet:
        # The ledger points at nothing (its rows outlive everything), so the agency's name is fetched beside it.
        agency = Agency.objects.filter(pk=OuterRef("agency_id"))
        return open_evidence(actor.province.pk if actor.province else "").annotate(
            agency_th=Subquery(agency.values("name_th")[:1]), agency_en=Subquery(agency.values("name_en")[:1])
        )

    def changed(self, actor: Actor) -> dt.datetime | None:
        return self.rows(actor).order_by("-id").values_list("at", flat=True).first()

    def public_address(self, record: Entry) -> str:
        return reverse("portal:evidence", args=[record.pk])
