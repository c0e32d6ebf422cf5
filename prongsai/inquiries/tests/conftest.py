from __future__ import annotations

from typing import Any

import pytest

from prongsai.inquiries.tests.steps import COMMITTEE, Matter, make_keys


@pytest.fixture
def matter(world: dict[str, Any], unlocked_client_of: Any) -> Matter:
    """A matter to come; the members of its committee have keys of their own."""
    make_keys(world, *COMMITTEE)
    return Matter(world, unlocked_client_of)
