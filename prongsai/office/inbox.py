"""Notices with their way to the record, for as long as the reader may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from prongsai.notices.models import Notice
from prongsai.office.access import seen_records
from prongsai.office.addresses import record_url
from prongsai.organisation.actors import Actor


@dataclass(frozen=True)
class Told:
    notice: Notice
    url: str  # "" when there is nothing to open any more


def linked(actor: Actor, found: Iterable[Notice]) -> list[Told]:
    """A notice outlives its reader's right to the record (recusal, another post): then it leads to nothing."""
    told = list(found)
    wanted: dict[str, set[str]] = defaultdict(set)
    for notice in told:
        if notice.record_type:
            wanted[notice.record_type].add(notice.record_id)
    seen = seen_records(actor, wanted)
    rows = []
    for notice in told:
        record = seen.get((notice.record_type, notice.record_id))
        if record is not None:
            rows.append(Told(notice, record_url(notice.record_type, record.pk)))
        else:
            rows.append(Told(notice, "" if notice.record_type else notice.url))
    return rows
