"""Who receives complaints today. Looked up from six tables and the same for most complaints, so it is kept.

A new key, a retired one, a changed role, post or service counts from the next complaint on.
"""

from __future__ import annotations

from dataclasses import dataclass

from prongsai import sealed
from prongsai.complaints.governor import governors
from prongsai.complaints.line import above
from prongsai.config.postgresql.kept import Kept, fingerprint, grown
from prongsai.organisation.holders import holders
from prongsai.organisation.models import Agency, Person, Post, Province
from prongsai.organisation.periods import today
from prongsai.sealed.models import Keyholder

STAND_INS = ("vice_governor", "governor")
HEADING = (Post.Kind.AGENCY_HEAD, Post.Kind.UNIT_HEAD)


class NoTeam(RuntimeError):
    """Nobody can receive this complaint. ``named``: because of who is named in it; else no key has been made yet."""

    def __init__(self, why: str, *, named: bool = False) -> None:
        super().__init__(why)
        self.named = named


class AboutGovernor(NoTeam):
    """The governor is named: nothing may be filed before the sender has chosen (``forwarding``)."""

    def __init__(self) -> None:
        super().__init__("the governor is named as the accused", named=True)


@dataclass(frozen=True)
class Staff:
    """People of one day. ``keys`` holds the active keys of all of them by person; ``recovery`` the province's by slot."""

    centre: Agency
    officers: list[Person]  # the centre's officers and its head
    custodians: list[Person]
    heads: list[Person]  # who holds, or acts in, the post of the centre's head
    stand_ins: list[Person]  # vice governors, governor
    governors: list[Person]  # who is in the post, as a complaint about the governor means it
    above: dict[int, frozenset[int]]  # of all of them: everybody above, by person
    posts: list[tuple[list[str], list[int]]]  # posts above the centre's officers: their words, who is in it
    keys: dict[int, Keyholder]
    recovery: dict[str, Keyholder]


_HISTORY = ("person", "roleassignment", "tenure", "actingappointment")
STAFF = Kept[Staff](
    "(SELECT ARRAY[count(*), max(id), count(retired_at)] FROM sealed_keyholder)",
    *(grown(f"organisation_{name}event", "pgh_id") for name in _HISTORY),
    fingerprint("organisation_agency"),
    fingerprint("organisation_post"),
)


def staff(province: Province) -> Staff:
    """Raises NoTeam when no anti-corruption centre is set up."""
    return STAFF.get((province.pk, today()), lambda: _look_up(province))


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
    heads, posts = _posts_above(centre)
    everybody = {person.pk for person in (*officers, *custodians, *stand_ins)}
    keys = {key.person_id: key for key in Keyholder.objects.of(*everybody)}
    return Staff(
        centre,
        officers,
        custodians,
        heads,
        stand_ins,
        governors(province),
        above(everybody),
        posts,
        keys,
        sealed.recovery_keys(province.pk),
    )


def _posts_above(centre: Agency) -> tuple[list[Person], list[tuple[list[str], list[int]]]]:
    """Who heads the centre; and the posts of heads there and in the agencies that it belongs to, with who is in them."""
    heads: list[Person] = []
    posts = []
    agency: Agency | None = centre
    while agency is not None:
        for post in Post.objects.filter(agency=agency, kind__in=HEADING):
            people = [
                row.person
                for held in (post.tenures, post.acting)
                for row in held.in_force().select_related("person")
            ]
            posts.append((_words(post), [p.pk for p in people]))
            heads += people if agency == centre else []
        agency = agency.parent
    return heads, posts


def _words(post: Post) -> list[str]:
    """How people write the post: without the province's name; of the centre's head also shorter."""
    title = post.title_th.removesuffix(post.agency.province.name_th)
    if post.agency.function != Agency.Function.ANTICORRUPTION_CENTRE:
        return [title]
    return [title.removesuffix("จังหวัด"), "หัวหน้าศูนย์ต่อต้านการทุจริต", "หัวหน้าศปท", "หัวหน้า ศปท."]
