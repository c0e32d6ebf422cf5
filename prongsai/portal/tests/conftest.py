from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from prongsai import ledger
from prongsai.organisation.models import Agency


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Pages kept for a reader of one test are not for the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def centre(province: Any) -> Agency:
    return Agency.objects.get(province=province, function=Agency.Function.ANTICORRUPTION_CENTRE)


@pytest.fixture
def done(province: Any, centre: Agency) -> Callable[..., int]:
    """Something was done under clauses; returns the number of its ledger entry."""

    def append(
        *clauses: str, kind: str = "complaints.declare_no_complaint", secrecy: str = "S0", **more: Any
    ) -> int:
        entry = {
            "province": province.pk,
            "agency_id": centre.pk,
            "actor_label": "นางสาวทดสอบ ตัวอย่าง",
            "content": {},
            **more,
        }
        with transaction.atomic():
            return ledger.append(kind=kind, clauses=list(clauses), secrecy=secrecy, **entry).entry_id

    return append
