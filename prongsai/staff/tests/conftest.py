"""The mail server of the notices, and what a head types."""

from __future__ import annotations

from typing import Any

import pytest

from prongsai.notices.tests.mail_server import mail_server

__all__ = ["mail_server"]

NEW = {
    "email": "Malee.K@agency.example",
    "title": "นางสาว",
    "first_name": "มาลี",
    "last_name": "คำใส",
    "position": "นักวิชาการเกษตร",
    "staff_type": "civil_servant",
}


@pytest.fixture
def new_colleague(world: dict[str, Any]) -> dict[str, Any]:
    return {**NEW, "agency": world["head_agency"].person.agency_id}
