"""What happens to old records by the clock: lists are made, and approved ones carried out after their time of grace."""

from __future__ import annotations

import logging
from itertools import groupby
from typing import Any

from django.utils import timezone

from prongsai.acts import Refused, perform
from prongsai.acts.rules import MissingRule, rule
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Province
from prongsai.retention.acts import Destroy, MakeList, S, why_spared
from prongsai.retention.disposables import Disposable, all_disposables
from prongsai.retention.models import DestructionList

log = logging.getLogger(__name__)
MOST = 500  # records on one list: a person looks through it


def make_lists() -> int:
    """A list for every agency with records that are due and on no open list. Returns how many."""
    made = 0
    for province in Province.objects.all():
        for kind in all_disposables():
            for records in due_records(kind, province):
                try:
                    data = {"disposable": kind, "records": records}
                    perform(MakeList, None, actor=Actor.system(province), data=data)
                    made += 1
                except Refused:
                    log.info("a list of %s is open already", kind.key())
    return made


def due_records(kind: Disposable, province: Province) -> list[list[Any]]:
    """What is due today and free of holds, oldest first, by the agency that keeps it."""
    today = timezone.localdate()
    try:
        rule(province.pk, kind.rule, today)
    except MissingRule:  # an announcement that names no period: nothing is ever destroyed
        return []
    open_lists = DestructionList.objects.filter(
        record_type=kind.key(), state__in=(S.DRAFT, S.HANDED_IN, S.APPROVED)
    ).values("agency")
    ended = kind.ended(province).exclude(agency__in=open_lists).select_related("province", "agency")
    due = [r for r in ended.order_by("agency_id", "changed_at") if not why_spared(kind, r, today)]
    return [list(group)[:MOST] for _agency, group in groupby(due, key=lambda record: record.agency_id)]


def carry_out() -> int:
    """Every approved list whose time of grace is over. Returns how many."""
    done = 0
    ready = DestructionList.objects.filter(state=S.APPROVED, destroy_from__lte=timezone.localdate())
    for one in ready.select_related("province", "agency"):
        try:
            perform(Destroy, one, actor=Actor.system(one.province))
            done += 1
        except Refused:
            log.info("a list was stopped in the same moment")
    return done
