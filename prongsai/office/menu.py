"""Which registers stand in a person's menu, which is on every page.

For some registers that takes looking into them as the person would see them, and no page should take half of its time for
that. What was found is kept for some seconds, as long as the person has the same roles and hears nothing new. It decides
about nothing: every page asks again, for itself, who may see it.
"""

from __future__ import annotations

from django.core.cache import caches
from django.utils import timezone

from prongsai.organisation.actors import Actor
from prongsai.registers import Register, all_registers

LONGEST = 20  # seconds


def registers_of(actor: Actor, unread: int, *, anew: bool) -> list[Register]:
    """The registers of the staff site that the actor may see. ``unread``: his notices; ``anew``: he has just done something."""
    of_them = [register for register in all_registers() if not register.public]
    name, state = f"office.menu.{actor.person_id}", (timezone.localdate(), actor.roles, unread)
    cache = caches["menus"]
    known = None if anew else cache.get(name)
    if known is None or known[0] != state:
        known = (state, {register.key for register in of_them if register.may_see(actor)})
        cache.set(name, known, LONGEST)
    return [register for register in of_them if register.key in known[1]]
