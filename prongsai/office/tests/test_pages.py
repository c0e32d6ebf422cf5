"""A list page by page: every row once, in one order, from whichever end a page is read; no row is read to find a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from prongsai.compliance.office_registers import People
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.registers.listing import Listing

pytestmark = pytest.mark.django_db

SORTS = [column.key for column in People.columns if column.sort]


class FewAPage(People):
    page_size = 7


@pytest.fixture
def head(actor_of: Callable[[str], Actor]) -> Actor:
    """The head of an agency with several people of one name, of whom some have left."""
    actor = actor_of("head_agency")
    agency = actor.agency
    assert agency is not None
    for number in range(30):
        Person.objects.create(
            province=agency.province,
            agency=agency,
            first_name="สมชาย" if number % 3 else "สมหญิง",
            last_name="ซ้ำกัน",
            position="นิติกร" if number % 2 else "นักวิชาการ",
            start=date(2024, 1, 1 + number % 2),
            end=date(2024, 6, 1 + number % 2) if number % 4 == 0 else None,
        )
    return actor


def shown(actor: Actor, **params: str) -> Listing:
    query = QueryDict(mutable=True)
    query.update(params)
    return Listing(FewAPage(), actor, query)


@pytest.mark.parametrize("sort", ["", *SORTS, *(f"-{key}" for key in SORTS)])
def test_the_pages_together_are_the_list(head: Actor, sort: str) -> None:
    whole = [row.pk for row in shown(head, sort=sort).rows]
    pages = shown(head, sort=sort).page.paginator.num_pages
    walked = [row.pk for page in range(pages) for row in shown(head, sort=sort, page=str(page + 1)).page]
    assert pages > 4 and len(set(whole)) == len(whole) > 30
    assert walked == whole


@pytest.mark.parametrize("key", SORTS)
def test_descending_is_ascending_from_its_end(head: Actor, key: str) -> None:
    up, down = (list(shown(head, sort=sort).rows) for sort in (key, f"-{key}"))
    assert up[::-1] == down


def test_an_empty_list_has_one_empty_page(head: Actor) -> None:
    page = shown(head, q="ไม่มีชื่อนี้แน่นอน", page="3").page
    assert (page.number, list(page), page.paginator.num_pages) == (1, [], 1)


@pytest.mark.parametrize("sort", ["", *SORTS, *(f"-{key}" for key in SORTS)])
def test_an_index_alone_knows_the_order_of_the_people(head: Actor, sort: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")  # too few rows here for the planner to prefer the index
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    plan = shown(head, sort=sort).rows.values_list("pk").explain()
    assert "Index Only Scan" in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("more", [0, 1])
def test_a_list_of_one_page_is_counted_by_reading_it(head: Actor, more: int) -> None:
    some = list(shown(head).rows.values_list("pk", flat=True)[: FewAPage.page_size + more])
    listing = shown(head)
    listing._rows = listing._rows.filter(pk__in=some)
    with CaptureQueriesContext(connection) as asked:
        page, count = listing.page, listing.count
    assert ([row.pk for row in page], count) == (some[: FewAPage.page_size], len(some))
    assert (page.has_next(), len(asked)) == (bool(more), 2 + more)


def test_a_late_page_is_read_from_the_end(head: Actor) -> None:
    listing = shown(head, page="1000")
    with CaptureQueriesContext(connection) as asked:
        assert list(listing.page)
    found: list[Any] = [query["sql"] for query in asked if "DESC" in query["sql"]]
    assert len(found) == 1 and "OFFSET" not in found[0]
