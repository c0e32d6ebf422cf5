"""Fixtures for the tests that need the real thing, or the whole cast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.house import house, spare_house

__all__ = ["house", "spare_house"]

PROVINCE = "50"


@pytest.fixture(scope="module")
def built_stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """Everybody, and a matter in every state. Building it takes long: the tests of a module play on the same one, inside of one
    transaction, each in a savepoint of its own."""
    from tests.stage import built

    with django_db_blocker.unblock(), built(PROVINCE) as stage:
        yield stage


@pytest.fixture
def stage(built_stage: Any) -> Iterator[Any]:
    """The stage as it was built, whatever the test before did on it."""
    from tests.stage import played

    with played(built_stage) as stage:
        stage.refresh()
        yield stage
