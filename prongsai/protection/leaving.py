"""Who leaves the office takes no measure along: it is recalled, and the officers give it to somebody after looking anew."""

from __future__ import annotations

from prongsai.acts import perform
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.protection.acts.instructing import Recall
from prongsai.protection.models import Instruction


class Instructions:
    """What ``staff.handover`` asks of this room. Whoever orders a departure learns from no number that there was one."""

    title = "มาตรการลับ"

    def count(self, person: Person) -> int:
        return 0

    def hand_over(self, person: Person, successor: Person) -> int:
        held = Instruction.objects.filter(head=person, state__in=Instruction.OPEN)
        for instruction in held.select_related("province", "case", "envelope"):
            perform(Recall, instruction, actor=Actor.system(instruction.province))
        return 0
