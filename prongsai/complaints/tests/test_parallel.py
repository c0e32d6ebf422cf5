"""Real parallel work: threads with connections and transactions of their own, in a copy of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from prongsai.complaints import acts
from prongsai.complaints.models import Case, Receipt
from prongsai.complaints.tests import steps, traces
from prongsai.complaints.tests.steps import REASON
from prongsai.organisation.models import User
from prongsai.organisation.sample import SAMPLE_DOMAIN

BACKEND = "prongsai.organisation.accounts.Backend"


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the test database in which work is committed; dropped afterwards."""
    with django_db_blocker.unblock():
        shared = connection.settings_dict["NAME"]
        copy = f"{shared}_copy"
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}"')
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{shared}"')
        connection.settings_dict["NAME"] = copy
        try:
            yield
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = shared
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')
            connections.close_all()


def signed_in(key: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=f"{key}@{SAMPLE_DOMAIN}"), backend=BACKEND)
    return client


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """The tasks in as many threads, let go together."""
    gate = Barrier(len(tasks))

    def run(task: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return task()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_confirming_and_returning_at_the_same_moment_gives_one_result(own_database: None) -> None:
    for _ in range(3):
        proposer, one, other = map(signed_in, ("center_officer", "center_officer_2", "center_officer_3"))
        case = steps.screen(proposer, steps.file_signed().case)
        case = steps.act(proposer, acts.ProposeAcceptance, case, reason=REASON)

        def decide(who: Client, what: type, case: Case = case) -> int:
            return steps.try_act(who, what, case, version=case.version, reason=REASON).status_code

        accepted, returned = at_once(
            lambda one=one, decide=decide: decide(one, acts.Accept),
            lambda other=other, decide=decide: decide(other, acts.ReturnProposal),
        )

        assert sorted((accepted, returned)) == [303, 409]
        case = steps.fresh(case)
        assert case.state == (Case.State.ACCEPTED if accepted == 303 else Case.State.SCREENING)
        assert (case.decided_by is not None) == (accepted == 303)
        done = traces.entries(case, "complaints.accept") + traces.entries(case, "complaints.return_proposal")
        assert len(done) == 1
        letters = case.receipts.get().messages.filter(title="แจ้งผลการพิจารณาเบื้องต้น").count()
        assert letters == (accepted == 303)


def test_G13_one_form_sent_at_the_same_moment_is_one_complaint(own_database: None) -> None:
    clients = [Client() for _ in range(4)]
    fields = steps.complaint(token=steps.blank_form(clients[0]))

    answers = at_once(*[lambda c=c: c.post(reverse("complaints:new"), fields).status_code for c in clients])

    assert answers == [303] * 4
    assert len({steps.receipt_of(client) for client in clients}) == 1
    assert Receipt.objects.count() == 1


def test_a_message_sent_twice_at_the_same_moment_is_one_while_an_officer_acts(own_database: None) -> None:
    filed = steps.file_complaint()
    sender, officer = steps.tracking(filed), signed_in("center_officer")
    fields = steps.more_fields(sender, "ข้อความเดียว")
    copies = [Client(), Client()]
    for copy in copies:
        copy.cookies = sender.cookies

    first, second, taken = at_once(
        *[lambda c=c: c.post(steps.MORE, fields).status_code for c in copies],
        lambda: steps.try_act(officer, acts.StartScreening, filed.case).status_code,
    )

    assert (first, second) == (303, 303)
    assert taken in (303, 409)
    assert steps.matter(filed).count("ข้อความเดียว") == 1


def test_C01_G14_numbers_of_complaints_filed_at_the_same_moment_have_no_gap(own_database: None) -> None:
    tokens = [steps.blank_form(Client()) for _ in range(8)]

    filed = at_once(*[lambda t=t: steps.file_complaint(token=t) for t in tokens])

    assert len({one.code for one in filed}) == 8
    assert sorted(one.number for one in filed) == sorted(Case.objects.values_list("number", flat=True))
    assert sorted(Case.objects.values_list("sequence", flat=True)) == list(range(1, 9))
