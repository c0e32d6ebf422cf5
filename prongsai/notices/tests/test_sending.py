"""What the mail server may answer, and that nothing is lost or silent whatever it does."""

from __future__ import annotations

import datetime as dt
import io
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from prongsai import notices
from prongsai.notices.models import Notice, Outgoing
from prongsai.notices.returned import main as pipe
from prongsai.notices.tests.test_recipients import at, tell
from prongsai.notices.undelivered import returned

State = Outgoing.State
NUMBER = "ก 1/รร/0012/2570"
REPORT = """From: MAILER-DAEMON@relay.example
To: prongsai@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not arrive.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; gone@agency.example
Action: {action}
Status: {status}
--b
Content-Type: text/rfc822-headers

From: prongsai@localhost
Message-ID: {message_id}
--b--
"""


def test_a_mail_says_that_there_is_something_its_number_and_where(somebody: Any, mail_server: Any) -> None:
    person = somebody("somchai")
    tell(person, number=NUMBER, is_duty=True)
    assert notices.deliver(at(10)) == 1
    (letter,), (body,), notice = mail_server.letters, mail_server.bodies, Notice.objects.get()
    assert letter["To"] == "somchai@agency.example"
    assert letter["Subject"].strip() == "[โปร่งใส] มีเรื่องที่ท่านมีหน้าที่ดำเนินการ"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert body.startswith(f"มีเรื่องที่ท่านมีหน้าที่ดำเนินการหรือมีกำหนดเวลาในระบบโปร่งใส เลขที่ {NUMBER}\n")
    assert f"https://prongsai.example/office/notices/{notice.pk}/" in body
    mail = Outgoing.objects.get()
    assert (mail.state, mail.address, mail.attempts) == (State.SENT, "somchai@agency.example", 1)
    assert notices.deliver(at(11)) == 0


def test_a_temporary_refusal_is_tried_again_later_and_later(somebody: Any, mail_server: Any) -> None:
    mail_server.answers["full@agency.example"] = "452 4.2.2 mailbox full, said สมชาย"
    tell(somebody("full"), somebody("free"))
    now, pauses = at(8), []
    for _ in range(8):
        notices.deliver(now)
        mail = Outgoing.objects.get(recipient__user__email="full@agency.example")
        assert (mail.state, mail.last_error) == (State.QUEUED, "RCPT 452 4.2.2")
        pauses.append((mail.next_attempt_at - now) / dt.timedelta(minutes=1))
        assert notices.deliver(mail.next_attempt_at - dt.timedelta(seconds=1)) == 0
        now = mail.next_attempt_at
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert mail_server.recipients == ["free@agency.example"]
    mail_server.answers.clear()
    notices.deliver(now)
    assert mail_server.recipients == ["free@agency.example", "full@agency.example"]
    assert mail_server.letters[1]["Message-ID"].startswith(f"<{mail.message_id}@")


def test_C25_a_permanent_refusal_is_seen_by_who_caused_it_and_by_administrators(
    somebody: Any, mail_server: Any, world: Any, client_of: Any
) -> None:
    mail_server.answers["gone@agency.example"] = "550 5.1.1 no such user นายลับ"
    sender, admin = somebody("sender"), world["system_admin"].person
    gone = somebody("gone")
    for _ in range(2):
        tell(gone, number=NUMBER, told_by=sender.pk)
        notices.deliver(at(10))
    assert {(m.state, m.last_error) for m in Outgoing.objects.all()} == {
        (State.UNDELIVERED, "RCPT 550 5.1.1")
    }
    assert notices.deliver(at(12)) == 0 and mail_server.letters == []

    said = Notice.objects.of(sender.pk).first()
    assert gone.full_name in said.text and NUMBER in said.text
    assert Notice.objects.of(admin.pk).unread().count() == 1  # one word, however many mails
    assert not Notice.objects.waiting().exists()  # never by mail

    listed = client_of("system_admin").get(reverse("office:register", args=["outbox"])).content.decode()
    assert "gone@agency.example" in listed and "RCPT 550 5.1.1" in listed and "ส่งไม่ถึง" in listed
    assert "0012" not in listed
    assert client_of("center_officer").get(reverse("office:register", args=["outbox"])).status_code == 404
    assert notices.mail_health(at(12)).undelivered == 2


def test_while_the_server_is_down_nothing_is_lost(somebody: Any, mail_server: Any) -> None:
    mail_server.stop()
    tell(*(somebody(f"p{i}") for i in range(3)))
    for minute in range(6):
        notices.deliver(at(10, minute))
    assert {m.state for m in Outgoing.objects.all()} == {State.QUEUED}
    assert Outgoing.objects.filter(attempts__gte=1).count() == 3
    mail_server.start()
    notices.deliver(at(12))
    assert sorted(mail_server.recipients) == [f"p{i}@agency.example" for i in range(3)]
    assert set(Outgoing.objects.values_list("state", flat=True)) == {State.SENT}


def test_after_five_days_a_mail_counts_as_undelivered(somebody: Any, mail_server: Any) -> None:
    mail_server.answers["full@agency.example"] = "452 4.2.2 full"
    tell(somebody("full"))
    notices.deliver(at(10))
    notices.deliver(at(10, day=5))
    assert Outgoing.objects.get().state == State.QUEUED
    notices.deliver(at(12, day=5))
    assert Outgoing.objects.get().state == State.UNDELIVERED


def test_what_a_killed_worker_had_in_hand_is_sent_when_its_claim_has_run_out(
    somebody: Any, mail_server: Any
) -> None:
    tell(somebody("person"))
    mail_server.stop()
    notices.deliver(at(10))
    mail_server.start()
    Outgoing.objects.update(state=State.SENDING, next_attempt_at=at(10, 5))  # as a claim leaves it
    assert notices.deliver(at(10, 4)) == 0
    assert notices.deliver(at(10, 5)) == 1
    assert len(mail_server.letters) == 1


@pytest.mark.parametrize(
    ("action", "status", "counts"),
    [("failed", "5.1.1", True), ("delayed", "4.4.1", False), ("delivered", "2.0.0", False)],
)
def test_a_mail_that_comes_back_is_undelivered(
    action: str, status: str, counts: bool, somebody: Any, mail_server: Any
) -> None:
    sender = somebody("sender")
    tell(somebody("gone"), number=NUMBER, told_by=sender.pk)
    notices.deliver(at(10))
    report = REPORT.format(action=action, status=status, message_id=mail_server.letters[0]["Message-ID"])
    assert returned(report.encode()) is counts
    assert Outgoing.objects.get().state == (State.UNDELIVERED if counts else State.SENT)
    assert Notice.objects.of(sender.pk).count() == counts
    assert returned(report.encode()) is False  # once


def test_a_report_with_another_message_id_changes_nothing(somebody: Any, mail_server: Any) -> None:
    tell(somebody("person"))
    notices.deliver(at(10))
    forged = "<00000000-0000-4000-8000-000000000000@localhost>"
    assert returned(REPORT.format(action="failed", status="5.1.1", message_id=forged).encode()) is False
    assert returned(b"\xff\x00 no mail at all") is False
    assert Outgoing.objects.get().state == State.SENT


def test_the_mail_system_s_pipe_ends_well(somebody: Any, mail_server: Any, monkeypatch: Any) -> None:
    tell(somebody("gone"))
    notices.deliver(at(10))
    report = REPORT.format(action="failed", status="5.2.1", message_id=mail_server.letters[0]["Message-ID"])
    for piped in (report.encode(), b"", b"\xff\x00"):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(piped)))
        assert pipe() == 0
    assert Outgoing.objects.get().last_error == "RETURNED 5.2.1"
