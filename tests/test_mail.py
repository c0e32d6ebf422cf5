"""Notices go out by mail from the running house, over real SMTP; a worker killed in the middle of a mail loses none."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.complaints import complain
from tests.house import House, free_port, furnished, wait_until
from tests.visitor import Visitor

pytestmark = pytest.mark.xdist_group("mail_house")


class Mailbox:
    """A mail server. The first mail is taken and then not confirmed until ``go_on``: so a worker can be killed between
    the server's having the mail and knowing that it has."""

    def __init__(self, port: int) -> None:
        self.letters: list[tuple[str, str]] = []  # recipient, Message-ID
        self.has_one, self.go_on = threading.Event(), threading.Event()
        self._server = Controller(self, hostname="127.0.0.1", port=port)
        self._server.start()

    def stop(self) -> None:
        self.go_on.set()
        self._server.stop()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        import asyncio

        letter = message_from_bytes(envelope.content)
        self.letters.append((envelope.rcpt_tos[0], letter["Message-ID"]))
        self.has_one.set()
        while not self.go_on.is_set():
            await asyncio.sleep(0.05)
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox(free_port())
    yield box
    box.stop()


@pytest.fixture
def mail_house(mailbox: Mailbox) -> Iterator[House]:
    port = mailbox._server.port
    environment = {"PRONGSAI_SMTP_URL": f"smtp://127.0.0.1:{port}", "PRONGSAI_MAIL_HOURLY": "1000"}
    installation = House(furnished("prongsai-mail-"), environment=environment)
    try:
        yield installation.start()
    finally:
        mailbox.go_on.set()
        installation.remove()


def test_a_worker_killed_in_the_middle_of_a_mail_loses_none_and_doubles_only_what_was_in_hand(
    mail_house: House, mailbox: Mailbox
) -> None:
    house = mail_house
    house.query(  # at every hour, whenever this test runs
        "INSERT INTO notices_mailsettings (person_id, delivery, quiet_from, quiet_to)"
        " SELECT person_id, 'at_once', 0, 0 FROM organisation_user WHERE person_id IS NOT NULL RETURNING 1"
    )
    complain(Visitor(house.url))
    wait_until(mailbox.has_one.is_set, "the first mail")
    (worker,) = house.find("procrastinate", "worker")
    os.kill(worker, signal.SIGKILL)
    mailbox.go_on.set()
    ((in_hand,),) = house.query("SELECT count(*) FROM notices_outgoing WHERE state = 'sending'")
    assert in_hand in (1, 2), "the worker does two jobs at a time"
    # The claim runs out.
    house.query("UPDATE notices_outgoing SET next_attempt_at = now() WHERE state = 'sending' RETURNING 1")
    unsent = "SELECT count(*) FROM notices_outgoing WHERE state <> 'sent'"
    waiting = "SELECT count(*) FROM notices_notice WHERE mailing = 'waiting'"
    wait_until(
        lambda: house.query(unsent) == [(0,)] and house.query(waiting) == [(0,)], "every mail to go out"
    )

    told = {row[0] for row in house.query(
        "SELECT u.email FROM notices_notice n JOIN organisation_user u ON u.person_id = n.recipient_id"
        " WHERE n.mailing = 'taken'"
    )}  # fmt: skip
    times = Counter(mailbox.letters)
    assert {recipient for recipient, _id in times} == told and len(told) >= 3
    # What was in hand may come twice, with one Message-ID; nothing else does.
    assert max(times.values()) == 2 and sum(n - 1 for n in times.values()) <= in_hand
