"""A one-time code to the sender's own mailbox or telephone stands for the signature (AT-M5-30); real SMTP, real HTTP."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client
from django.urls import reverse

from prongsai.acts import perform
from prongsai.complaints import acts
from prongsai.complaints.intake import FileComplaint, Message, tracking_code
from prongsai.complaints.models import Case, Channel, Identity, OneTimeCode
from prongsai.organisation.actors import Actor

TOKEN = b"signature-test-1"


class Mailbox:
    """What the mail server received: recipients and text."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], str]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        from email import message_from_bytes, policy

        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos, f"{letter['subject']}\n{letter.get_content()}"))
        return "250 OK"


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    box = Mailbox()
    with socket.socket() as probe:  # aiosmtpd wants to know its port beforehand
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.SMTP_URL = f"smtp://127.0.0.1:{settings.EMAIL_PORT}"
    yield box
    server.stop()


@pytest.fixture
def gateway(settings: Any) -> Iterator[list[dict[str, str]]]:
    received: list[dict[str, str]] = []

    class Gateway(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
    yield received
    server.shutdown()


@pytest.fixture
def case(province: Any) -> Case:
    message = Message(
        channel=Channel.WEB,
        token=TOKEN,
        grounds=["G3"],
        accused={"agency": "หน่วยงานสมมติ", "name": ""},
        story={"narrative": "ไม่รับคำขอโดยไม่แจ้งเหตุผล"},
        sender={
            "name": "นายลงนาม ชัดเจน",
            "address": "๑ หมู่ ๑",
            "phone": "0812345678",
            "email": "sender@example.com",
            "witnesses": "",
        },
        copy="สำเนา",
    )
    return perform(FileComplaint, None, actor=Actor.anonymous(province), data={"message": message}).record


@pytest.fixture
def tracker(case: Case) -> Client:
    client = Client()
    answer = client.post(reverse("complaints:track"), {"number": case.number, "code": tracking_code(TOKEN)})
    assert answer.status_code == 303
    return client


def six_digits(text: str) -> str:
    return re.search(r"\b\d{6}\b", text)[0]  # type: ignore[index]


@pytest.mark.at("AT-M5-30")
def test_a_code_by_telephone_counts_as_the_signature(
    case: Case, tracker: Client, gateway: list[dict[str, str]]
) -> None:
    assert "M5.2.2.5" in case.items_missing
    url = reverse("complaints:signature")
    page = tracker.get(url).content.decode()
    assert "08x-xxx-5678" in page and "0812345678" not in page
    assert tracker.post(url, {"way": "phone"}).status_code == 200
    (sent,) = gateway
    assert sent["to"] == "0812345678" and case.number not in sent["text"] and "ร้องเรียน" not in sent["text"]

    wrong = tracker.post(
        url, {"code": "000000" if six_digits(sent["text"]) != "000000" else "111111", "way": "phone"}
    )
    assert wrong.status_code == 422 and "รหัสไม่ถูกต้อง" in wrong.content.decode()
    assert tracker.post(url, {"code": six_digits(sent["text"]), "way": "phone"}).status_code == 303
    case.refresh_from_db()
    assert case.signed and "M5.2.2.5" not in case.items_missing
    assert case.receipts.get().identity.signature == Identity.Signature.ONLINE
    assert (
        tracker.post(url, {"code": six_digits(sent["text"])}).status_code == 303
    )  # used once; nothing more happens


def test_a_code_by_mail_arrives_and_says_nothing_of_the_matter(
    case: Case, tracker: Client, mailbox: Mailbox
) -> None:
    url = reverse("complaints:signature")
    tracker.post(url, {"way": "email"})
    ((recipients, text),) = mailbox.letters
    assert recipients == ["sender@example.com"]
    assert case.number not in text and "ร้องเรียน" not in text
    tracker.post(url, {"code": six_digits(text), "way": "email"})
    case.refresh_from_db()
    assert case.signed


@pytest.mark.at("AT-M5-30")
def test_without_confirmation_it_is_unsigned_and_takes_the_test_of_clause_2_3(
    case: Case, actor_of: Any
) -> None:
    officer = actor_of("center_officer")
    perform(acts.StartScreening, case, actor=officer)
    data = {
        "accused_staff_type": "civil_servant",
        "case_class": "misconduct",
        "main_ground": "G3",
        "foundation": "founded",
        "note": "ตรวจแล้วมีข้อเท็จจริงพอที่จะพิจารณาต่อไปได้",
    }
    perform(acts.Assess, case, actor=officer, data=data)
    for act in (acts.ProposeAcceptance, acts.ProposeRefusal):
        assert "ข้อ ๒.๓" in (act().ready(officer, case) or "")
    reason = "พิจารณาเอกสารที่แนบแล้วเห็นว่าระบุวันเวลาและสถานที่ชัดเจน"
    test = {"evidence_test": "yes", "evidence_text": reason, "witness_test": "yes", "witness_text": reason}
    perform(acts.TestUnsigned, case, actor=officer, data=test)
    perform(acts.SignTest, case, actor=actor_of("center_officer_2"), data={"agrees": "yes", "reason": ""})
    assert acts.ProposeAcceptance().ready(officer, case) is None
    assert "ต้องรับไว้พิจารณา" in (acts.ProposeRefusal().ready(officer, case) or "")


def test_five_wrong_codes_end_the_code(case: Case, tracker: Client, gateway: list[dict[str, str]]) -> None:
    url = reverse("complaints:signature")
    tracker.post(url, {"way": "phone"})
    right = six_digits(gateway[0]["text"])
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        tracker.post(url, {"code": wrong})
    assert tracker.post(url, {"code": right}).status_code == 422
    case.refresh_from_db()
    assert not case.signed
    assert bytes(OneTimeCode.objects.get().code_hash) != right.encode()
