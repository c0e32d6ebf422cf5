"""An absence is an event: a duty that nobody met raises its own alarm, from whoever owes it up the line.

Three levels (:class:`Level`), each once per duty: some days before (rule ``duty_reminder_days``), on the first day after
the due date, and when still nothing has happened (rule ``duty_escalation_days`` after the due date). A due date is a
day: "late" begins the day after it, Asia/Bangkok (G19). What is told is neutral: that something is due, and the number.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef

from prongsai import notices
from prongsai.acts.declaration import Level, Owed
from prongsai.acts.duties import today
from prongsai.acts.models import Alarm, Due, RuleParameter
from prongsai.acts.registry import all_duties, duty_of
from prongsai.acts.rules import MissingRule, Rule, rule
from prongsai.organisation.models import Province
from prongsai.thai.dates import format_date

log = logging.getLogger(__name__)

# For an announcement whose data file does not name them.
DEFAULTS = {"duty_reminder_days": 2, "duty_escalation_days": 3}
WORDS = {
    Level.SOON: "ใกล้ครบกำหนดดำเนินการ",
    Level.LATE: "เกินกำหนดดำเนินการ",
    Level.STILL_LATE: "เกินกำหนดดำเนินการและยังไม่มีผู้ดำเนินการ",
}


def raise_alarms(on: dt.date | None = None) -> int:
    """Raise every alarm that stands out on a day (by default today); returns how many. May run twice without harm."""
    day = on or today()
    raised = 0
    for province in Province.objects.filter(pk__in=Due.objects.open().values("province")):
        for level in Level:
            for pk in list(_standing_out(province, level, day)):
                raised += _raise(pk, level, day)
    return raised


def _standing_out(province: Province, level: Level, day: dt.date) -> Iterator[int]:
    """Ids of the open duties of the province that reached a level and have not raised it."""
    raised = Alarm.objects.filter(due=OuterRef("pk"), level=level)
    known = [duty.key() for duty in all_duties()]
    dues = Due.objects.open().filter(~Exists(raised), province=province, duty__in=known)
    if level == Level.SOON:
        last = _period(province, "duty_reminder_days", day).due(day, province)
        # On the day when a duty begins, the act that began it has told everybody already.
        yield from dues.filter(due_on__gte=day, due_on__lte=last, started_on__lt=day).values_list(
            "pk", flat=True
        )
        return
    after = _period(province, "duty_escalation_days", day) if level == Level.STILL_LATE else None
    for pk, due_on in dues.filter(due_on__lt=day).values_list("pk", "due_on"):
        if after is None or after.due(due_on, province) < day:
            yield pk


def _period(province: Province, key: str, day: dt.date) -> Rule:
    try:
        return rule(province.code, key, day)
    except MissingRule:
        return Rule(key, DEFAULTS[key], RuleParameter.Unit.WORKING_DAYS, True, "ค่าเริ่มต้นของระบบ")


def _raise(pk: int, level: Level, day: dt.date) -> bool:
    """False when the duty was met, or the alarm raised, in the same moment."""
    with transaction.atomic():
        rows = Due.objects.open().select_related("province", "owed_person", "agency__parent")
        due = rows.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
        if due is None:
            return False
        alarm, is_new = Alarm.objects.get_or_create(due=due, level=level, defaults={"raised_on": day})
        if not is_new:
            return False
        alarm.told = _tell(due, level)
        alarm.save(update_fields=["told"])
    if not alarm.told:
        log.warning("duty %s of due %s: nobody holds a role that could be told", due.duty, due.pk)
    return True


def _tell(due: Due, level: Level) -> int:
    """Tell those of the level; an alarm that nobody hears goes up at once."""
    for heard in list(Level)[list(Level).index(level) :]:
        recipients = duty_of(due.duty).alarm_recipients(due, heard)
        if told := _say(due, level, recipients):
            return told
    return 0


def _say(due: Due, level: Level, recipients: list[Owed]) -> int:
    """By number to some, only that something is late to others; nobody twice."""
    full = f"{WORDS[level]} (ครบกำหนด {format_date(due.due_on, style='short')}) {due.record_label}"
    heard: set[int] = set()
    told = 0
    for by_number, text in ((True, full), (False, f"มีเรื่องที่{WORDS[level]} ๑ เรื่อง")):
        chosen = [owed for owed in recipients if owed.by_number == by_number]
        people = {owed.person_id for owed in chosen if owed.person_id}
        roles = [
            notices.To(owed.role, due.province, owed.agency_id, due.practice)
            for owed in chosen
            if owed.role and not owed.person_id
        ]
        if not people and not roles:
            continue
        told += notices.tell(
            person_ids=people,
            to=roles,
            text=text,
            number=due.record_label if by_number else "",
            record=(due.record_type, str(due.record_id)),
            clause=due.practice,
            kind=f"acts.alarm_{level}",
            is_duty=True,
            except_for=heard,
        )
        heard |= people | {pk for role in roles for pk in role.people()}
    return told
