"""Members open, others do not; a split key needs both sides; recovery and changes of the team keep it so."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from prongsai import sealed
from prongsai.sealed.models import Grant, Share
from prongsai.sealed.tests.people import in_hand, make_keyholder

pytestmark = pytest.mark.django_db
CONTEXT = "case:1:narrative"
NARRATIVE = "เจ้าหน้าที่เรียกรับเงิน ๕,๐๐๐ บาท"


def test_a_member_and_the_tracker_read_and_nobody_else() -> None:
    member, outsider = make_keyholder("สมชาย"), make_keyholder("สมศรี")
    code = sealed.new_code()
    envelope = sealed.create_envelope("case", [member], [bytes(sealed.tracker_key(code).public_key)])
    box = envelope.put(NARRATIVE, context=CONTEXT)

    opened = in_hand(member).open(envelope)
    assert opened.text(box, context=CONTEXT) == NARRATIVE
    assert sealed.Tracker.from_code(code).open(envelope).text(box, context=CONTEXT) == NARRATIVE
    assert opened.record["envelope"] == str(envelope.id) and opened.record["person"] == member.person_id
    with pytest.raises(sealed.CannotOpen):
        opened.text(box, context="case:2:narrative")
    with pytest.raises(sealed.NotAMember):
        in_hand(outsider).open(envelope)
    with pytest.raises(sealed.NotAMember):
        sealed.Tracker.from_code(sealed.new_code()).open(envelope)


def test_mappings_and_bytes_come_back_as_they_were() -> None:
    member = make_keyholder("สมชาย")
    envelope = sealed.create_envelope("identity", [member])
    opened = in_hand(member).open(envelope)
    person = {"ชื่อ": "นาย ก", "โทรศัพท์": ["0812345678"]}
    assert opened.json(envelope.put(person, context="a"), context="a") == person
    assert opened.get(opened.put(b"\x00\xff", context="b"), context="b") == b"\x00\xff"


def test_many_envelopes_are_written_by_one_statement(django_assert_num_queries) -> None:
    team = [make_keyholder(f"คนที่{n}") for n in range(6)]
    teams = [
        sealed.Team("case", team),
        sealed.SplitTeam("identity", team[:3], team[3:]),
        sealed.Team("channel", team, trackers=[bytes(32)[:31] + b"\x09"]),
    ]
    with transaction.atomic(), django_assert_num_queries(1):
        envelopes = sealed.seal_new(teams, recovery={})
    assert [e.purpose for e in envelopes] == ["case", "identity", "channel"]
    assert Grant.objects.filter(envelope__in=envelopes).count() == 19


def test_lists_open_what_the_key_opens_with_one_query(django_assert_num_queries) -> None:
    member, other = make_keyholder("สมชาย"), make_keyholder("สมศรี")
    mine = [sealed.create_envelope("case", [member]) for _ in range(3)]
    foreign = sealed.create_envelope("case", [other])
    hand = in_hand(member)
    with django_assert_num_queries(1):
        opened = hand.open_all([*mine, foreign])
    assert set(opened) == {envelope.id for envelope in mine}


def test_a_grant_copied_to_another_envelope_opens_nothing() -> None:
    member = make_keyholder("สมชาย")
    mine, target = (
        sealed.create_envelope("case", [member]),
        sealed.create_envelope("case", [make_keyholder("สมศรี")]),
    )
    stolen = Grant.objects.get(envelope=mine, keyholder=member)
    Grant.objects.create(envelope=target, keyholder=member, share=Share.WHOLE, sealed=stolen.sealed)
    with pytest.raises(sealed.CannotOpen):
        in_hand(member).open(target)


class TestSplit:
    @pytest.fixture(autouse=True)
    def people(self) -> None:
        self.handler, self.custodian = make_keyholder("ผู้รับผิดชอบ"), make_keyholder("ผู้เก็บรักษา")
        self.envelope = sealed.create_split_envelope("identity", [self.handler], [self.custodian])
        self.box = self.envelope.put("นาย ก", context="identity:1")

    def release(self, minutes: int = 15, to=None):
        until = timezone.now() + timedelta(minutes=minutes)
        return sealed.release(in_hand(self.custodian), self.envelope, to=to or self.handler, until=until)

    def test_neither_side_opens_it_alone(self) -> None:
        for keyholder in (self.handler, self.custodian):
            with pytest.raises(sealed.ShareMissing):
                in_hand(keyholder).open(self.envelope)
            assert in_hand(keyholder).open_all([self.envelope]) == {}

    def test_with_a_release_the_handler_opens_it_and_the_record_names_the_custodian(self) -> None:
        self.release()
        opened = in_hand(self.handler).open(self.envelope)
        assert opened.text(self.box, context="identity:1") == "นาย ก"
        assert opened.record["released_by"] == self.custodian.pk
        with pytest.raises(sealed.ShareMissing):
            in_hand(self.custodian).open(self.envelope)

    def test_a_release_ends_and_is_purged(self) -> None:
        self.release(15)
        with time_machine.travel(timezone.now() + timedelta(minutes=14)):
            in_hand(self.handler).open(self.envelope)
            assert sealed.purge_releases() == 0
        with time_machine.travel(timezone.now() + timedelta(minutes=15)):
            with pytest.raises(sealed.ShareMissing):
                in_hand(self.handler).open(self.envelope)
            assert sealed.purge_releases() == 1

    def test_a_release_made_longer_in_the_database_opens_nothing(self) -> None:
        grant = self.release()
        Grant.objects.filter(pk=grant.pk).update(expires_at=timezone.now() + timedelta(days=99))
        with pytest.raises(sealed.CannotOpen):
            in_hand(self.handler).open(self.envelope)

    def test_only_a_custodian_releases_and_only_to_a_handler_and_not_for_days(self) -> None:
        soon = timezone.now() + timedelta(minutes=5)
        with pytest.raises(sealed.NotAMember):
            sealed.release(in_hand(self.handler), self.envelope, to=self.handler, until=soon)
        with pytest.raises(sealed.ReleaseRefused):
            self.release(to=make_keyholder("คนนอก"))
        with pytest.raises(sealed.SamePerson):
            self.release(to=self.custodian)
        for minutes in (0, 25 * 60):
            with pytest.raises(sealed.ReleaseRefused):
                self.release(minutes)
        # Who has a lent share cannot lend it further.
        self.release()
        second = sealed.add_member(self.envelope, in_hand(self.handler), make_keyholder("คนที่สอง")).keyholder
        with pytest.raises(sealed.NotAMember):
            sealed.release(in_hand(self.handler), self.envelope, to=second, until=soon)

    def test_nobody_gets_both_shares_for_good(self) -> None:
        with pytest.raises(sealed.SamePerson):
            sealed.create_split_envelope("identity", [self.handler], [self.handler])
        with pytest.raises(sealed.SamePerson):
            sealed.add_member(self.envelope, in_hand(self.custodian), self.handler)
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(
                envelope=self.envelope, keyholder=self.handler, share=Share.CUSTODIAN, sealed=b"x"
            )
        # Nor with a new pair of keys.
        sealed.retire_keys(self.handler)
        again = sealed.create_keys(self.handler.person, "วลีใหม่ของผู้รับผิดชอบ")
        with pytest.raises(sealed.SamePerson):
            sealed.add_member(self.envelope, in_hand(self.custodian), again)


def test_C31_a_member_passes_on_and_the_last_one_stays() -> None:
    first, second = make_keyholder("คนแรก"), make_keyholder("คนที่สอง")
    sealed.create_recovery_key("centre", first.province_id)
    envelope = sealed.create_envelope("case", [first])
    with pytest.raises(sealed.NotAMember):
        sealed.add_member(envelope, in_hand(second), second)
    with pytest.raises(sealed.LastMember):
        sealed.remove_member(envelope, first)
    for _ in range(2):  # twice gives one grant
        sealed.add_member(envelope, in_hand(first), second)
    assert [grant.keyholder.kind for grant in sealed.members(envelope)] == ["person", "recovery", "person"]
    sealed.remove_member(envelope, first)
    in_hand(second).open(envelope)
    with pytest.raises(sealed.NotAMember):
        in_hand(first).open(envelope)
    sealed.add_tracker(
        envelope, in_hand(second), bytes(sealed.tracker_key(code := sealed.new_code()).public_key)
    )
    sealed.Tracker.from_code(code).open(envelope)
