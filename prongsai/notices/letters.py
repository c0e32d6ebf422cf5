"""What a mail says: a fixed sentence, the record's number, and where to read more. Nothing else, ever (C26, C27).

A letter is written from notice rows alone, and of these from three columns: whether something is owed, the number, and
the row's own id. What the notice says in the inbox does not reach it. Mail passes through other people's servers and
lies in other people's mailboxes, so that it holds nothing of S2–S4.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from prongsai.notices.models import Notice, Outgoing

NEWS = "มีเรื่องใหม่ในระบบโปร่งใส"
OWED = "มีเรื่องที่ท่านมีหน้าที่ดำเนินการหรือมีกำหนดเวลาในระบบโปร่งใส"
FOOT = (
    "อีเมลฉบับนี้ส่งโดยอัตโนมัติ และไม่แสดงเนื้อหาของเรื่อง โปรดเข้าสู่ระบบเพื่ออ่านรายละเอียด\n"
    "ตั้งเวลาและวิธีรับอีเมลแจ้งเตือนได้ที่หน้า “การแจ้งเตือน” ในระบบ"
)
LONGEST = 50  # numbers in one digest
# agency/register/sequence/fiscal year (acts.numbers). Anything else is no running number and stays out.
NUMBER = re.compile(r"[^/\n]{1,40}/[^/\s]{1,20}/\d{4,9}/\d{4}")


def letter(mail: Outgoing, notices: Sequence[Notice], address: str) -> EmailMessage:
    """The mail, ready to send. ``notices`` are those of ``mail`` that still may go out; at least one."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    return EmailMessage(
        subject(notices),
        body(notices),
        to=[address],
        headers={
            "Message-ID": f"<{mail.message_id}@{domain}>",
            "Auto-Submitted": "auto-generated",  # RFC 3834: no automatic answers
        },
    )


def subject(notices: Sequence[Notice]) -> str:
    if len(notices) > 1:
        return f"[โปร่งใส] มีเรื่องใหม่ในระบบ {len(notices)} รายการ"
    return "[โปร่งใส] มีเรื่องที่ท่านมีหน้าที่ดำเนินการ" if notices[0].is_duty else "[โปร่งใส] มีเรื่องใหม่ในระบบ"


def body(notices: Sequence[Notice]) -> str:
    sentence = OWED if any(notice.is_duty for notice in notices) else NEWS
    if len(notices) == 1:
        return f"{_line(sentence, notices[0])}\n\n{_address(notices[0])}\n\n{FOOT}\n"
    owed = [n for n in notices if n.is_duty]
    shown = [*owed, *(n for n in notices if not n.is_duty)][:LONGEST]
    lines = [_line("- มีหน้าที่ดำเนินการ" if n.is_duty else "- เรื่องใหม่", n) for n in shown]
    if more := len(notices) - len(shown):
        lines.append(f"- และอีก {more} รายการ")
    listed = "\n".join(lines)
    return f"{sentence} {len(notices)} รายการ\n\n{listed}\n\n{_inbox()}\n\n{FOOT}\n"


def _line(sentence: str, notice: Notice) -> str:
    return f"{sentence} เลขที่ {notice.number}" if NUMBER.fullmatch(notice.number) else sentence


def _address(notice: Notice) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{reverse(settings.NOTICE_PAGE, args=[notice.pk])}"


def _inbox() -> str:
    return f"{settings.SITE_URL.rstrip('/')}{reverse(settings.NOTICES_PAGE)}"
