"""Registers that the staff need whatever the measure: deadlines, holidays, people. None of them is public."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from prongsai.acts.models import Due, DueQuerySet
from prongsai.acts.registry import all_duties
from prongsai.compliance.calendar_acts import holidays_of
from prongsai.compliance.models import CalendarChange, Clause, Measure
from prongsai.compliance.registers import current_announcement
from prongsai.compliance.standing import OPEN, SOON
from prongsai.organisation.models import Agency, Person, Province
from prongsai.registers import Choice, Column, Period, Register, Truth, all_registers
from prongsai.thai.dates import format_date
from prongsai.workdays.models import Holiday

if TYPE_CHECKING:
    from django.http import QueryDict

    from prongsai.organisation.actors import Actor

# Who sees every agency's open matters (domain analysis 2.3, first row).
WHOLE_PROVINCE = ("governor", "vice_governor", "center_officer", "auditor")


def _province(actor: Actor) -> Province:
    """The staff's province: nobody is staff before one is loaded."""
    if actor.province is None:
        raise ValueError("an actor of the staff has a province")
    return actor.province


def _labels(choices: Sequence[tuple[str, Any]]) -> Callable[[Actor], list[tuple[str, str]]]:
    return lambda actor: [(key, str(label)) for key, label in choices]


def _agencies(actor: Actor) -> list[tuple[str, str]]:
    return [(str(a.pk), a.name_th) for a in Agency.objects.of(_province(actor))]


def _running(rows: Any) -> QuerySet:
    return rows.open()


def _late(rows: Any) -> QuerySet:
    return rows.late(timezone.localdate())


def _serving(rows: Any) -> QuerySet:
    return rows.in_service()


def _short(agency: Agency | None) -> str:
    return (agency.short_name or agency.name_th) if agency else ""


@dataclass(frozen=True)
class ByPractice(Choice):
    """A filter by one of several groups of practices: a clause's, or a measure's."""

    practices: Any = None  # (actor, chosen value) → practices

    def apply(self, rows: QuerySet, params: QueryDict, actor: Actor) -> tuple[QuerySet, str, str]:
        value, labels = params.get(self.key, ""), dict(self.choices(actor))
        if value not in labels:
            return super().apply(rows, params, actor)
        return rows.filter(practice__in=self.practices(actor, value)), labels[value], ""


def _clauses(actor: Actor) -> QuerySet[Clause]:
    return Clause.objects.filter(announcement=current_announcement(actor.province), operative=True)


def _practices(clauses: QuerySet[Clause]) -> list[str]:
    return sorted({p for clause in clauses for p in clause.practices})


def _measure_choices(actor: Actor) -> list[tuple[str, str]]:
    found = Measure.objects.filter(announcement=current_announcement(actor.province))
    return [(m.code, f"{m.code} {m.short_th}") for m in found]


class Duties(Register):
    """Every deadline. A duty of a secret matter shows only to those who may see the matter itself."""

    key = "duties"
    title, title_en = "ทะเบียนกำหนดเวลา", "Register of deadlines"
    about = "กำหนดเวลาทุกรายการที่เริ่มนับแล้ว ผู้มีหน้าที่ วันครบกำหนด และผลการดำเนินการ เครื่องหมายล่าช้าคงอยู่ตลอดไป"
    model = Due
    secrecy = "S2"
    audience = "เจ้าหน้าที่ของหน่วยงานที่มีหน้าที่ ส่วนเรื่องลับเห็นเฉพาะผู้ที่เปิดเรื่องนั้นได้"
    order = (
        "-cancelled_at",
        "-met_at",
        "due_on",
    )  # what runs, nearest first; then what was met; then what was cancelled
    has_record_page = False
    columns = (
        Column("label", "เลขที่เรื่อง", lambda d: d.record_label, "record_label", "link"),
        Column("duty", "สิ่งที่ต้องดำเนินการ", lambda d: d.title),
        Column("agency", "หน่วยงาน", lambda d: _short(d.agency), "agency__sort_key"),
        Column("due_on", "ครบกำหนด", lambda d: d.due_on, "due_on", "date"),
        Column(
            "original",
            "ครบกำหนดเดิม",
            lambda d: d.original_due_on if d.original_due_on != d.due_on else None,
            kind="date",
        ),
        Column("rule", "ระยะเวลา", lambda d: rule_words(d)),
        Column("met_on", "ดำเนินการแล้ว", lambda d: d.met_on, "met_on", "date"),
        Column("standing", "ผล", lambda d: standing_of(d)[1], kind="state", tone=lambda d: standing_of(d)[0]),
    )
    filters = (
        Choice("agency", "หน่วยงาน", "agency_id", _agencies),
        ByPractice(
            "measure",
            "มาตรการ",
            "",
            _measure_choices,
            practices=lambda a, code: _practices(_clauses(a).filter(measure__code=code)),
        ),
        ByPractice(
            "clause",
            "ข้อ",
            "",
            lambda a: [(c.code, f"{c.code} {c.title_th}") for c in _clauses(a)],
            practices=lambda a, code: _practices(_clauses(a).filter(code=code)),
        ),
        Choice("duty", "สิ่งที่ต้องดำเนินการ", "duty", lambda a: [(d.key(), d.title) for d in all_duties()]),
        Period("due", "ครบกำหนด", "due_on"),
        Truth("open", "เฉพาะที่ยังไม่ดำเนินการ", _running),
        Truth("late", "เฉพาะที่ล่าช้า", _late),
    )

    def rows(self, actor: Actor) -> DueQuerySet:
        if actor.kind != "staff" or actor.person is None or actor.has("system_admin"):
            return Due.objects.none()
        of_province = Due.objects.filter(province=actor.province)
        return of_province.filter(_open_matters(actor) | _secret_matters(actor)).select_related("agency")

    def may_see(self, actor: Actor) -> bool:
        return actor.kind == "staff" and not actor.has("system_admin")


def _open_matters(actor: Actor) -> Q:
    open_ = Q(secrecy__in=OPEN)
    if any(actor.has(role) for role in WHOLE_PROVINCE):
        return open_
    own = {actor.agency_id, *(held.agency_id for held in actor.roles)} - {None}
    return open_ & (Q(agency_id__in=own) | Q(owed_person=actor.person))


def _secret_matters(actor: Actor) -> Q:
    """Through the door of each record's own register: what is not to be seen there has no deadline here."""
    seen = Q(pk__in=[])
    for register in all_registers():
        if register.model is not Due and register.has_record_page:
            records = register.rows(actor).order_by().values("pk")
            seen |= Q(record_type=register.model._meta.label_lower, record_id__in=records)
    return ~Q(secrecy__in=OPEN) & seen


def rule_words(due: Due) -> str:
    """The period and its first day; a period that no announcement states is marked as the system's default."""
    default = " (ค่าเริ่มต้นของระบบ)" if due.is_default else ""
    return f"{due.rule_text} นับจาก {format_date(due.started_on, style='short')}{default}"


def standing_of(due: Due) -> tuple[str, str]:
    """A duty's standing today: the tone and the words of the interface."""
    today = timezone.localdate()
    if due.cancelled_at:
        return "neutral", "ยกเลิก"
    late = due.is_late(today)
    if due.met_on:
        return ("late", "ดำเนินการล่าช้า") if late else ("done", "ครบภายในกำหนด")
    if late:
        return "late", "เกินกำหนด"
    return ("soon", "ใกล้ครบกำหนด") if due.due_on - today <= SOON else ("progress", "นับเวลา")


class Holidays(Register):
    """The days that the clocks of this province do not count."""

    key = "holidays"
    title, title_en = "ทะเบียนวันหยุดราชการ", "Register of holidays"
    about = "วันหยุดที่ใช้คำนวณวันทำการของจังหวัด เมื่อเพิ่มหรือยกเลิกวันหยุด ระบบคำนวณวันครบกำหนดที่ยังเปิดอยู่ใหม่ และเก็บวันเดิมไว้"
    model = Holiday
    acts_on = CalendarChange
    secrecy = "S1"
    audience = "เจ้าหน้าที่ทุกคน ผู้ดูแลระบบเป็นผู้บันทึก"
    order = ("-date",)
    has_record_page = False
    columns = (
        Column("date", "วันที่", lambda h: h.date, "date", "date"),
        Column("name", "ชื่อวันหยุด", lambda h: h.name_th),
        Column("scope", "ขอบเขต", lambda h: h.get_scope_display(), "scope"),
        Column("kind", "ประเภท", lambda h: h.get_kind_display(), "kind"),
        Column("standing", "สถานะ", lambda h: "ยกเลิกแล้ว (วันทำการ)" if h.is_cancelled else "วันหยุด"),
        Column("source", "ที่มา", lambda h: h.source),
    )
    filters = (
        Period("date", "วันที่", "date"),
        Choice("scope", "ขอบเขต", "scope", _labels(Holiday.Scope.choices)),
        Choice("kind", "ประเภท", "kind", _labels(Holiday.Kind.choices)),
        Truth("cancelled", "เฉพาะที่ยกเลิกแล้ว", lambda rows: rows.filter(is_cancelled=True)),
    )

    def rows(self, actor: Actor) -> QuerySet:
        return holidays_of(_province(actor)) if actor.kind == "staff" else Holiday.objects.none()


_STAFF_TYPES = dict(Person.StaffType.choices)  # ``get_…_display`` makes this table anew for every row


class People(Register):
    """The staff list, each as far as his or her post reaches; it is no directory for everybody (G39)."""

    key = "people"
    title, title_en = "ทะเบียนเจ้าหน้าที่", "Register of staff"
    about = "เจ้าหน้าที่ในความรับผิดชอบของท่าน และผู้บังคับบัญชาของแต่ละคน"
    model = Person
    secrecy = "S1"
    audience = "ผู้บังคับบัญชาเห็นผู้ใต้บังคับบัญชา หัวหน้าส่วนราชการเห็นหน่วยงานของตน ผู้ว่าราชการจังหวัดและผู้ดูแลระบบเห็นทั้งจังหวัด"
    order = ("agency_sort_key", "sort_key")
    search = "search_norm"
    has_record_page = False
    columns = (
        Column("name", "ชื่อ", lambda p: p.full_name, "sort_key"),
        Column("position", "ตำแหน่ง", lambda p: p.position, "position"),
        Column(
            "staff_type", "ประเภท", lambda p: str(_STAFF_TYPES.get(p.staff_type, "บุคคลภายนอก")), "staff_type"
        ),
        Column("agency", "หน่วยงาน", lambda p: p.agency.name_th, "agency_sort_key"),
        Column("supervisor", "ผู้บังคับบัญชา", lambda p: p.supervisor.full_name if p.supervisor else ""),
        Column("start", "ตั้งแต่วันที่", lambda p: p.start, "start", "date"),
        Column("end", "ถึงวันที่", lambda p: p.end, "end", "date"),
    )
    filters = (
        Choice("agency", "หน่วยงาน", "agency_id", lambda actor: _agencies_of_people(actor)),
        Choice("staff_type", "ประเภท", "staff_type", _labels(Person.StaffType.choices)),
        Truth("serving", "เฉพาะผู้ที่ปฏิบัติหน้าที่อยู่", _serving),
    )

    def rows(self, actor: Actor) -> QuerySet:
        if actor.kind != "staff" or actor.person is None:
            return Person.objects.none()
        people = Person.objects.of(_province(actor)).select_related("agency", "supervisor")
        if any(actor.has(role) for role in ("governor", "system_admin")):
            return people
        reach = Q(supervisor=actor.person) if actor.has("supervisor") else Q(pk__in=[])
        led = {pk for role in ("head_agency", "vice_governor") for pk in actor.agencies(role) or ()}
        if led:  # the few ids, not a join: thousands of people are counted by them
            below = Agency.objects.filter(parent_id__in=led).order_by().values_list("pk", flat=True)
            reach |= Q(agency_id__in=led.union(actor.once("compliance.below", lambda: set(below))))
        return people.filter(reach)

    def may_see(self, actor: Actor) -> bool:
        may = ("governor", "vice_governor", "head_agency", "supervisor", "system_admin")
        return actor.kind == "staff" and any(actor.has(role) for role in may)


def _agencies_of_people(actor: Actor) -> Sequence[tuple[str, str]]:
    seen = Exists(People().rows(actor).order_by().filter(agency_id=OuterRef("pk")))
    found = Agency.objects.filter(seen, province=_province(actor)).values_list("pk", "name_th")
    return [(str(pk), name) for pk, name in found]
