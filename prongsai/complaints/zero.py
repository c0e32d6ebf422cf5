"""Zero is published too: a signed statement that nobody complained in a period (ITA asks for it; silence is no evidence)."""

from __future__ import annotations

from typing import Any

from django import forms

from prongsai.acts import Act, Refused, Step
from prongsai.complaints.models import Case
from prongsai.complaints.team import NoTeam, centre_of
from prongsai.compliance.models import Statement
from prongsai.organisation.actors import Actor
from prongsai.ui.forms import ThaiDateField


class StatementForm(forms.Form):
    period_from = ThaiDateField(label="ตั้งแต่วันที่")
    period_to = ThaiDateField(label="ถึงวันที่")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("period_from"), data.get("period_to")
        if first and last and last < first:
            self.add_error("period_to", "วันที่สิ้นสุดต้องไม่อยู่ก่อนวันที่เริ่มต้น")
        return data


class DeclareNoComplaint(Act):
    """รับรองว่าไม่มีเรื่องร้องเรียน: the centre signs for a period (ITA asks that zero is published, not left silent)."""

    title = "รับรองว่าไม่มีเรื่องร้องเรียน"
    title_en = "Certify that there was no complaint"
    record = Statement
    clauses = ("M5.2.5",)
    moves = {None: Statement.State.PUBLISHED}
    form = StatementForm
    secrecy = "S0"

    def by(self, actor: Actor, record: Any) -> str | None:
        return None if actor.has("center_officer") else "เฉพาะเจ้าหน้าที่ศูนย์ปฏิบัติการต่อต้านการทุจริต"

    def create(self, step: Step) -> Statement:
        try:
            centre = centre_of(step.actor.province)
        except NoTeam as error:
            raise Refused("ยังมิได้กำหนดศูนย์ปฏิบัติการต่อต้านการทุจริตของจังหวัด") from error
        if step.data["period_to"] >= step.today:
            raise Refused("รับรองได้เฉพาะช่วงเวลาที่สิ้นสุดแล้ว")
        period = (step.data["period_from"], step.data["period_to"])
        if Case.objects.filter(province=step.actor.province, received_on__range=period).exists():
            raise Refused("มีเรื่องร้องเรียนที่รับไว้ในช่วงเวลานี้ จึงรับรองว่าไม่มีเรื่องร้องเรียนมิได้")
        step.content.update(subject="no_complaint", period_from=str(period[0]), period_to=str(period[1]))
        statement, created = Statement.objects.get_or_create(
            agency=centre,
            subject=Statement.Subject.NO_COMPLAINT,
            period_from=period[0],
            period_to=period[1],
            defaults={
                "province": step.actor.province,
                "state": Statement.State.PUBLISHED,
                "signed_by": step.actor.label,
                "signed_on": step.today,
            },
        )
        if not created:
            raise Refused("มีคำรับรองสำหรับช่วงเวลานี้แล้ว")
        return statement
