"""Who reads the channel today: the governor, and the one vice governor whom he has named. Nobody else, whatever the role.

The governor is whoever holds the post; where it is vacant, whoever acts for it by an order. Keys are personal: a new
governor makes his own, and the channel is open to whoever has one.
"""

from __future__ import annotations

from dataclasses import dataclass

from prongsai.confidential.models import ChannelKey, Deputy, Report
from prongsai.organisation.actors import Actor
from prongsai.organisation.holders import holders
from prongsai.organisation.models import Person, Post, Province, Tenure

GOVERNOR, DEPUTY = "governor", "deputy"


@dataclass(frozen=True)
class Recipient:
    """``office``: "governor" or "deputy". ``key`` None: he cannot be written to yet."""

    office: str
    person: Person
    label: str
    key: ChannelKey | None


def governor_of(province: Province) -> Person | None:
    tenures = Tenure.objects.in_force().filter(post__kind=Post.Kind.GOVERNOR, post__agency__province=province)
    if (holding := tenures.select_related("person").first()) and holding.person.is_in_service():
        return holding.person
    return holders("governor", province).order_by("pk").first()


def deputy_of(province: Province) -> Person | None:
    """The vice governor named by the order in force; None when he no longer is one."""
    named = Deputy.objects.filter(province=province, state=Deputy.State.IN_FORCE).first()
    return holders("vice_governor", province).filter(pk=named.person_id).first() if named else None


def recipients(province: Province) -> list[Recipient]:
    """The governor first."""
    people = [(GOVERNOR, governor_of(province)), (DEPUTY, deputy_of(province))]
    found = [(office, person) for office, person in people if person is not None]
    keys = ChannelKey.objects.filter(person__in=[p for _o, p in found], state=ChannelKey.State.ACTIVE)
    by_person = {key.person_id: key for key in keys}
    return [Recipient(o, p, Actor.of(p).label, by_person.get(p.pk)) for o, p in found]


def office_of(actor: Actor) -> str:
    """ "governor", "deputy", or "" for everybody else; no question to the database for whoever cannot be either."""
    if actor.kind != "staff" or actor.person is None or actor.province is None:
        return ""
    if actor.has("governor") and governor_of(actor.province) == actor.person:
        return GOVERNOR
    if actor.has("vice_governor") and deputy_of(actor.province) == actor.person:
        return DEPUTY
    return ""


def choices(province: Province) -> dict[str, list[Recipient]]:
    """To whom one may write today, by ``Report.To``: only where every recipient of the choice has a key."""
    able = {r.office: r for r in recipients(province) if r.key}
    found = {}
    if len(able) == 2:
        found[Report.To.BOTH.value] = list(able.values())
    for office in (GOVERNOR, DEPUTY):
        if office in able:
            found[office] = [able[office]]
    return found


def readers_of(report: Report) -> list[Recipient]:
    """Those of the thread's choice who hold the office and a key today: to them the next message is encrypted.

    Of a thread to both, one is enough when the other has no key at the moment.
    """
    wanted = {GOVERNOR, DEPUTY} if report.to == Report.To.BOTH else {report.to}
    return [r for r in recipients(report.province) if r.office in wanted and r.key]
