"""Every address of the house, tried by everybody. An address without a row here fails the test: who may open it?"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.translation import override

from prongsai.acts import perform
from prongsai.complaints.zero import DeclareNoComplaint
from prongsai.ledger.models import Checkpoint, Entry
from prongsai.notices.models import Notice
from prongsai.organisation.models import Agency
from prongsai.registers import exporting, register_of
from prongsai.registers.listing import Listing
from prongsai.registers.models import Export
from tests.permission_table import TABLE, Row
from tests.stage import CAST, STAFF, Stage, outcome, played, some_of

# One worker builds the stage, and early: these are long.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("test_permissions")]


def all_addresses() -> set[str]:
    """Names of every pattern, with their namespaces."""

    def walk(patterns: list[Any], spaces: tuple[str, ...]) -> set[str]:
        found: set[str] = set()
        for one in patterns:
            if isinstance(one, URLResolver):
                found |= walk(one.url_patterns, (*spaces, one.namespace) if one.namespace else spaces)
            elif isinstance(one, URLPattern):
                found.add(":".join((*spaces, one.name or str(one.pattern))))
        return found

    return walk(get_resolver().url_patterns, ())


@pytest.fixture
def meant(stage: Stage) -> dict[str, Any]:
    """What the words in capitals stand for."""
    from prongsai.complaints.models import Evidence, Exclusion
    from prongsai.complaints.tests.steps import pdf, send
    from prongsai.ledger import integrate

    named = stage.cases["accepted"]
    officer = stage.users["center_officer"].person
    Exclusion.objects.create(case=named, person=officer)
    assert send(Client(), files=[pdf()]).status_code == 303
    period = {"period_from": dt.date(2020, 1, 1), "period_to": dt.date(2020, 1, 31)}
    done = perform(DeclareNoComplaint, None, actor=stage.actor("centre"), data=period)
    integrate()
    export = asked_for(stage)
    return {
        "ANNOUNCEMENT": "chiang-mai-2563",
        "AGENCY": Agency.objects.get(province=stage.province, code="DOAE").pk,
        "ANOTHER_AGENCY": Agency.objects.get(province=stage.province, code="DLD").pk,
        "OPEN_ENTRY": done.entry.entry_id,
        "SECRET_ENTRY": Entry.objects.filter(kind="complaints.file_complaint").latest("pk").pk,
        "CASE": stage.cases["received"].pk,
        "REFERRED": stage.cases["referred"].pk,
        "SCREENED": stage.cases["screening"].pk,
        "NAMING_THE_CENTRE": named.pk,
        "NOTICE_TO_THE_CENTRE": Notice.objects.filter(recipient=officer).latest("pk").pk,
        "TREE_SIZE": Checkpoint.objects.latest("pk").pk,
        "REVEAL": stage.reveals["requested"].pk,
        "FILE": Evidence.objects.latest("pk").file_id,
        "FILED_WITH": Evidence.objects.latest("pk").case_id,
        "LETTER": stage.letter.pk,
        "COMMITTEE": stage.committees["committee published"].pk,
        "MEETING": stage.committees["meeting certified"].pk,
        "ITEM": stage.committees["item reviewed"].pk,
        "INTEREST": stage.committees["interest asked"].pk,
        "ROLE": stage.staff["role given"].pk,
        "INVITATION": stage.staff["invitation"].pk,
        "DEPARTURE": stage.staff["departure"].pk,
        "EXPORT": export.pk,
        "NOTHING": uuid.uuid4(),
        "NUMBER_OF_NOTHING": 2**31,
    }


def asked_for(stage: Stage) -> Export:
    """The centre's officer wants the matters as a file; no worker has begun."""
    listing = Listing(register_of("complaints"), stage.actor("centre"), QueryDict())  # type: ignore[arg-type]
    return exporting.ask(listing, bytes(32))


def test_every_address_has_a_row():
    assert all_addresses() == {row.name for row in TABLE}


def test_what_each_may_open(stage: Stage, meant: dict[str, Any]):
    wrong = []
    for who in CAST:
        with played(stage):
            wrong += [f"{who}: {found}" for found in surprises(stage, who, TABLE, meant)]
    assert not wrong, "\n".join(wrong)


def surprises(stage: Stage, who: str, rows: list[Row], meant: dict[str, Any]) -> list[str]:
    client, wrong = stage.client(who), []
    for row in rows:
        if who in STAFF and who not in row.other and who not in some_of(STAFF, str(row)):
            continue
        url = row.path or reverse(row.name, args=[meant.get(word, word) for word in row.arguments])
        found = outcome(client.post(url) if row.post else client.get(url))
        if found != row.expected(who):
            wrong.append(f"{row}: {found}, not {row.expected(who)}")
    return wrong


def test_the_english_addresses_are_the_same_for_strangers(stage: Stage, meant: dict[str, Any]):
    rows = [row for row in TABLE if row.name.startswith(("portal:", "complaints:", "open-data:"))]
    with override("en"):
        assert reverse("portal:home") == "/en/"
        wrong = surprises(stage, "anyone", rows, meant)
    assert not wrong, "\n".join(wrong)


def test_a_foreign_matter_cannot_be_told_from_none(stage: Stage, meant: dict[str, Any]):
    """Not only the status: the whole page is the same."""
    client = stage.client("head")

    def seen(pk: Any) -> str:
        page = client.get(reverse("office:record", args=["complaints", pk])).content.decode()
        return re.sub('name="csrfmiddlewaretoken" value="[^"]*"', "", page).replace(str(pk), "…")

    assert seen(meant["CASE"]) == seen(meant["NOTHING"])
