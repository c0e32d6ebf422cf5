"""What the acts of an inquiry share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Max

from prongsai import files as filing_cabinet
from prongsai.acts import Act, Refused, Step
from prongsai.inquiries import access
from prongsai.inquiries.models import Inquiry, InquiryEvidence, Note
from prongsai.organisation.actors import Actor


class InquiryAct(Act):
    record: ClassVar[Any] = Inquiry
    secrecy = "S3"
    clauses: ClassVar[Sequence[str]] = ("M5.2.1",)


class HandlerAct(InquiryAct):
    def by(self, actor: Actor, record: Any) -> str | None:
        return access.is_handler(actor, inquiry_of(record))


class ExecutiveAct(InquiryAct):
    def by(self, actor: Actor, record: Any) -> str | None:
        return access.may_decide(actor, inquiry_of(record))


class MemberAct(InquiryAct):
    """Of a member of the committee, while the inquiry is at work; ``role``: of that member alone."""

    role: ClassVar[str] = ""

    def by(self, actor: Actor, record: Any) -> str | None:
        return access.is_member(actor, inquiry_of(record), self.role)

    def ready(self, actor: Actor, record: Any) -> str | None:
        at_work = inquiry_of(record).state == Inquiry.State.WORKING
        return None if at_work else "การสอบข้อเท็จจริงมิได้อยู่ระหว่างดำเนินการ"


class SystemAct(InquiryAct):
    face = "system"

    def by(self, actor: Actor, record: Any) -> str | None:
        return None if actor.kind == "system" else "ระบบดำเนินการเมื่อครบเงื่อนไข"


def inquiry_of(record: Any) -> Inquiry:
    return record if isinstance(record, Inquiry) else record.inquiry


def locked(inquiry: Inquiry) -> Inquiry:
    """The inquiry's row as it is now, held until the end: what counts several parts is asked by one at a time."""
    found = Inquiry.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("case", "envelope", "province", "agency").get(pk=inquiry.pk)


def at_work(inquiry: Inquiry) -> Inquiry:
    """As ``locked``; refused when the report was submitted in the same moment."""
    now = locked(inquiry)
    if now.state != Inquiry.State.WORKING:
        raise Refused("การสอบข้อเท็จจริงมิได้อยู่ระหว่างดำเนินการ")
    return now


def next_in(parts: Any) -> int:
    """The next number of a part, in an act whose guard holds the inquiry's row."""
    return (parts.aggregate(last=Max("number"))["last"] or 0) + 1


def keep_files(inquiry: Inquiry, uploads: list[Any], description: str, step: Step) -> None:
    """Uploads into the inquiry's envelope, each as a piece of evidence of its own."""
    number = next_in(inquiry.evidence)
    for place, upload in enumerate(uploads):
        file = filing_cabinet.keep(
            upload, inquiry.envelope, record=("inquiries.inquiry", str(inquiry.pk)), kind="evidence"
        )
        enter_evidence(inquiry, file, description, step, number=number + place)
    step.content["files"] = len(uploads)


def enter_evidence(
    inquiry: Inquiry, file: Any, description: str, step: Step, *, number: int, from_case: bool = False
) -> None:
    piece = InquiryEvidence.objects.create(
        inquiry=inquiry,
        number=number,
        file=file,
        from_case=from_case,
        added_label=step.actor.label,
        added_at=step.now,
    )
    inquiry.put(Note.Kind.EVIDENCE, description, step=step, about=piece)
