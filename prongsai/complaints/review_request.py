"""The sender asks for a review of a refusal: within thirty days, or later with new evidence (M5.2.4)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.acts import Step
from prongsai.acts.rules import MissingRule, rule
from prongsai.complaints import duties
from prongsai.complaints.acts.base import team
from prongsai.complaints.models import Case, Receipt
from prongsai.complaints.sender import MoreForm, SendMore
from prongsai.files.fields import SealedFilesField
from prongsai.organisation.actors import Actor
from prongsai.ui.forms import ThaiTextarea

S = Case.State
TOO_LATE = gettext_lazy("พ้นกำหนดขอให้ทบทวนแล้ว หากท่านมีหลักฐานใหม่ โปรดแนบไฟล์หลักฐานมาด้วย")
AGAIN = gettext_lazy("เรื่องนี้ได้ทบทวนแล้วหนึ่งครั้ง หากท่านมีหลักฐานใหม่ โปรดแนบไฟล์หลักฐานมาด้วย")


class ReviewForm(MoreForm):
    text = ThaiTextarea(
        label=_("เหตุที่ท่านขอให้ทบทวน"),
        max_length=50_000,
        error_messages={"required": _("โปรดบอกเหตุที่ขอให้ทบทวน")},
    )
    files = SealedFilesField(label=_("หลักฐานใหม่ (ถ้ามี)"), required=False, max_files=10)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("files") and "files" not in self.errors and (why := needs_evidence(self.case)):
            self.add_error("files", forms.ValidationError(why))
        return data


class AskReview(SendMore):
    """ขอให้ทบทวนคำสั่งไม่รับพิจารณา: the sender's right, within thirty days or with new evidence (M5.2.4)."""

    title = "ขอให้ทบทวนคำสั่งไม่รับพิจารณา"
    title_en = "Ask for a review of the refusal"
    clauses = ("M5.2.4",)
    form = ReviewForm
    moves = {S.REFUSED: S.REVIEW}
    meets = ()
    opens = [duties.ReviewRefusal]
    tells = [team]
    tells_text = "ผู้ร้องเรียนขอให้ทบทวนคำสั่งไม่รับพิจารณา"
    done = "ส่งคำขอให้ทบทวนแล้ว"

    def ready(self, actor: Actor, record: Case) -> str | None:
        return None if record.state == S.REFUSED else gettext("ขอให้ทบทวนได้เมื่อเรื่องมีคำสั่งไม่รับพิจารณา")

    def sets(self, step: Step) -> dict[str, Any]:
        return {
            "review_asked_at": step.now,
            "review_upheld": None,
            "executive": None,
            "executive_label": "",
        }

    def reopen(self, step: Step) -> None:
        """Screening does not begin again before the review says so."""


def needs_evidence(case: Case) -> str:
    """Why a request must bring new evidence; "" as long as it need not."""
    if case.review_upheld is False:
        return str(AGAIN)
    return str(TOO_LATE) if timezone.localdate() > last_day(case) else ""


def last_day(case: Case) -> dt.date:
    """The last day on which a review may be asked for without new evidence."""
    told = case.decided_on or timezone.localdate()
    try:
        return rule(case.province_id, "complaint_review_request", told).due(told, case.province)
    except MissingRule:
        return told + dt.timedelta(days=30)


def link(receipt: Receipt) -> list[tuple[str, str]]:
    """What the sender's own page offers while the matter is refused."""
    refused = receipt.case.matter.state == S.REFUSED
    return [(gettext("ขอให้ทบทวนคำสั่งไม่รับพิจารณา"), reverse("complaints:ask-review"))] if refused else []
