"""What the rooms above add to a case. They import this room; it does not know them.

``add_section``: parts of the officers' page of an opened case. ``add_sender_link``: what the sender's own page offers.
``add_envelopes``: what they have sealed of a case, so that its destruction takes it too. ``add_leaving``: what they do when a
matter goes to NACC or PACC and nobody here works on it any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uuid import UUID

    from prongsai.acts import Step
    from prongsai.complaints.models import Case, Receipt
    from prongsai.organisation.actors import Actor
    from prongsai.sealed import Unlocked

# (template, context) of each part; asked only when the officer has unlocked the key and may read the case.
Section = Callable[["Case", "Actor", "Unlocked"], Iterable[tuple[str, dict[str, Any]]]]
# (words, address) of each link.
SenderLink = Callable[["Receipt"], Iterable[tuple[str, str]]]

# Ids of envelopes.
Envelopes = Callable[["Case"], Iterable["UUID"]]

# Within the act that hands the matter over, and its transaction.
Leaving = Callable[["Step"], None]

_sections: list[Section] = []
_sender_links: list[SenderLink] = []
_envelopes: list[Envelopes] = []
_leaving: list[Leaving] = []


def add_section(section: Section) -> None:
    """Called once, from ``AppConfig.ready``."""
    _sections.append(section)


def add_sender_link(link: SenderLink) -> None:
    """Called once, from ``AppConfig.ready``."""
    _sender_links.append(link)


def add_envelopes(envelopes_of: Envelopes) -> None:
    """Called once, from ``AppConfig.ready``."""
    _envelopes.append(envelopes_of)


def add_leaving(leaving: Leaving) -> None:
    """Called once, from ``AppConfig.ready``."""
    _leaving.append(leaving)


def has_left(step: Step) -> None:
    for leaving in _leaving:
        leaving(step)


def sections(case: Case, actor: Actor, unlocked: Unlocked) -> list[tuple[str, dict[str, Any]]]:
    return [part for section in _sections for part in section(case, actor, unlocked)]


def sender_links(receipt: Receipt) -> list[tuple[str, str]]:
    return [link for links in _sender_links for link in links(receipt)]


def envelopes(case: Case) -> set[UUID]:
    return {pk for found in _envelopes for pk in found(case)}
