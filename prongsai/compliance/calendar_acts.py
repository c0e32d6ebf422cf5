"""The office's own changes to the holiday table, after which the due dates of open duties are computed again.

``workdays`` is ground and knows no acts, so its verbs live here: the spine is what counts days by its table.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from prongsai.acts import Act, Refused, Step, duties
from prongsai.compliance.models import CalendarChange
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Province
from prongsai.thai.dates import format_date
from prongsai.ui.forms import RadioGroup, ThaiDateField, ThaiTextField
from prongsai.workdays.models import Holiday

Scope = Holiday.Scope
# A day further back has no open duty that it could still move.
EARLIEST_CHANGE = dt.timedelta(days=366)


def _source_field() -> ThaiTextField:
    return ThaiTextField(
        label="มติคณะรัฐมนตรีหรือประกาศที่อ้างอิง", help_text="เช่น มติคณะรัฐมนตรี 29 ธันวาคม 2563", max_length=300
    )


class HolidayForm(forms.Form):
    date = ThaiDateField(label="วันที่", earliest=lambda: timezone.localdate() - EARLIEST_CHANGE)
    name = ThaiTextField(label="ชื่อวันหยุด", max_length=300)
    scope = forms.ChoiceField(
        label="หยุดที่ใด", choices=Scope.choices, widget=RadioGroup, initial=Scope.NATIONAL
    )
    kind = forms.ChoiceField(
        label="ประเภท", choices=Holiday.Kind.choices, widget=RadioGroup, initial=Holiday.Kind.SPECIAL
    )
    source = _source_field()


class WithdrawForm(forms.Form):
    holiday = forms.ModelChoiceField(
        label="วันหยุดที่ยกเลิก", queryset=Holiday.objects.none(), help_text="วันที่ยกเลิกกลับเป็นวันทำการ"
    )
    source = _source_field()

    def __init__(self, *args: Any, province: Province, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["holiday"]
        since = timezone.localdate() - EARLIEST_CHANGE
        field.queryset = holidays_of(province).filter(is_cancelled=False, date__gte=since)  # type: ignore[attr-defined]
        field.label_from_instance = _named  # type: ignore[attr-defined]


def _named(day: Holiday) -> str:
    return f"{format_date(day.date, style='short')} {day.name_th} ({day.get_scope_display()})"


def holidays_of(province: Province) -> QuerySet[Holiday]:
    """The rows of the table that count for a province: the country's, its region's, its own."""
    codes = {Scope.NATIONAL: "", Scope.REGION: province.region, Scope.PROVINCE: province.code}
    rows = Holiday.objects.none()
    for scope, code in codes.items():
        rows |= Holiday.objects.filter(scope=scope, scope_code=code)
    return rows


class CalendarAct(Act):
    """What both share: the administrator's, and everybody's clocks are set again in the same transaction."""

    record = CalendarChange
    moves = {None: CalendarChange.State.RECORDED}
    secrecy = "S0"

    def by(self, actor: Actor, record: Any) -> str | None:
        return None if actor.has("system_admin") else "เฉพาะผู้ดูแลระบบ ซึ่งบันทึกตามมติคณะรัฐมนตรีหรือประกาศ"

    def change(self, step: Step) -> tuple[CalendarChange.Kind, Holiday]:
        """Change the table; say what was done, and to which row."""
        raise NotImplementedError

    def create(self, step: Step) -> CalendarChange:
        kind, day = self.change(step)
        moved = sum(duties.recompute(province) for province in _touched(day))
        step.content.update(
            date=day.date.isoformat(), name=day.name_th, scope=day.scope, scope_code=day.scope_code,
            source=step.data["source"], duties_moved=moved,
        )  # fmt: skip
        step.result["message"] = f"{self.done} คำนวณวันครบกำหนดใหม่ {moved} รายการ"
        return CalendarChange.objects.create(
            province=_province(step),
            state=CalendarChange.State.RECORDED,
            kind=kind,
            holiday=day,
            source=step.data["source"],
            duties_moved=moved,
            made_by=step.actor.label,
        )


class AddHoliday(CalendarAct):
    """เพิ่มวันหยุด: a day that the cabinet or the province has granted since the table was loaded (AT-M4-03)."""

    title = "เพิ่มวันหยุดราชการ"
    title_en = "Add a holiday"
    form = HolidayForm
    done = "เพิ่มวันหยุดแล้ว"

    def change(self, step: Step) -> tuple[CalendarChange.Kind, Holiday]:
        data, province = step.data, _province(step)
        codes = {Scope.NATIONAL: "", Scope.REGION: province.region, Scope.PROVINCE: province.code}
        place = {"date": data["date"], "scope": data["scope"], "scope_code": codes[Scope(data["scope"])]}
        day = Holiday.objects.select_for_update().filter(**place).first() or Holiday(
            **place, is_cancelled=True
        )
        if not day.is_cancelled:
            raise Refused("มีวันหยุดของวันที่และขอบเขตนี้อยู่แล้ว")
        day.name_th, day.kind, day.source, day.is_cancelled = (
            data["name"],
            data["kind"],
            data["source"],
            False,
        )
        try:
            with transaction.atomic():
                day.save()
        except IntegrityError as error:  # somebody else entered the same day in this moment
            raise Refused("มีวันหยุดของวันที่และขอบเขตนี้อยู่แล้ว") from error
        return CalendarChange.Kind.ADD, day


class WithdrawHoliday(CalendarAct):
    """ยกเลิกวันหยุด: the day counts as a working day again; its row stays, marked."""

    title = "ยกเลิกวันหยุดราชการ"
    title_en = "Withdraw a holiday"
    form = WithdrawForm
    grave = True
    done = "ยกเลิกวันหยุดแล้ว"

    def make_form(self, *args: Any, actor: Actor, record: Any, **kwargs: Any) -> WithdrawForm:
        return WithdrawForm(*args, province=actor.province, **kwargs)  # type: ignore[arg-type]

    def change(self, step: Step) -> tuple[CalendarChange.Kind, Holiday]:
        day = Holiday.objects.select_for_update().get(pk=step.data["holiday"].pk)
        if day.is_cancelled:
            raise Refused("วันหยุดนี้ถูกยกเลิกไปแล้ว")
        day.is_cancelled, day.source = True, step.data["source"]
        day.save()
        return CalendarChange.Kind.WITHDRAW, day


def _province(step: Step) -> Province:
    if step.actor.province is None:
        raise Refused("ยังมิได้นำเข้าข้อมูลจังหวัด")
    return step.actor.province


def _touched(day: Holiday) -> QuerySet[Province]:
    provinces = Province.objects.all()
    if day.scope == Scope.REGION:
        return provinces.filter(region=day.scope_code)
    return provinces.filter(code=day.scope_code) if day.scope == Scope.PROVINCE else provinces
