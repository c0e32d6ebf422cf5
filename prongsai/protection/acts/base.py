"""What the acts on a file share. They are S4 and name no clause: one more act in a sum would tell of a reporter.

That the process is there is shown by the personnel actions that are reviewed (``hr``).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from prongsai.acts import Act, Step
from prongsai.complaints.models import Case, Receipt
from prongsai.protection import team
from prongsai.protection.matching import receipt_link
from prongsai.protection.models import Note, ProtectionCase
from prongsai.sealed import Team, seal_new
from prongsai.thai.dates import fiscal_year

S = ProtectionCase.State


class FileAct(Act):
    record = ProtectionCase
    secrecy = "S4"

    def note(self, step: Step, kind: Note.Kind, text: str, *, case: ProtectionCase | None = None) -> None:
        file: ProtectionCase = case or step.record
        Note.objects.create(
            case=file,
            kind=kind,
            sealed=file.envelope.put(text, context=f"protection:{file.pk}:{kind}"),
            author_label=step.actor.label,
            written_at=step.now,
        )


def officers(step: Step) -> Iterable[int]:
    """Those of the file that the record is, or belongs to."""
    return set(team.officers_of(team.file_of(step.record))) - {step.actor.person_id}


def deciders(step: Step) -> Iterable[int]:
    return set(team.deciders_of(team.file_of(step.record))) - {step.actor.person_id}


def new_file(step: Step, state: str, receipt: Receipt, said: dict[str, Any]) -> ProtectionCase:
    """Sealed to the team, and to the sender's own code. Raises ``team.NoTeam``."""
    complaint: Case = receipt.case
    keys = team.choose(complaint.province, complaint, said.get("feared", ""))
    own = [
        bytes(g)
        for g in receipt.correspondence.grants.exclude(tracker=None).values_list("tracker", flat=True)
    ]
    # No recovery key: the centre's opens complaints, and must not open who sent them.
    (envelope,) = seal_new([Team("protection", keys, trackers=own, recovery=None)])
    file = ProtectionCase(
        province=complaint.province,
        state=state,
        number=draw(ProtectionCase, "คค"),
        requested_on=step.today,
        fiscal_year=fiscal_year(step.today),
        envelope=envelope,
        link=receipt_link(receipt.pk),
        reported_on=complaint.received_on,
        is_sample=complaint.is_sample,
    )
    file.file = envelope.put({"complaint": complaint.number, **said}, context=f"protection:{file.pk}:file")
    file.save(force_insert=True)
    return file


def draw(model: type[Model], letters: str) -> str:
    """``คค 48273-19356``: by lot."""
    while True:
        digits = f"{secrets.randbelow(10**10):010d}"
        number = f"{letters} {digits[:5]}-{digits[5:]}"
        if not model._default_manager.filter(number=number).exists():
            return number
