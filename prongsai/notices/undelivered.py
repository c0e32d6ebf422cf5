"""A mail that did not arrive is an event: whoever caused it and the administrators see it (C25). Never by mail.

Also a mail that the server took and that came back later: the mail system pipes the report (RFC 3464) into
``python -m prongsai.notices.returned`` (see ``docs/operate.md``).
"""

from __future__ import annotations

import re
import uuid
from email import message_from_bytes, policy
from email.message import Message

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from prongsai.notices.inbox import tell
from prongsai.notices.models import Notice, Outgoing
from prongsai.organisation.holders import holders

KIND = "notices.undelivered"
MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([0-9a-f-]{36})@", re.IGNORECASE | re.MULTILINE)


def report(mail: Outgoing) -> None:
    """Tell the sender's side by the record's number, and the administrators that something waits in the outbox."""
    who = mail.recipient.full_name
    for notice in (
        mail.notices.exclude(told_by=None).order_by("told_by_id", "batch").distinct("told_by_id", "batch")
    ):
        tell(
            person_ids=[notice.told_by_id],  # type: ignore[list-item]
            text=f"อีเมลแจ้งเตือนถึง {who} ส่งไม่ถึง ผู้รับยังอ่านได้ในระบบ โปรดแจ้งด้วยทางอื่นหากเร่งด่วน {notice.number}".strip(),
            number=notice.number,
            record=(notice.record_type, notice.record_id),
            kind=KIND,
            mail=False,
        )
    admins = set(holders("system_admin", mail.recipient.province).values_list("pk", flat=True))
    # One unread word is enough, however many mails did not arrive.
    already = Notice.objects.unread().filter(kind=KIND, record_type="", recipient__in=admins)
    tell(
        person_ids=admins - set(already.values_list("recipient_id", flat=True)),
        text="มีอีเมลแจ้งเตือนที่ส่งไม่ถึงผู้รับ โปรดตรวจสอบทะเบียนอีเมลแจ้งเตือน",
        url=reverse(settings.OUTBOX_PAGE, args=["outbox"]),
        kind=KIND,
        mail=False,
    )


def returned(raw: bytes) -> bool:
    """Take a report of the mail system; True when it says that a mail of this house did not arrive.

    Only reports of failure count, and only with the Message-ID of a mail that was sent: it is random, so that nobody
    who has not seen the mail can pretend.
    """
    message = message_from_bytes(raw, policy=policy.default)
    status = _status(message)
    found = MESSAGE_ID.findall(raw.replace(b"\r\n", b"\n"))
    if not status.startswith("5") or not found:
        return False
    with transaction.atomic():
        mails = Outgoing.objects.select_for_update(of=("self",)).select_related("recipient__province")
        ids = {uuid.UUID(one.decode()) for one in found if _is_uuid(one)}
        mail = mails.filter(message_id__in=ids, state=Outgoing.State.SENT).first()
        if mail is None:
            return False
        mail.state, mail.last_error = Outgoing.State.UNDELIVERED, f"RETURNED {status}"
        mail.save(update_fields=["state", "last_error"])
        report(mail)
    return True


def _status(message: Message) -> str:
    """``5.1.1`` of a delivery report that says "failed"; "" otherwise."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            for fields in part.walk():
                if str(fields.get("Action", "")).strip().lower() == "failed":
                    return re.sub(r"[^\d.]", "", str(fields.get("Status", "")))[:12]
    return ""


def _is_uuid(text: bytes) -> bool:
    try:
        uuid.UUID(text.decode())
    except ValueError:
        return False
    return True
