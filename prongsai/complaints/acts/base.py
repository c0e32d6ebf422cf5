"""What the officers' acts share: the team may, texts go sealed into the file, and who is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prongsai.acts import Act, Step
from prongsai.complaints.models import Case, CaseNote, Message
from prongsai.complaints.team import TYPED_IN, may_handle, never_told, typed_in
from prongsai.organisation.actors import Actor

S = Case.State

# Headings of what the sender is told; the letters find the text by them.
REQUEST_TITLE = "ขอข้อมูลเพิ่มเติม"
RESULT_TITLE = "แจ้งผลการพิจารณาเบื้องต้น"


class CaseAct(Act):
    """What all of them share: the team may, and texts go sealed into the file."""

    record = Case
    secrecy = "S3"

    def by(self, actor: Actor, record: Case) -> str | None:
        return may_handle(actor, record)

    def note(self, step: Step, kind: CaseNote.Kind, text: str) -> None:
        case: Case = step.record
        CaseNote.objects.create(
            case=case,
            kind=kind,
            version=case.notes.filter(kind=kind).count() + 1,
            sealed=case.envelope.put(text, context=f"case:{case.pk}:{kind}"),
            author=step.actor.person,
            author_label=step.actor.label,
            written_at=step.now,
        )

    def write_to_sender(self, step: Step, title: str, text: str, *, released: bool = True) -> None:
        """A message to every receipt's sender; with ``released=False`` it waits for the second person."""
        Message.objects.bulk_create(
            Message(
                receipt=receipt,
                way=Message.Way.TO_SENDER,
                title=title,
                sealed=receipt.correspondence.put(text, context=f"message:{receipt.pk}"),
                written_at=step.now,
                released_at=step.now if released else None,
            )
            for receipt in step.record.all_receipts().select_related("correspondence")
        )


class SecondPerson(CaseAct):
    """An act of the second person: never the one who proposed, who handles the case, or who typed it in (§2.1)."""

    def by(self, actor: Actor, record: Case) -> str | None:
        if why_not := super().by(actor, record):
            return why_not
        if actor.person_id is None:
            return None
        if actor.person_id == record.proposed_by_id:
            return "ผู้เสนอและผู้พิจารณาต้องมิใช่บุคคลเดียวกัน"
        if actor.person_id == record.handler_id:
            return "ผู้รับผิดชอบเรื่องและผู้พิจารณาต้องมิใช่บุคคลเดียวกัน"
        return TYPED_IN if actor.person_id in typed_in(record) else None

    def sets(self, step: Step) -> dict[str, Any]:
        return signature(step)

    def keep_reason(self, step: Step) -> None:
        if step.data.get("reason"):
            self.note(step, CaseNote.Kind.DECISION, step.data["reason"])


def handler(step: Step) -> Iterable[int]:
    return [step.record.handler_id] if step.record.handler_id else []


def proposer(step: Step) -> Iterable[int]:
    return [step.record.proposed_by_id] if step.record.proposed_by_id else []


def team(step: Step) -> Iterable[int]:
    """Everybody who holds the case's key and is not excluded."""
    case: Case = step.record
    keys = set(
        case.envelope.grants.exclude(keyholder__person=None).values_list("keyholder__person_id", flat=True)
    )
    return keys - {person for _case, person in never_told([str(case.pk)], keys)}


def executive(step: Step) -> Iterable[int]:
    return [step.record.executive_id] if step.record.executive_id else []


def signature(step: Step) -> dict[str, Any]:
    return {"decided_by": step.actor.person, "decided_label": step.actor.label, "decided_on": step.today}


def proposal(step: Step, decision: str) -> dict[str, Any]:
    return {"decision": decision, "proposed_by": step.actor.person, "proposed_label": step.actor.label}


def undecided() -> dict[str, Any]:
    """The columns of a decision that stands no more."""
    empty = dict.fromkeys(
        ("decision", "refusal_ground", "proposed_label", "decided_label", "executive_label"), ""
    )
    return {**empty, **dict.fromkeys(("proposed_by", "decided_by", "decided_on", "executive"))}
