"""Whether an action meets a protected reporter, without anybody reading who that is.

Every adverse action of everybody goes through the same review and shows the same state, so that neither state nor waiting
tells whom a file protects. Persons are compared by keyed hashes: the one of the action's person with those of files that
are watched; then the ones of who recorded it, of the person's supervisor and of the head of the agency with the *line* of
the file (from whom retaliation is feared, as the assessing officer has named them). Both must meet, and the action must
come within the rule ``retaliation_window`` after the report. The result is an alert to the protection officers and not a
field of the action. What this cannot hide: an action that was stopped by the governor tells its agency that somebody found
it wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from prongsai.acts.rules import rule
from prongsai.complaints.line import above_one
from prongsai.organisation.keyed import keyed_hash
from prongsai.protection.models import HrAction, ProtectionCase, RetaliationAlert


def person_hash(person_id: int) -> bytes:
    return keyed_hash(str(person_id).encode(), b"prongsai.shield")


def line_hash(case: ProtectionCase, person_id: int) -> bytes:
    """Another one in each file, so that two files about one superior have nothing in common."""
    return keyed_hash(f"{case.pk}:{person_id}".encode(), b"prongsai.line")


def receipt_link(receipt_id: int) -> bytes:
    return keyed_hash(str(receipt_id).encode(), b"prongsai.protect")


def action_hash(action: HrAction) -> bytes:
    return keyed_hash(str(action.pk).encode(), b"prongsai.hract")


def met_by(action: HrAction, today: dt.date) -> list[ProtectionCase]:
    """The files whose reporter the action concerns, where somebody of the file's line stands behind it."""
    behind = {action.recorded_by_id, *above_one(action.person_id)}
    files = ProtectionCase.objects.filter(
        person_hash=person_hash(action.person_id), state__in=ProtectionCase.WATCHED
    ).select_related("province", "envelope")
    return [
        case
        for case in files
        if today <= _watched_until(case) and {line_hash(case, one) for one in behind} & _line(case)
    ]


def in_line(case: ProtectionCase, person_id: int) -> bool:
    """Whether the assessing officer has named the person among those who may retaliate."""
    return line_hash(case, person_id) in _line(case)


def _line(case: ProtectionCase) -> set[bytes]:
    return {bytes(one) for one in case.line_hashes}


def _watched_until(case: ProtectionCase) -> dt.date:
    """While protected: a year (rule) after the report, or after the order where that came later."""
    window = rule(case.province_id, "retaliation_window", case.reported_on)
    return window.due(max(case.reported_on, case.ordered_on or case.reported_on), case.province)


def action_of(alert: RetaliationAlert) -> HrAction | None:
    """The action of an alert: looked for among those of the days around it, because nothing stored leads there."""
    days = dt.timedelta(days=2)
    near: QuerySet[HrAction] = HrAction.objects.filter(
        province=alert.province_id, created_at__date__range=(alert.raised_on - days, alert.raised_on + days)
    )
    wanted = bytes(alert.action_hash)
    found = near.select_related("person", "agency", "province").iterator()
    return next((action for action in found if action_hash(action) == wanted), None)


def alerted(actions: Iterable[HrAction], states: Iterable[str]) -> set[object]:
    """Ids of those actions that have an alert in one of the states; for protection officers alone."""
    by_hash = {action_hash(action): action.pk for action in actions}
    met = RetaliationAlert.objects.filter(Q(action_hash__in=list(by_hash)), state__in=list(states))
    return {by_hash[bytes(one)] for one in met.values_list("action_hash", flat=True)}
