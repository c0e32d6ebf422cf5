"""AT-X-07: whoever owns the database can switch the triggers off and edit; ``verify`` says what was edited first."""

import pytest
from django.db import connection

from prongsai import ledger
from prongsai.ledger.models import APPEND_ONLY, Checkpoint

pytestmark = [pytest.mark.django_db, pytest.mark.at("AT-X-07")]


@pytest.fixture
def ids(write) -> list[int]:
    """Twenty entries under checkpoints at 7, 14 and 20."""
    found = [write(number).entry_id for number in range(20)]
    while ledger.integrate(max_batch=7):
        pass
    assert ledger.verify().ok
    return found


def tamper(*statements: str, parameters: tuple = ()) -> None:
    """As the owner of the tables, with the triggers off."""
    with connection.cursor() as cursor:
        for table in APPEND_ONLY:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        for statement in statements:
            cursor.execute(statement, parameters)
        for table in APPEND_ONLY:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")


def broken(**arguments) -> ledger.Broken:
    verification = ledger.verify(**arguments)
    assert not verification.ok
    assert verification.first_broken is not None
    assert verification.first_broken.message_th in verification.message_th
    return verification.first_broken


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("uid", "gen_random_uuid()"),
        ("at", "at + interval '1 microsecond'"),
        ("kind", "'complaints.refuse'"),
        ("actor_id", "NULL"),
        ("actor_label", "actor_label || ' '"),
        ("subject_type", "'complaints.other'"),
        ("subject_id", "'case-6'"),
        ("clauses", "'{}'"),
        ("province", "'51'"),
        ("agency_id", "4"),
        ("secrecy", "'S1'"),
        ("content", """content || '{"amount": "1250.51"}'"""),
        ("content", """content || '{"amount": 1250.5}'"""),
        ("content", "'[]'"),
        ("salt", "'\\x00'"),
        ("leaf", "replace(leaf, 'M5.2.1', 'M5.2.2')"),
        ("leaf", "'no JSON'"),
    ],
)
def test_every_column_is_covered(ids, column, value):
    tamper(f"UPDATE ledger_entry SET {column} = {value} WHERE id = {ids[5]}")
    found = broken()
    assert (found.what, found.entry_id, found.leaf_index) == ("entry_changed", ids[5], 5)
    assert column in found.columns or (column, found.columns) == ("leaf", ("clauses",))
    assert str(ids[5]) in found.message_th


def test_the_first_of_several_is_named(ids):
    tamper(f"UPDATE ledger_entry SET kind = 'x' WHERE id IN ({ids[17]}, {ids[9]}, {ids[11]})")
    assert broken().entry_id == ids[9]


def test_a_deleted_row(ids):
    tamper(f"DELETE FROM ledger_entry WHERE id = {ids[8]}")
    found = broken()
    assert (found.what, found.entry_id, found.leaf_index) == ("entry_missing", ids[8], 8)


@pytest.mark.parametrize(
    ("statement", "what", "leaf_index"),
    [
        ("UPDATE ledger_leaf SET leaf_hash = sha256('') WHERE leaf_index = 6", "leaf_changed", 6),
        ("DELETE FROM ledger_leaf WHERE leaf_index = 6", "leaf_missing", 6),
        ("DELETE FROM ledger_leaf WHERE leaf_index = 19", "checkpoint_beyond", 19),
        ("UPDATE ledger_node SET hash = sha256('') WHERE level = 2 AND \"index\" = 1", "node_changed", 4),
        ('DELETE FROM ledger_node WHERE level = 1 AND "index" = 3', "node_changed", 6),
        ("INSERT INTO ledger_node VALUES (3, 2, '')", "node_surplus", 20),
        ("DELETE FROM ledger_checkpoint WHERE tree_size = 20", "checkpoint_missing", 14),
    ],
)
def test_an_edited_tree(ids, statement, what, leaf_index):
    tamper(statement)
    found = broken()
    assert (found.what, found.leaf_index) == (what, leaf_index)


@pytest.mark.parametrize(
    "change",
    [
        "root = sha256('')",
        "note = replace(note, '14', '15')",
        "note = 'x'",
        "note = (SELECT note FROM ledger_checkpoint WHERE tree_size = 7)",
    ],
)
def test_an_edited_checkpoint(ids, change):
    tamper(f"UPDATE ledger_checkpoint SET {change} WHERE tree_size = 14")
    found = broken()
    assert (found.what, found.tree_size) == ("checkpoint_changed", 14)


def rebuild_the_tree(forged: int) -> None:
    """The best an intruder without the key can do: forge an entry with its leaf, and build all the rest anew."""
    tamper(
        "UPDATE ledger_entry SET kind = 'x', leaf = replace(leaf, 'complaints.accept', 'x') WHERE id = %s",
        parameters=(forged,),
    )
    tamper(*(f"DELETE FROM {table}" for table in ("ledger_leaf", "ledger_node", "ledger_checkpoint")))
    tamper("INSERT INTO ledger_pending SELECT id FROM ledger_entry")
    while ledger.integrate(max_batch=7):
        pass


def test_a_forged_tree_under_another_key(ids, settings):
    ours, settings.LEDGER_SEED = settings.LEDGER_SEED, "an intruder's own"
    rebuild_the_tree(forged=ids[10])
    assert ledger.verify().ok
    settings.LEDGER_SEED = ours
    assert (broken().what, broken().tree_size) == ("checkpoint_changed", 7)


def test_a_forged_tree_under_the_old_checkpoints(ids):
    signed = list(Checkpoint.objects.all())
    rebuild_the_tree(forged=ids[10])
    tamper("DELETE FROM ledger_checkpoint")
    Checkpoint.objects.bulk_create(signed)
    found = broken()
    assert (found.what, found.entry_id) == ("root_changed", ids[7])
    assert (found.leaf_index, found.last_leaf_index) == (7, 13)


def test_a_tail_cut_off_is_found_by_a_checkpoint_kept_elsewhere(ids):
    kept = Checkpoint.objects.get(pk=20).note
    tamper(
        f"DELETE FROM ledger_entry WHERE id > {ids[13]}",
        "DELETE FROM ledger_leaf WHERE leaf_index >= 14",
        'DELETE FROM ledger_node WHERE ("index" + 1) << level > 14',
        "DELETE FROM ledger_checkpoint WHERE tree_size > 14",
    )
    assert ledger.verify().ok
    found = broken(witnesses=[kept])
    assert (found.what, found.tree_size, found.leaf_index) == ("checkpoint_beyond", 20, 14)
    with pytest.raises(ValueError):
        ledger.verify(witnesses=[kept.replace("20", "21")])


def test_an_entry_that_waits_for_the_tree_is_watched_too(ids, write):
    waiting = write(20).entry_id
    assert ledger.verify().pending == 1
    tamper(f"UPDATE ledger_entry SET actor_label = 'x' WHERE id = {waiting}")
    found = broken()
    assert (found.what, found.entry_id, found.leaf_index) == ("entry_changed", waiting, None)
    tamper(f"DELETE FROM ledger_entry WHERE id = {waiting}")
    assert (broken().what, broken().entry_id) == ("entry_missing", waiting)


def test_an_entry_hidden_from_the_tree_is_found(ids, write):
    hidden = write(20).entry_id
    tamper("DELETE FROM ledger_pending")
    assert (broken().what, broken().entry_id) == ("entry_not_in_tree", hidden)
