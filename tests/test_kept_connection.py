"""A connection that the server has ended between two requests is noticed, without asking the server before each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Iterator[Any]:
    """A second connection, such as a thread of the web server keeps from one request to the next."""
    wrapper = connection.copy()
    wrapper.settings_dict = {**connection.settings_dict, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 600}
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT 2")
    try:
        yield wrapper
    finally:
        wrapper.close()


def _pid(wrapper: Any) -> int:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def _last_question(pid: int) -> str:
    """What the server was asked last by that session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [pid])
        return cursor.fetchone()[0]


def test_a_connection_that_stands_is_used_again_without_a_question(kept):
    first = _pid(kept)
    kept.close_if_unusable_or_obsolete()  # a request ends, the next one begins
    kept.close_if_health_check_failed()
    assert "pg_backend_pid" in _last_question(first)
    assert _pid(kept) == first


def test_one_that_the_server_has_ended_is_replaced_before_it_is_used(kept):
    first = _pid(kept)
    _end(first)
    kept.close_if_unusable_or_obsolete()
    assert _pid(kept) != first


def test_after_an_error_the_server_itself_is_asked(kept):
    first = _pid(kept)
    kept.errors_occurred = True
    assert kept.is_usable()
    assert _last_question(first) == "SELECT 1"
    _end(first)
    assert not kept.is_usable()


def test_one_whose_transaction_has_failed_is_not_usable(kept):
    with kept.cursor() as cursor:
        cursor.execute("BEGIN")
        with pytest.raises(IntegrityError):
            cursor.execute("INSERT INTO organisation_user SELECT * FROM organisation_user LIMIT 1")
    assert not kept.errors_occurred, "what breaks a constraint is no error of the connection"
    assert not kept.is_usable()


def _end(pid: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
