"""What of the rules and the clock anybody may know: the periods that serve a clause, and the deadlines of open matters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from prongsai.acts.models import Due, DueQuerySet, RuleParameter
from prongsai.compliance.calendar_acts import holidays_of
from prongsai.compliance.models import Clause
from prongsai.compliance.standing import OPEN
from prongsai.workdays.models import Holiday


def rules_in_force(clause: Clause, today: dt.date | None = None) -> list[RuleParameter]:
    """The periods and limits in force that serve this clause, one per key."""
    today = today or timezone.localdate()
    rows = (
        RuleParameter.objects.filter(
            province=clause.announcement.province_id,
            clause__in=[clause.code, *clause.practices],
            valid_from__lte=today,
        )
        .exclude(valid_to__lt=today)
        .order_by("key", "valid_from")
    )
    return list({row.key: row for row in rows}.values())


def coming_deadlines(province: Any, today: dt.date | None = None) -> DueQuerySet:
    """Duties in open matters (S0, S1) from today on. Those of confidential matters are nobody's business but the team's."""
    rows = Due.objects.open().filter(
        province=province, secrecy__in=OPEN, due_on__gte=today or timezone.localdate()
    )
    return rows.order_by("due_on", "pk")


def holidays_in_force(province: Any) -> QuerySet[Holiday]:
    """The days off of the province's offices: the country's, its region's, its own."""
    return holidays_of(province).filter(is_cancelled=False).order_by("date", "pk")
