"""Who receives complaints today. Looked up from six tables and the same for most complaints, so it is kept.

A new key, a retired one, a changed role, post or service counts from the next complaint on.
"""

from __future__ import annotations

from dataclasses import dataclass

from prongsai import sealed
from prongsai.organisation.holders import holders
from prongsai.organisation.kept import Kept, fingerprint, grown
from prongsai.organisation.models import Agency, Person, Province
from prongsai.organisation.periods import today
from prongsai.sealed.models import Keyholder

STAND_INS = ("vice_governor", "governor")


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


_HISTORY = ("person", "roleassignment", "tenure", "actingappointment")
_staff = Kept[Staff](
    "(SELECT ARRAY[count(*), max(id), count(retired_at)] FROM sealed_keyholder)",
    *(grown(f"organisation_{name}event", "pgh_id") for name in _HISTORY),
    fingerprint("organisation_agency"),
    fingerprint("organisation_post"),
)


def staff(province: Province) -> Staff:
    """Raises NoTeam when no anti-corruption centre is set up."""
    return _staff.get((province.pk, today()), lambda: _look_up(province))


def centre_of(province: Province) -> Agency:
    """The province's anti-corruption operation centre."""
    centre = Agency.objects.filter(province=province, function=Agency.Function.ANTICORRUPTION_CENTRE).first()
    if centre is None:
        raise NoTeam("no anti-corruption centre is set up")
    return centre


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
