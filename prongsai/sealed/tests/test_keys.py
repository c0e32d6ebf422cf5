"""Passphrases: right, wrong, too often wrong, changed, lost and recovered (C38)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from prongsai import sealed
from prongsai.sealed import keys
from prongsai.sealed.tests.people import PASSPHRASE, in_hand, make_keyholder, make_person

pytestmark = pytest.mark.django_db
NEW = "กุหลาบแดงสิบสองดอก"


def test_one_active_pair_each_and_no_short_passphrase() -> None:
    person = make_person("สมชาย")
    with pytest.raises(sealed.WeakPassphrase, match="12"):
        sealed.create_keys(person, " " * 20 + "สั้น")
    sealed.create_keys(person, PASSPHRASE)
    with pytest.raises(sealed.HasKeys):
        sealed.create_keys(person, PASSPHRASE)


def test_both_ways_of_typing_sara_am_are_the_same_passphrase() -> None:
    person = make_person("สมชาย")
    sealed.create_keys(person, "น้ำตาลทรายขาวสองกิโล")
    keys.unwrap(person, "น้ํา" + "ตาลทรายขาวสองกิโล")


def test_five_wrong_passphrases_and_even_the_right_one_waits() -> None:
    keyholder = make_keyholder("สมชาย")
    for left in (4, 3, 2, 1):
        with pytest.raises(sealed.WrongPassphrase) as wrong:
            in_hand(keyholder, "ผิดผิดผิดผิดผิด")
        assert wrong.value.left == left
    with pytest.raises(sealed.LockedOut):
        in_hand(keyholder, "ผิดผิดผิดผิดผิด")
    with pytest.raises(sealed.LockedOut) as locked:
        in_hand(keyholder)
    assert locked.value.minutes == 15
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        in_hand(keyholder)
        with pytest.raises(sealed.WrongPassphrase) as wrong:
            in_hand(keyholder, "ผิดผิดผิดผิดผิด")
        assert wrong.value.left == 4


def test_after_the_wait_five_new_attempts_are_given() -> None:
    keyholder = make_keyholder("สมชาย")
    for _ in range(5):
        with pytest.raises((sealed.WrongPassphrase, sealed.LockedOut)):
            in_hand(keyholder, "ผิดผิดผิดผิดผิด")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        with pytest.raises(sealed.WrongPassphrase) as wrong:
            in_hand(keyholder, "ผิดผิดผิดผิดผิด")
        assert wrong.value.left == 4


def test_a_changed_passphrase_opens_the_old_envelopes_and_the_old_one_does_not() -> None:
    keyholder = make_keyholder("สมชาย")
    envelope = sealed.create_envelope("case", [keyholder])
    with pytest.raises(sealed.WeakPassphrase):
        sealed.change_passphrase(keyholder.person, PASSPHRASE, "สั้น")
    with pytest.raises(sealed.WrongPassphrase):
        sealed.change_passphrase(keyholder.person, NEW, NEW)
    sealed.change_passphrase(keyholder.person, PASSPHRASE, NEW)
    in_hand(keyholder, NEW).open(envelope)
    with pytest.raises(sealed.WrongPassphrase):
        in_hand(keyholder)


def test_C38_a_lost_passphrase_is_recovered_and_an_identity_needs_both_papers() -> None:
    handler, custodian, bystander = (make_keyholder(name) for name in ("ก", "ข", "ค"))
    province = handler.province_id
    assert sealed.missing_recovery(province) == ["centre", "custodians"]
    centre = sealed.create_recovery_key("centre", province)
    custodians = sealed.create_recovery_key("custodians", province)
    assert sealed.missing_recovery(province) == []

    case = sealed.create_envelope("case", [handler])
    others = sealed.create_envelope("case", [bystander])
    identity = sealed.create_split_envelope("identity", [handler], [custodian])
    box = identity.put("นาย ก", context="identity")

    new_handler, new_custodian = _lose_passphrase(handler), _lose_passphrase(custodian)
    with pytest.raises(sealed.NotAMember):
        in_hand(new_handler, NEW).open(case)

    report = sealed.recover(centre.lower().replace("-", " "), to=new_handler, instead_of=handler)
    assert (report["given"], report["refused"]) == (2, 0)
    in_hand(new_handler, NEW).open(case)
    with pytest.raises(sealed.NotAMember):  # what the lost keys could not open stays shut
        in_hand(new_handler, NEW).open(others)
    with pytest.raises(sealed.ShareMissing):
        in_hand(new_handler, NEW).open(identity)
    # The second paper gives the same person nothing, and a custodian the second share.
    assert sealed.recover(custodians, to=new_handler)["refused"] == 1
    assert sealed.recover(custodians, to=new_custodian, instead_of=custodian)["given"] == 1

    until = timezone.now() + timedelta(minutes=15)
    sealed.release(in_hand(new_custodian, NEW), identity, to=new_handler, until=until)
    opened = in_hand(new_handler, NEW).open(identity)
    assert opened.text(box, context="identity") == "นาย ก"


def _lose_passphrase(keyholder: sealed.Keyholder) -> sealed.Keyholder:
    sealed.retire_keys(keyholder)
    return sealed.create_keys(keyholder.person, NEW)


def test_a_replaced_recovery_key_still_opens_what_was_sealed_to_it() -> None:
    member, newcomer = make_keyholder("ก"), make_keyholder("ข")
    old = sealed.create_recovery_key("centre", member.province_id)
    before = sealed.create_envelope("case", [member])
    new = sealed.create_recovery_key("centre", member.province_id)
    after = sealed.create_envelope("case", [member])
    sealed.recover(old, to=newcomer)
    hand = in_hand(newcomer)
    hand.open(before)
    with pytest.raises(sealed.NotAMember):
        hand.open(after)
    sealed.recover(new, to=newcomer)
    hand.open(after)


def test_a_mistyped_or_foreign_recovery_key_is_refused() -> None:
    member = make_keyholder("ก")
    printed = sealed.create_recovery_key("centre", member.province_id)
    last = "A" if printed[-1] != "A" else "B"
    swapped = printed.replace("CENTRE", "CUSTODIANS")
    for wrong in (printed[:-1] + last, printed[:-4], swapped, "", "PRONGSAI-RECOVERY-CENTRE-ก"):
        with pytest.raises(sealed.BadRecoveryKey):
            sealed.recover(wrong, to=member)
