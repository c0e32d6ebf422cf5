"""No mail carries S2–S4 content (C26, C27): whatever an act says, whatever a matter holds, the mail is one fixed sentence."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from email import message_from_bytes, policy
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from prongsai import notices
from prongsai.acts import all_acts, perform
from prongsai.acts.alarms import raise_alarms
from prongsai.complaints import acts
from prongsai.complaints.intake import FileComplaint, Message
from prongsai.complaints.models import Case, Channel, Exclusion
from prongsai.complaints.tests import steps
from prongsai.notices.letters import letter
from prongsai.notices.models import Notice, Outgoing
from prongsai.notices.tests.mail_server import mail_server
from prongsai.organisation.actors import Actor

__all__ = ["mail_server"]

pytestmark = pytest.mark.django_db

MARKER = "นายผู้ร้อง ต้องปกปิด"
NUMBER = "ชม 0017/รร/0012/2570"
MORNING = dt.datetime(2026, 11, 16, 10, tzinfo=ZoneInfo("Asia/Bangkok"))
FOOT = (
    "อีเมลฉบับนี้ส่งโดยอัตโนมัติ และไม่แสดงเนื้อหาของเรื่อง โปรดเข้าสู่ระบบเพื่ออ่านรายละเอียด\n"
    "ตั้งเวลาและวิธีรับอีเมลแจ้งเตือนได้ที่หน้า “การแจ้งเตือน” ในระบบ\n"
)
SENTENCE = "(มีเรื่องใหม่ในระบบโปร่งใส|มีเรื่องที่ท่านมีหน้าที่ดำเนินการหรือมีกำหนดเวลาในระบบโปร่งใส)"
ITEM = r"- (เรื่องใหม่|มีหน้าที่ดำเนินการ)( เลขที่ [^/\n]+/รร/\d{4}/\d{4})?\n"
ONE = rf"{SENTENCE}( เลขที่ [^/\n]+/รร/\d{{4}}/\d{{4}})?\n\nhttps://prongsai\.example/office/notices/\d+/\n\n"
MANY = rf"{SENTENCE} \d+ รายการ\n\n({ITEM})+\nhttps://prongsai\.example/office/notices/\n\n"
SUBJECT = r"\s?\[โปร่งใส\] (มีเรื่องใหม่ในระบบ|มีเรื่องที่ท่านมีหน้าที่ดำเนินการ|มีเรื่องใหม่ในระบบ \d+ รายการ)"


def assert_neutral(raw: bytes) -> None:
    """The whole of the text is what a mail may say, and nothing else stands in it."""
    message = message_from_bytes(raw, policy=policy.default)
    assert not message.is_multipart()
    text = message.get_content().replace("\r\n", "\n")  # type: ignore[attr-defined]
    assert re.fullmatch(f"({ONE}|{MANY}){re.escape(FOOT)}", text), text
    assert re.fullmatch(SUBJECT, message["Subject"]), message["Subject"]
    assert {name.lower() for name in message} <= {
        "content-type", "mime-version", "content-transfer-encoding", "subject", "from", "to", "date", "message-id",
        "auto-submitted", "x-peer", "x-mailfrom", "x-rcptto",
    }  # fmt: skip


@pytest.mark.parametrize("act", all_acts(), ids=lambda act: act.key())
def test_C26_whatever_an_act_tells_its_mail_is_the_fixed_sentence(
    act: Any, world: Any, settings: Any
) -> None:
    settings.SITE_URL = "https://prongsai.example"
    person = world["center_officer"].person
    for number in (NUMBER, MARKER, f"{NUMBER} {MARKER}", f"{MARKER}\n/รร/0012/2570", ""):
        notices.tell(
            person_ids=[person.pk],
            text=f"{act.tells_text or act.title} {MARKER}",
            number=number,
            url=f"/{MARKER}",
            record=("tests.matter", MARKER),
            clause=MARKER,
            kind=act.key(),
            is_duty=act.tells_of_duty,
        )
    told = list(Notice.objects.of(person.pk).select_related("recipient"))
    assert all(MARKER in notice.text for notice in told)
    outgoing = Outgoing(recipient=person)
    for together in ([told[0]], [told[-1]], told):
        raw = letter(outgoing, together, "officer@agency.example").message().as_bytes()
        assert_neutral(raw)
        text = message_from_bytes(raw, policy=policy.default).get_content()  # type: ignore[attr-defined]
        assert MARKER not in text and (act.tells_text or act.title) not in text and act.key() not in text


def test_C27_no_mail_of_a_whole_matter_says_who_or_what(
    client_of: Any, unlocked_client_of: Any, mail_server: Any, settings: Any, world: Any
) -> None:
    by_smtp, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.locmem.EmailBackend"
    first, second = unlocked_client_of("center_officer"), unlocked_client_of("center_officer_2")
    filed = steps.file_complaint()
    Exclusion.objects.create(case=filed.case, person=world["center_officer_3"].person)
    case = steps.propose_refusal(first, steps.ready_to_refuse(first, filed))
    steps.act(second, acts.Refuse, case, reason=steps.REASON)
    other = steps.file_complaint().case
    late = timezone.localdate() + dt.timedelta(days=60)
    assert raise_alarms(late) >= 2
    mail.outbox.clear()

    settings.EMAIL_BACKEND = by_smtp
    notices.deliver(MORNING)

    assert len(mail_server.letters) >= 5
    staff = {user.email for user in world.values()}
    assert set(mail_server.recipients) <= staff
    for raw, text in zip(mail_server.raw, mail_server.bodies, strict=True):
        assert_neutral(raw)
        for secret in (
            steps.NARRATIVE,
            steps.NAME,
            steps.ADDRESS,
            steps.EMAIL,
            steps.REASON,
            filed.code,
            "ร้องเรียน",
        ):
            assert secret not in text
    told = dict(zip(mail_server.recipients, mail_server.bodies, strict=True))
    assert case.number not in told.get(world["center_officer_3"].email, "")
    above = told[world["vice_governor"].email]
    assert case.number not in above and other.number not in above


def test_C45_three_hundred_complaints_at_once_are_all_kept_and_make_few_mails(
    province: Any, world: Any, mail_server: Any, settings: Any
) -> None:
    settings.MAIL_HOURLY = 10
    for number in range(300):
        message = Message(
            channel=Channel.WEB,
            token=number.to_bytes(16, "big"),
            accused={"agency": "หน่วยงานสมมติ", "name": ""},
            story={"narrative": steps.NARRATIVE},
            sender={"name": steps.NAME, "address": steps.ADDRESS, "phone": "", "email": "", "witnesses": ""},
            copy="สำเนา",
        )
        perform(FileComplaint, None, actor=Actor.anonymous(province), data={"message": message})
        if number % 25 == 0:  # the worker is woken again and again meanwhile
            notices.deliver(MORNING + dt.timedelta(seconds=number))

    first = Counter(mail_server.recipients)
    assert first and max(first.values()) <= settings.MAIL_HOURLY
    notices.deliver(MORNING + dt.timedelta(minutes=61))
    assert max((Counter(mail_server.recipients) - first).values()) == 1, "the rest comes in one"
    assert not Notice.objects.waiting().exists()
    assert sorted(Case.objects.values_list("sequence", flat=True)) == list(range(1, 301))
    told = Notice.objects.of(world["center_officer"].person_id).filter(record_type="complaints.case")
    assert told.values("record_id").distinct().count() == 300, "the inbox names each of them"
