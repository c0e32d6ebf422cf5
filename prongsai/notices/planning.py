"""From notices that wait to mails: to whom, at once or together, and when. Decided when the mail is about to go out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from prongsai.notices.addressing import barred, no_longer_right, role_of
from prongsai.notices.models import Mailing, MailSettings, Notice, Outgoing
from prongsai.organisation.models import Person

HOUR = dt.timedelta(hours=1)
DIGEST_HOUR = 8  # Asia/Bangkok: no daily digest before
AT_A_TIME = 200  # people in one transaction


def plan(now: dt.datetime) -> int:
    """Make mails of the notices that wait and may go out now; returns how many mails. One planner at a time."""
    with transaction.atomic():
        if not _is_alone():
            return 0
        _follow_the_roles()
        waiting = Notice.objects.waiting().order_by().values_list("recipient_id", flat=True).distinct()
        people = Person.objects.filter(pk__in=waiting).select_related("user", "mail_settings")
        made, ids = 0, list(people.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), AT_A_TIME):
            made += _plan_for(people.filter(pk__in=ids[start : start + AT_A_TIME]), now)
        return made


def settings_of(person: Person) -> MailSettings:
    """What the person wants, or the defaults. Needs no query where ``mail_settings`` was selected."""
    try:
        return person.mail_settings
    except MailSettings.DoesNotExist:
        return MailSettings(person=person)


def address_of(person: Person) -> str:
    """Where the person's mail goes: the address of an open account; "" without one."""
    user = getattr(person, "user", None)
    return user.email if user is not None and user.is_active else ""


def _is_alone() -> bool:
    """Two planners would each count the same hour's mails and together exceed the cap."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('prongsai.notices.plan'))")
        return cursor.fetchone()[0]


def _follow_the_roles() -> None:
    """A notice to a role goes to whoever holds it now: a new head, also an acting one, gets it like the one before."""
    waiting = Notice.objects.waiting().exclude(role="").select_related("recipient__province")
    one = ("batch", "role", "role_agency_id")
    for notice in waiting.order_by(*one, "pk").distinct(*one):
        told = set(Notice.objects.filter(batch=notice.batch).values_list("recipient_id", flat=True))
        fresh = set(role_of(notice).people()) - told - {notice.told_by_id}
        away = {person for _record, person in barred(notice.record_type, {notice.record_id}, fresh)}
        Notice.objects.bulk_create(_copy(notice, person) for person in sorted(fresh - away))


def _copy(notice: Notice, recipient_id: int) -> Notice:
    same = ("text", "number", "url", "kind", "clause", "record_type", "record_id", "is_duty", "batch", "role",
            "role_agency_id", "told_by_id", "mailing")  # fmt: skip
    return Notice(recipient_id=recipient_id, **{name: getattr(notice, name) for name in same})


def _plan_for(people: QuerySet[Person], now: dt.datetime) -> int:
    waiting: dict[int, list[Notice]] = defaultdict(list)
    notices = Notice.objects.waiting().filter(recipient__in=people).select_related("recipient__province")
    for notice in notices.order_by("pk"):
        waiting[notice.recipient_id].append(notice)
    wrong = no_longer_right(n for told in waiting.values() for n in told)
    counted = Outgoing.objects.filter(recipient__in=people, created_at__gt=now - HOUR).order_by()
    recent = dict(counted.values_list("recipient").annotate(Count("pk")))
    made = 0
    for person in people:
        told = waiting[person.pk]
        if not address_of(person):
            wrong |= {n.pk for n in told}
        told = _worth_a_mail([n for n in told if n.pk not in wrong], settings_of(person))
        for together in _mails(person, told, recent.get(person.pk, 0), now):
            mail = Outgoing.objects.create(
                recipient=person, digest=len(together) > 1, created_at=now, next_attempt_at=now
            )
            _mark(together, Mailing.TAKEN, mail)
            made += 1
    Notice.objects.waiting().filter(pk__in=wrong).update(mailing=Mailing.WITHHELD)
    return made


def _worth_a_mail(told: list[Notice], wishes: MailSettings) -> list[Notice]:
    """Without what was read in the meantime and what the person wants no mail about (never a duty)."""
    duties_only = wishes.delivery == MailSettings.Delivery.DUTIES
    left_out = [n for n in told if n.read_at or (duties_only and not n.is_duty)]
    if left_out:
        _mark(left_out, Mailing.NONE)
    return [n for n in told if n not in left_out]


def _mails(person: Person, told: list[Notice], recent: int, now: dt.datetime) -> Sequence[list[Notice]]:
    """The mails to make now; none leaves everything waiting."""
    wishes = settings_of(person)
    if not told or wishes.is_quiet(now):
        return []
    if wishes.delivery == MailSettings.Delivery.DAILY:
        return [told] if _digest_is_due(person, now) else []
    left = settings.MAIL_HOURLY - recent
    if left <= 0:
        return []
    return [[n] for n in told] if len(told) <= left else [told]


def _digest_is_due(person: Person, now: dt.datetime) -> bool:
    local = timezone.localtime(now)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    today = Outgoing.objects.filter(recipient=person, created_at__gte=midnight)
    return local.hour >= DIGEST_HOUR and not today.exists()


def _mark(notices: Sequence[Notice], mailing: Mailing, mail: Outgoing | None = None) -> None:
    Notice.objects.filter(pk__in=[n.pk for n in notices]).update(mailing=mailing, mail=mail)
