import hashlib
import json

import pytest

from prongsai import ledger
from prongsai.ledger.models import Checkpoint, Entry, Leaf, Node
from prongsai.tlog.verify import verify_bundle, verify_consistency_bundle

pytestmark = pytest.mark.django_db


def test_every_entry_can_be_proved(write):
    """Through JSON, as a citizen would get it; batches of uneven size give trees of every shape."""
    written = [write(number) for number in range(13)]
    while ledger.integrate(max_batch=4):
        pass
    assert list(Checkpoint.objects.order_by("pk").values_list("pk", flat=True)) == [4, 8, 12, 13]
    for index, entry in enumerate(written):
        bundle = json.loads(json.dumps(ledger.proof(entry.entry_id)))
        assert bundle["leaf_index"] == index
        assert bundle["opening"] == entry.opening
        report = verify_bundle(bundle, keys=[ledger.verifier_key()])
        assert report.ok, report.text("en")


def test_a_proof_brings_its_entry_into_the_tree(write):
    entry = write()
    assert ledger.proof(entry.entry_id)["leaf_index"] == 0
    with pytest.raises(Entry.DoesNotExist):
        ledger.proof(entry.entry_id + 1)


def test_a_published_document_is_bound_to_its_entry(write):
    document = "ประกาศผลการพิจารณา".encode()
    sha256 = hashlib.sha256(document).hexdigest()
    entry = write(content={"document_sha256": sha256})
    bundle = ledger.proof(entry.entry_id)
    keys = [ledger.verifier_key()]
    assert bundle["document_sha256"] == sha256
    assert verify_bundle(bundle, keys=keys, document=document).ok
    assert not verify_bundle(bundle, keys=keys, document=document + b".").ok


def test_a_proof_without_opening_tells_nothing_of_the_content(write):
    entry = write(content={"document_sha256": "ab" * 32, "note": "ข้อความ"}, secrecy="S2")
    bundle = ledger.proof(entry.entry_id, with_opening=False)
    assert verify_bundle(bundle, keys=[ledger.verifier_key()]).ok
    text = json.dumps(bundle, ensure_ascii=False)
    for secret in ("ข้อความ", "abab", "สมใจ", "case-1", entry.opening["salt"]):
        assert secret not in text


def test_the_log_only_grew_between_two_checkpoints(write):
    for size in (3, 8, 13):
        for number in range(size - Leaf.objects.count()):
            write(number)
        ledger.integrate()
    keys = [ledger.verifier_key()]
    for old, new in [(3, 8), (3, 13), (8, 13), (8, 8)]:
        notes = [Checkpoint.objects.get(pk=size).note for size in (old, new)]
        assert verify_consistency_bundle(*notes, ledger.consistency(old, new), keys=keys).ok
    with pytest.raises(Checkpoint.DoesNotExist):
        ledger.consistency(4, 13)
    with pytest.raises(ValueError):
        ledger.consistency(13, 8)


def test_only_complete_subtrees_are_stored(write):
    for number in range(7):
        write(number)
    ledger.integrate(max_batch=3)
    ledger.integrate()
    assert sorted(Node.objects.values_list("level", "index")) == [(1, 0), (1, 1), (1, 2), (2, 0)]


def test_old_checkpoints_stay_valid_when_the_site_moves(write, settings):
    write(1)
    ledger.integrate()
    old_key = ledger.verifier_key()
    settings.SITE_URL = "https://prongsai.example.go.th/province"
    assert ledger.verifier_key().startswith("prongsai.example.go.th/province/ledger+")
    unmoved = Entry.objects.get().pk
    assert verify_bundle(ledger.proof(unmoved), keys=[old_key]).ok
    moved = write(2)
    assert verify_bundle(ledger.proof(moved.entry_id), keys=[ledger.verifier_key()]).ok
    assert ledger.verify().ok
