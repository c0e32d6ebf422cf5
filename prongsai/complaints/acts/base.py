"""What the officers' acts share: the team may, texts go sealed into the file, and who is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prongsai.acts import Act, Step
from prongsai.complaints.models import Case, CaseNote, Message
from prongsai.complaints.team import may_handle
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


def handler(step: Step) -> Iterable[int]:
    return [step.record.handler_id] if step.record.handler_id else []


def proposer(step: Step) -> Iterable[int]:
    return [step.record.proposed_by_id] if step.record.proposed_by_id else []


def team(step: Step) -> Iterable[int]:
    """Everybody who holds the case's key and is not excluded."""
    case: Case = step.record
    keys = case.envelope.grants.exclude(keyholder__person=None).values_list("keyholder__person_id", flat=True)
    return set(keys) - set(case.exclusions.values_list("person_id", flat=True))


def signature(step: Step) -> dict[str, Any]:
    return {"decided_by": step.actor.person, "decided_label": step.actor.label, "decided_on": step.today}
