"""What the sender may do with the tracking code: read, write, add evidence. No account, no name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai import files as filing_cabinet
from prongsai.acts import Act, Step
from prongsai.acts import duties as clocks
from prongsai.acts.models import Due
from prongsai.complaints import duties
from prongsai.complaints.acts.base import handler, undecided
from prongsai.complaints.intake import token_hash
from prongsai.complaints.models import Case, Evidence, Identity, Item, Message, Receipt
from prongsai.complaints.team import DESTROYED
from prongsai.files.fields import SealedFilesField
from prongsai.organisation.actors import Actor
from prongsai.ui.forms import ThaiTextarea

S = Case.State


# What new words from the sender bring back to screening: what was, or is about to be, put aside without them.
REOPENS = (S.REFUSE_PROPOSED, S.REFUSED, S.KEEP_PROPOSED, S.KEPT)
PUT_ASIDE = (S.REFUSED, S.KEPT)


class MoreForm(forms.Form):
    token = forms.CharField(widget=forms.HiddenInput, required=False)  # read by the view
    text = ThaiTextarea(
        label=_("ข้อความหรือข้อมูลเพิ่มเติม"),
        max_length=50_000,
        error_messages={"required": _("โปรดเขียนข้อความถึงเจ้าหน้าที่")},
    )
    files = SealedFilesField(label=_("ไฟล์หลักฐานเพิ่มเติม"), required=False, max_files=10)


def only_the_sender(actor: Actor, case: Case) -> str | None:
    """Whoever has the tracking code of the case, or of one that was merged into it."""
    if case.destroyed_at:
        return DESTROYED
    if actor.kind == "tracker" and (
        actor.record_key == str(case.pk) or case.merged.filter(pk=actor.record_key).exists()
    ):
        return None
    return "เฉพาะผู้มีรหัสติดตามของเรื่องนี้"


class ConfirmSignature(Act):
    """ยืนยันลายมือชื่อ: a one-time code to the sender's own telephone or mailbox counts as the signature (M5.2.2.5)."""

    title = "ยืนยันลายมือชื่อทางออนไลน์"
    title_en = "Confirm the signature"
    record = Case
    secrecy = "S3"
    face = "public"
    clauses = ("M5.2.2.5",)
    tells = [handler]
    tells_text = "ผู้ร้องเรียนยืนยันลายมือชื่อแล้ว"
    done = "ยืนยันลายมือชื่อเรียบร้อยแล้ว"

    def by(self, actor: Actor, record: Case) -> str | None:
        return only_the_sender(actor, record)

    def ready(self, actor: Actor, record: Case) -> str | None:
        return "ยืนยันลายมือชื่อไว้แล้ว" if record.signed else None

    def sets(self, step: Step) -> dict[str, Any]:
        missing = [item for item in step.record.items_missing if item != Item.SIGNATURE.value]
        return {"signed": True, "items_missing": missing}

    def apply(self, step: Step) -> None:
        Identity.objects.filter(receipt=step.data["receipt"]).update(signature=Identity.Signature.ONLINE)
        step.content["method"] = step.data["way"]


class SendMore(Act):
    """ส่งข้อมูลเพิ่มเติม: answers a request, or adds evidence at any time; late evidence reopens a refusal (AT-M5-31)."""

    title = "ส่งข้อมูลเพิ่มเติม"
    title_en = "Send more information"
    record = Case
    secrecy = "S3"
    face = "public"
    clauses = ("M5.2.2.7", "M5.2.4.2")
    form = MoreForm
    # A merged case is not acted on: its sender adds to the case that it leads to.
    moves = {state.value: state.value for state in S if state != S.MERGED} | {
        S.MORE_INFO: S.SCREENING,
        **dict.fromkeys(REOPENS, S.SCREENING),
    }
    meets = [duties.AnswerRequest]
    tells = [handler]
    tells_text = "ผู้ร้องเรียนส่งข้อมูลเพิ่มเติม"
    done = "ส่งข้อมูลถึงเจ้าหน้าที่แล้ว"

    def by(self, actor: Actor, record: Case) -> str | None:
        return only_the_sender(actor, record)

    def sets(self, step: Step) -> dict[str, Any]:
        case: Case = step.record
        changes: dict[str, Any] = {}
        if case.state == S.MORE_INFO:
            changes["unanswered"] = False
        if case.state in PUT_ASIDE:
            changes["reopened"] = True
        if case.state in REOPENS:
            changes |= undecided()
        return changes

    def apply(self, step: Step) -> None:
        receipt: Receipt = step.data["receipt"]
        case: Case = step.record
        envelope = receipt.correspondence
        Message.objects.create(
            receipt=receipt,
            way=Message.Way.FROM_SENDER,
            title="ข้อมูลเพิ่มเติมจากผู้ร้องเรียน",
            sealed=envelope.put(step.data["text"], context=f"message:{receipt.pk}"),
            token_hash=token_hash(step.data["token"]),
            written_at=step.now,
            released_at=step.now,
        )
        if step.came_from in REOPENS:
            drafts = Message.objects.filter(receipt__in=case.all_receipts(), released_at=None)
            drafts.filter(way=Message.Way.TO_SENDER).delete()
        kept = [
            filing_cabinet.keep(
                upload, case.envelope, record=("complaints.case", str(case.pk)), kind="evidence"
            )
            for upload in step.data.get("files") or []
        ]
        Evidence.objects.bulk_create(
            Evidence(case=case, receipt=receipt, file=file, received_at=step.now) for file in kept
        )
        step.content["files"] = len(kept)
        if step.came_from in (S.MORE_INFO, *REOPENS):
            self.reopen(step)

    @staticmethod
    def already_sent(token: bytes) -> bool:
        """Whether this very form has been sent already."""
        return Message.objects.filter(token_hash=token_hash(token)).exists()

    def reopen(self, step: Step) -> None:
        """Screening goes on: the clock to decide starts again, proposals and reviews wait no longer."""
        waiting = Due.objects.open().filter(record_type="complaints.case", record_id=step.record.pk)
        waiting.exclude(duty=duties.AnswerRequest.key()).update(cancelled_at=step.now)
        clocks.open_duties([duties.Decide], step)
