"""Fixtures for the tests that need the real thing, or the whole cast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.house import house, spare_house

__all__ = ["house", "spare_house"]

PROVINCE = "50"


@pytest.fixture
def stage(db: None) -> Iterator[Any]:
    """Everybody, and a matter in every state. Building it takes seconds: tests try many things on one (``played``)."""
    from tests.stage import built

    with built(PROVINCE) as stage:
        yield stage
