"""Real connections, real commits. ``available_apps``: only the ledger is emptied afterwards, not the sample province."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from prongsai import ledger
from prongsai.ledger.models import Entry, Leaf, Pending
from prongsai.tlog.verify import verify_bundle

pytestmark = pytest.mark.django_db(transaction=True, available_apps=["prongsai.ledger"])

WRITERS, EACH = 8, 40


def leaves() -> list[tuple[int, int]]:
    return list(Leaf.objects.order_by("leaf_index").values_list("leaf_index", "entry_id"))


def closing(work, *arguments):
    """Run in a thread and leave no connection behind."""
    try:
        return work(*arguments)
    finally:
        connection.close()


def test_nothing_is_lost_while_the_tree_grows(write):
    done = threading.Event()

    def writer(number: int) -> list[int]:
        ids = []
        for turn in range(EACH):
            with transaction.atomic():
                ids.append(write(number, content={"turn": turn}).entry_id)
        return ids

    def sequencer() -> int:
        taken = 0
        while not done.is_set():
            taken += ledger.integrate(max_batch=25)
        return taken

    with ThreadPoolExecutor(WRITERS + 2) as pool:
        sequencers = [pool.submit(closing, sequencer) for _ in range(2)]
        writers = [pool.submit(closing, writer, number) for number in range(WRITERS)]
        written = [entry_id for future in writers for entry_id in future.result()]
        done.set()
        taken = sum(future.result() for future in sequencers)
    taken += ledger.integrate()

    assert taken == len(written) == WRITERS * EACH
    found = leaves()
    assert [index for index, _ in found] == list(range(len(written)))
    assert sorted(entry_id for _, entry_id in found) == sorted(written)
    assert not Pending.objects.exists()
    assert ledger.verify().ok


def test_a_slow_transaction_with_a_lower_id_is_not_skipped(write):
    has_id, may_commit = threading.Event(), threading.Event()

    def slow() -> int:
        with transaction.atomic():
            entry = write(1)
            has_id.set()
            assert may_commit.wait(30)
        return entry.entry_id

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(closing, slow)
        assert has_id.wait(30)
        fast = write(2).entry_id
        assert ledger.integrate() == 1
        assert leaves() == [(0, fast)]
        may_commit.set()
        late = future.result()
    assert late < fast
    assert ledger.verify().pending == 1
    assert ledger.integrate() == 1
    assert leaves() == [(0, fast), (1, late)]
    assert verify_bundle(ledger.proof(late), keys=[ledger.verifier_key()]).ok
    assert ledger.verify().ok


def test_verify_sees_one_moment_while_entries_arrive(write):
    for number in range(20):
        write(number)
    ledger.integrate()
    seen = []

    def grow(done: int, total: int) -> None:
        def another() -> None:
            write(99)
            ledger.integrate()

        seen.append((done, total))
        thread = threading.Thread(target=closing, args=(another,))
        thread.start()
        thread.join()

    verification = ledger.verify(progress=grow)
    assert verification.ok, verification.message_th
    assert seen == [(20, 20)]
    assert (verification.entries, Entry.objects.count()) == (20, 21)


def test_several_processes_check_the_same(write, monkeypatch):
    monkeypatch.setattr("prongsai.ledger.pages.PAGE", 8)
    for number in range(30):
        write(number)
    ledger.integrate()
    assert ledger.verify(processes=2) == ledger.verify()
