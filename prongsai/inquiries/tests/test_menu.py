"""The registers of fact-finding in the menu, which is on every page: there at once, and not asked for on each of them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prongsai.inquiries import acts
from prongsai.inquiries.registers.parts import Summonses
from prongsai.inquiries.registers.seats import Seats
from prongsai.inquiries.tests import steps
from prongsai.inquiries.tests.steps import MEMBER

pytestmark = pytest.mark.django_db


def menu_of(client) -> tuple[set[str], str]:
    """Labels of the menu of a page, and the statements that the page took."""
    with CaptureQueriesContext(connection) as made:
        page = client.get(reverse("office:search"))
    return {link.label for link in page.context["nav_items"]}, "\n".join(
        q["sql"] for q in made.captured_queries
    )


def test_a_summons_is_in_the_menu_of_who_is_asked_with_the_next_page(matter):
    inquiry = matter.working(agency="HEALTH")
    asked, other = matter.plain("officer"), matter.plain("officer_2")
    for client in (asked, other):
        assert Summonses.title not in menu_of(client)[0]
    asks = {
        "kind": "officer", "name": steps.name_of(matter.world["officer"]), "letter_no": "ลับ ๑",
        "letter_date": steps.today(), "asked": "โปรดชี้แจง",
    }  # fmt: skip
    steps.act(matter.desk(MEMBER), acts.SendSummons, inquiry, **asks)
    assert Summonses.title in menu_of(asked)[0]
    assert Seats.title not in menu_of(asked)[0], "a summons shows nothing else of the matter"
    assert Summonses.title not in menu_of(other)[0]


def test_the_next_page_does_not_ask_the_registers_again(matter):
    matter.working()
    governor = matter.plain("governor")
    labels, first = menu_of(governor)
    assert Seats.title in labels
    assert "inquiries_inquiry" in first
    again, second = menu_of(governor)
    assert again == labels
    assert "inquiries_" not in second
