"""Statements that go out together: their errors still stop the transaction, and nothing counts that has not been committed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction
from psycopg.pq import PipelineStatus

pytestmark = pytest.mark.django_db
ALIAS = "together"


@pytest.fixture
def house() -> Iterator[Any]:
    """A connection of its own, outside the test's transaction, with two tables that end with it."""
    wrapper = connections[ALIAS] = connection.copy(alias=ALIAS)
    with wrapper.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE matter (id int PRIMARY KEY)")
        cursor.execute(
            "CREATE TEMP TABLE part (id int PRIMARY KEY,"
            " matter int REFERENCES matter DEFERRABLE INITIALLY DEFERRED)"
        )
    try:
        yield wrapper
    finally:
        wrapper.close()
        del connections[ALIAS]


def _put(house: Any, table: str, *values: int) -> Any:
    cursor = house.cursor()
    cursor.execute(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(values))})", values)
    return cursor


def _held(house: Any) -> list[int]:
    with house.cursor() as cursor:
        cursor.execute("SELECT id FROM matter ORDER BY id")
        return [pk for (pk,) in cursor.fetchall()]


def _waits(house: Any) -> bool:
    return house.connection.info.pipeline_status == PipelineStatus.OFF


def test_they_are_committed_together_and_the_next_transaction_waits_again(house):
    with transaction.atomic(using=ALIAS):
        house.send_together()
        _put(house, "part", 1, 7)  # before the row that it points to: looked at in the end
        _put(house, "matter", 7)
        assert not _waits(house)
    assert _waits(house)
    assert _held(house) == [7]


def test_what_fails_unseen_is_raised_at_the_commit_and_nothing_stands(house):
    with pytest.raises(IntegrityError, match="matter_pkey"), transaction.atomic(using=ALIAS):
        house.send_together()
        _put(house, "matter", 7)
        _put(house, "matter", 7)
        _put(house, "matter", 8)
    assert _waits(house)
    assert _held(house) == []


def test_what_the_commit_itself_refuses_is_raised(house):
    with pytest.raises(IntegrityError, match="part_matter_fkey"), transaction.atomic(using=ALIAS):
        house.send_together()
        _put(house, "matter", 7)
        _put(house, "part", 1, 9)
    assert _held(house) == []


def test_an_answer_that_is_asked_for_raises_what_failed_before_it(house):
    with pytest.raises(IntegrityError), transaction.atomic(using=ALIAS):
        house.send_together()
        _put(house, "matter", 7)
        _put(house, "matter", 7)
        _held(house)
        raise AssertionError("the error came later than the answer")
    assert _held(house) == []


def test_whatever_else_goes_wrong_takes_all_of_it_back(house):
    with pytest.raises(ZeroDivisionError), transaction.atomic(using=ALIAS):
        house.send_together()
        _put(house, "matter", 7)
        _put(house, "matter", 7)
        raise ZeroDivisionError
    assert _waits(house)
    assert _held(house) == []


def test_how_many_rows_changed_is_known_when_it_is_asked(house):
    with transaction.atomic(using=ALIAS), house.cursor() as cursor:
        house.send_together()
        _put(house, "matter", 7)
        cursor.execute("UPDATE matter SET id = id + 1 WHERE id = %s", [9])
        assert cursor.rowcount == 0
        cursor.execute("UPDATE matter SET id = id + 1 WHERE id = %s", [7])
        assert cursor.rowcount == 1
    assert _held(house) == [8]


def test_a_transaction_within_another_waits_as_ever(house):
    with transaction.atomic(using=ALIAS):
        with pytest.raises(IntegrityError), transaction.atomic(using=ALIAS):
            house.send_together()
            _put(house, "matter", 7)
            _put(house, "matter", 7)
            raise AssertionError("the error came later than its statement")
        _put(house, "matter", 8)
    assert _held(house) == [8]


def test_a_server_that_goes_in_the_middle_is_an_error_and_the_next_connection_is_a_new_one(house):
    with pytest.raises(OperationalError), transaction.atomic(using=ALIAS):
        house.send_together()
        _put(house, "matter", 7)
        with house.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        with connection.cursor() as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        _put(house, "matter", 8)
    house.close_if_unusable_or_obsolete()
    with house.cursor() as cursor:
        cursor.execute("SELECT to_regclass('matter')")
        assert cursor.fetchone() == (None,), "its tables went with the session"
    assert _waits(house)
