"""Who the sender is: shut away from the handler, opened by two persons, told to the sender (AT-M5-11)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from prongsai import sealed
from prongsai.acts import perform
from prongsai.complaints import acts
from prongsai.complaints.intake import FileComplaint, Message, tracking_code
from prongsai.complaints.models import Case, Channel, Reveal
from prongsai.complaints.reveal import close_looks
from prongsai.complaints.tests import traces
from prongsai.organisation.actors import Actor
from prongsai.sealed.models import Grant

TOKEN = b"reveal-test-0001"
NAME, ADDRESS = "นางสาวรักษา ความลับยิ่ง", "๙๙ หมู่ ๙ ตำบลสมมติ"
REASON = "ต้องสอบปากคำผู้ร้องเพิ่มเติมเรื่องวันเวลาที่เกิดเหตุ"


@pytest.fixture
def case(province: Any, actor_of: Any) -> Case:
    message = Message(
        channel=Channel.WEB,
        token=TOKEN,
        grounds=["G1"],
        accused={"agency": "หน่วยงานสมมติ", "name": ""},
        story={"narrative": "เรียกรับเงิน"},
        sender={"name": NAME, "address": ADDRESS, "phone": "", "email": "", "witnesses": ""},
        signed=True,
        copy="สำเนา",
    )
    filed = perform(FileComplaint, None, actor=Actor.anonymous(province), data={"message": message}).record
    perform(acts.StartScreening, filed, actor=actor_of("center_officer"))
    return filed


def page(client: Any, register: str, record: Any) -> str:
    answer = client.get(reverse("office:record", args=[register, record.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def do(client: Any, act: type, record: Any, **data: Any) -> Any:
    record.refresh_from_db()
    url = reverse("office:act", args=[act.key(), record.pk])
    return client.post(url, {"version": record.version, **data})


@pytest.mark.at("AT-M5-11")
def test_an_identity_is_opened_by_two_and_the_sender_is_told(
    case: Case, unlocked_client_of: Any, client_of: Any, client: Any
) -> None:
    from prongsai.complaints import reveal as looking

    handler, custodian = unlocked_client_of("center_officer"), unlocked_client_of("identity_custodian")
    seen = page(handler, "complaints", case)
    assert case.number in seen and "เรียกรับเงิน" in seen and "ปกปิดข้อมูลเพื่อคุ้มครองผู้ร้องเรียน" in seen
    assert NAME not in seen

    short = do(handler, looking.RequestReveal, case, purpose="contact", document_no="", reason="อยากทราบ")
    assert short.status_code >= 400 and not Reveal.objects.exists()
    assert (
        do(handler, looking.RequestReveal, case, purpose="contact", document_no="", reason=REASON).status_code
        == 303
    )
    reveal = Reveal.objects.get(case=case)
    assert NAME not in page(handler, "reveals", reveal)

    # Neither the handler nor an administrator can allow it; a custodian can, and sees the reason but not the name.
    assert do(handler, looking.AllowReveal, reveal).status_code in (403, 404)
    assert do(client_of("system_admin"), looking.AllowReveal, reveal).status_code == 404
    asked = page(custodian, "reveals", reveal)
    assert REASON in asked and NAME not in asked
    assert do(custodian, looking.AllowReveal, reveal).status_code == 303
    assert NAME not in page(custodian, "reveals", reveal)

    assert do(handler, looking.OpenIdentity, reveal).status_code == 303
    opened = page(handler, "reveals", reveal)
    assert NAME in opened and ADDRESS in opened
    assert NAME not in page(custodian, "reveals", reveal)

    code = tracking_code(TOKEN)
    client.post(reverse("complaints:track"), {"number": case.number, "code": code})
    told = client.get(reverse("complaints:matter")).content.decode()
    assert "มีการเปิดดูข้อมูลผู้ร้องเรียน 1 ครั้ง" in told and "ติดต่อขอข้อมูลหรือสอบปากคำ" in told

    timeline = page(custodian, "reveals", reveal)
    reveal.refresh_from_db()
    assert reveal.requested_label in timeline and reveal.decided_label in timeline

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16), tick=True):
        reveal.refresh_from_db()
        assert not reveal.is_open(timezone.now())
        close_looks()
    lent = Grant.objects.filter(envelope=reveal.receipt.identity.envelope, expires_at__isnull=False)
    assert not lent.exists(), "what was lent is taken back"


def test_nobody_allows_his_own_request_and_the_database_agrees(case: Case, actor_of: Any) -> None:
    from django.db import IntegrityError, transaction

    from prongsai.complaints import reveal as looking

    data = {"purpose": "contact", "document_no": "", "reason": REASON}
    perform(looking.RequestReveal, case, actor=actor_of("center_officer"), data=data)
    reveal = Reveal.objects.get(case=case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reveal.objects.filter(pk=reveal.pk).update(decided_by=reveal.requested_by, state="approved")


def test_a_request_nobody_answers_lapses(case: Case, actor_of: Any) -> None:
    from prongsai.complaints import reveal as looking

    data = {"purpose": "contact", "document_no": "", "reason": REASON}
    perform(looking.RequestReveal, case, actor=actor_of("center_officer"), data=data)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25), tick=True):
        close_looks()
    assert Reveal.objects.get(case=case).state == Reveal.State.LAPSED


def test_C37_a_second_request_leaves_the_first_as_it_was(
    case: Case, unlocked_client_of: Any, client_of: Any
) -> None:
    from prongsai.complaints import reveal as looking

    handler, custodian = unlocked_client_of("center_officer"), unlocked_client_of("identity_custodian")
    asked = {"purpose": "contact", "document_no": "", "reason": REASON}
    assert do(handler, looking.RequestReveal, case, **asked).status_code == 303
    first = Reveal.objects.get(case=case)
    assert do(custodian, looking.DeclineReveal, first).status_code == 303
    kept = Reveal.objects.filter(pk=first.pk).values().get()
    entries = list(traces.entries(case, "complaints.request_reveal"))

    second = {"purpose": "court", "document_no": "คำสั่งศาลที่ ๑/๒๕๗๐", "reason": f"{REASON} (ครั้งที่สอง)"}
    assert do(handler, looking.RequestReveal, case, **second).status_code == 303

    assert Reveal.objects.filter(case=case).count() == 2
    assert Reveal.objects.filter(pk=first.pk).values().get() == kept
    assert [*traces.entries(case, "complaints.request_reveal")][: len(entries)] == entries
    history = page(custodian, "reveals", first)
    assert REASON in history and kept["decided_label"] in history and "ครั้งที่สอง" not in history


def test_the_handler_alone_cannot_open_the_identity(case: Case, world: dict[str, Any]) -> None:
    from prongsai.complaints.sample import SAMPLE_PASSPHRASE
    from prongsai.sealed import keys
    from prongsai.sealed.envelopes import Unlocked

    identity = case.receipts.get().identity
    for key in ("center_officer", "identity_custodian"):
        holder, private = keys.unwrap(world[key].person, SAMPLE_PASSPHRASE)
        with pytest.raises(sealed.SealError):
            Unlocked(holder, private).open(identity.envelope)
