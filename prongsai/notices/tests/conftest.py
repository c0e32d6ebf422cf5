"""People of the sample province who can be written to, and the mail server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from prongsai.notices.tests.mail_server import mail_server
from prongsai.organisation.models import Agency, Person
from prongsai.organisation.tests.building import a_person, an_account, an_agency

__all__ = ["mail_server"]


@pytest.fixture
def agency(province: Any) -> Agency:
    return an_agency(province)


@pytest.fixture
def somebody(agency: Agency) -> Callable[..., Person]:
    """A person with an account at ``<name>@agency.example``."""

    def make(name: str, **fields: Any) -> Person:
        person = a_person(fields.pop("agency", agency), **fields)
        an_account(person, f"{name}@agency.example")
        return Person.objects.get(pk=person.pk)

    return make
