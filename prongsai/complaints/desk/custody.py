"""Handing over the paper itself: who holds the original, since when, and where it lies."""

from __future__ import annotations

from typing import Any

from django import forms

from prongsai.acts import Act, Step
from prongsai.complaints.models import Custody, PostalItem
from prongsai.complaints.team import may_handle
from prongsai.organisation.actors import Actor
from prongsai.ui.forms import ThaiTextField

S = PostalItem.State


class CustodyForm(forms.Form):
    lies_at = ThaiTextField(
        label="ที่เก็บต้นฉบับ", help_text="เช่น ตู้นิรภัย ชั้น ๓ โปรดอย่าระบุชื่อหรือเนื้อหา", max_length=200
    )


class TakeOverOriginal(Act):
    """รับมอบหรือย้ายต้นฉบับ: whoever takes the letter says so and where it lies from now on; the chain is never changed."""

    title = "รับมอบหรือย้ายต้นฉบับ"
    title_en = "Take over the original"
    record = PostalItem
    secrecy = "S3"
    clauses = ("M5.2.5.4",)
    moves = {S.KEPT: S.KEPT}
    form = CustodyForm
    done = "บันทึกผู้ครอบครองและที่เก็บต้นฉบับแล้ว"

    def by(self, actor: Actor, record: PostalItem) -> str | None:
        return may_handle(actor, record.case)

    def sets(self, step: Step) -> dict[str, Any]:
        step.data["taken_from"] = step.record.holder_label
        return {
            "holder": step.actor.person,
            "holder_label": step.actor.label,
            "lies_at": step.data["lies_at"],
        }

    def apply(self, step: Step) -> None:
        Custody.objects.create(
            item=step.record,
            taken_from_label=step.data["taken_from"],
            taken_by=step.actor.person,
            taken_by_label=step.actor.label,
            taken_at=step.now,
            lies_at=step.data["lies_at"],
        )
