"""Keys of an inquiry: passed on to a member, taken away again."""

from __future__ import annotations

from typing import Any

from prongsai import sealed
from prongsai.acts import Refused, Step
from prongsai.complaints.keyring import key_in_hand
from prongsai.inquiries.models import Inquiry
from prongsai.organisation.models import Person
from prongsai.sealed.models import Grant, Keyholder


def pass_on(inquiry: Inquiry, step: Step, people: list[Person]) -> None:
    """The inquiry's key to these people; raises ``Refused`` for one who has no key of his own."""
    unlocked = key_in_hand(step)
    keys = {key.person_id: key for key in Keyholder.objects.of(*[p.pk for p in people])}
    without = [p.full_name for p in people if p.pk not in keys]
    if without:
        raise Refused(f"ยังไม่ได้สร้างรหัสเปิดผนึก โปรดแจ้งให้สร้างก่อน: {', '.join(without)}")
    try:
        for key in keys.values():
            sealed.add_member(inquiry.envelope, unlocked, key)
    except sealed.SealError as error:
        raise Refused(str(error)) from error


def take_back(inquiry: Inquiry, person: Person) -> None:
    take_from(person, inquiry.envelope_id)


def take_from(person: Person, envelope_id: Any) -> None:
    """Raises ``Refused`` where nobody else could open the envelope any more."""
    grants = Grant.objects.filter(envelope=envelope_id, keyholder__person=person)
    for grant in grants.select_related("keyholder", "envelope"):
        assert grant.keyholder is not None  # filtered by its person
        try:
            sealed.remove_member(grant.envelope, grant.keyholder)
        except sealed.LastMember as error:
            raise Refused(f"{error} โปรดเพิ่มผู้ถือกุญแจที่มิได้เกี่ยวข้องก่อน") from error
