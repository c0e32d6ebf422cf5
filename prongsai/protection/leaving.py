"""Who leaves the office takes no measure along: it is recalled, and the officers give it to somebody after looking anew."""

from __future__ import annotations

from prongsai.organisation.models import Person
from prongsai.protection.acts.instructing import recall
from prongsai.protection.models import Instruction


class Instructions:
    """What ``staff.handover`` asks of this room. Whoever orders a departure learns from no number that there was one."""

    title = "มาตรการลับ"

    def count(self, person: Person) -> int:
        return 0

    def hand_over(self, person: Person, successor: Person) -> int:
        recall(Instruction.objects.filter(head=person))
        return 0
