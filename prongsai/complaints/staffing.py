"""Who receives complaints today, kept in the process: looked up from five tables, and the same for most complaints.

A new key, a retired one, a changed role, post or service counts at once: one small query asks before each use whether
any of them changed. What is not in that question (the name of the centre, the kind of a post) shows after a few seconds.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from typing import Any

from django.db import connection

from prongsai import sealed
from prongsai.organisation.holders import holders
from prongsai.organisation.models import Agency, Person, Province
from prongsai.organisation.periods import today
from prongsai.sealed.models import Keyholder

STAND_INS = ("vice_governor", "governor")
KEEP_SECONDS = 5.0

# History only grows, so a count and the last id say whether anything was added; a transaction that was rolled back has
# used up its ids, so it is never mistaken for another one.
_STAMP = """
SELECT (SELECT ARRAY[count(*), max(pgh_id)] FROM organisation_personevent),
       (SELECT ARRAY[count(*), max(pgh_id)] FROM organisation_roleassignmentevent),
       (SELECT ARRAY[count(*), max(pgh_id)] FROM organisation_tenureevent),
       (SELECT ARRAY[count(*), max(pgh_id)] FROM organisation_actingappointmentevent),
       (SELECT ARRAY[count(*), max(id), count(retired_at)] FROM sealed_keyholder),
       (SELECT ARRAY[count(*), max(id)] FROM organisation_agency),
       (SELECT ARRAY[count(*), max(id)] FROM organisation_post)
"""


class NoTeam(RuntimeError):
    """Nobody at the centre can receive a complaint yet (no officer has made a key)."""


@dataclass(frozen=True)
class Staff:
    """People of one day. ``keys`` holds the active keys of all of them by person; ``recovery`` the province's by slot."""

    centre: Agency
    officers: list[Person]  # the centre's officers and its head
    custodians: list[Person]
    stand_ins: list[Person]  # vice governors, governor
    keys: dict[int, Keyholder]
    recovery: dict[str, Keyholder]


@dataclass(frozen=True)
class _Kept:
    stamp: Any
    until: float
    staff: Staff


_kept: dict[tuple[str, dt.date], _Kept] = {}


def staff(province: Province) -> Staff:
    """Raises NoTeam when no anti-corruption centre is set up."""
    key, stamp = (province.code, today()), _stamp()
    found = _kept.get(key)
    if found is None or found.stamp != stamp or time.monotonic() >= found.until:
        found = _Kept(stamp, time.monotonic() + KEEP_SECONDS, _look_up(province))
        _kept.clear()  # another day's
        _kept[key] = found
    return found.staff


def centre_of(province: Province) -> Agency:
    """The province's anti-corruption operation centre."""
    centre = Agency.objects.filter(province=province, function=Agency.Function.ANTICORRUPTION_CENTRE).first()
    if centre is None:
        raise NoTeam("no anti-corruption centre is set up")
    return centre


def _stamp() -> Any:
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        return cursor.fetchone()


def _look_up(province: Province) -> Staff:
    centre = centre_of(province)
    officers = [
        *holders("center_officer", province),
        *holders("head_agency", province, agency_id=centre.pk),
    ]
    custodians = list(holders("identity_custodian", province))
    stand_ins = [person for role in STAND_INS for person in holders(role, province)]
    everybody = {person.pk for person in (*officers, *custodians, *stand_ins)}
    keys = {key.person_id: key for key in Keyholder.objects.of(*everybody)}
    return Staff(centre, officers, custodians, stand_ins, keys, sealed.recovery_keys(province.pk))
