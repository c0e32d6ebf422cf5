"""What a complaint costs the database: bounds on statements, so that the path does not grow longer unseen."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prongsai.complaints.models import Case
from prongsai.complaints.tests import steps

pytestmark = pytest.mark.django_db

FORM = 3  # province, agencies (kept)
FILING = 15
UNDER_LOCK = 5  # from the running number to the commit: meanwhile every other complaint waits


def statements(work) -> list[str]:
    with CaptureQueriesContext(connection) as context:
        work()
    return [query["sql"] for query in context.captured_queries]


def filing() -> list[str]:
    """The statements of a second complaint: the first has warmed what is kept."""
    steps.file_complaint()
    client = Client()
    fields = steps.complaint(token=steps.blank_form(client))
    made = statements(lambda: client.post(reverse("complaints:new"), fields))
    assert Case.objects.count() == 2
    return made


def test_the_form_is_shown_with_few_statements(world):
    steps.blank_form(Client())
    made = statements(lambda: steps.blank_form(Client()))
    assert len(made) <= FORM, "\n".join(made)


def test_a_complaint_is_filed_with_few_statements(world):
    made = filing()
    assert len(made) <= FILING, "\n".join(made)


def test_little_is_left_to_do_once_the_running_number_is_taken(world):
    made = filing()
    [taken] = [index for index, sql in enumerate(made) if "acts_counter" in sql]
    assert len(made) - taken - 1 <= UNDER_LOCK, "\n".join(made[taken:])
