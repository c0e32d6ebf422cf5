from collections.abc import Callable

import pytest
from django.core.management.color import no_style
from django.db import connection

from prongsai import ledger
from prongsai.ledger.models import APPEND_ONLY
from prongsai.ledger.testing import permit_flush

permit_flush()


@pytest.fixture(autouse=True)
def _empty_ledger(db: None) -> None:
    """Whatever the session's sample province wrote is gone for this test."""
    tables = connection.ops.sql_flush(no_style(), [*APPEND_ONLY, "ledger_pending"])
    connection.ops.execute_sql_flush(tables)


@pytest.fixture
def write() -> Callable[..., ledger.Appended]:
    """Append an entry; fields that a test does not care about are filled in."""

    def write(number: int = 1, **fields) -> ledger.Appended:
        values = {
            "kind": "complaints.accept",
            "actor_id": 12,
            "actor_label": "นางสาวสมใจ ใจดี นักวิชาการ",
            "subject": ("complaints.case", f"case-{number}"),
            "clauses": ["M5.2.1"],
            "province": "50",
            "agency_id": 3,
            "secrecy": "S0",
            "content": {"number": f"{number}/2563", "amount": "1250.50"},
        }
        return ledger.append(**{**values, **fields})

    return write
