"""Invitations go out by mail: tried until the server takes them, refuses them for good, or the invitation is over.

A mail is claimed (until when, its row says), sent, and marked, as those of ``notices``. It is not one of them: whoever
is invited is no person of the house yet. It says no name, no post and no agency: an address may be mistyped.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from contextlib import ExitStack

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from prongsai.notices.sending import CLAIM, FIRST_PAUSE, LONGEST_PAUSE, connection_to_server, failure
from prongsai.organisation.models import User
from prongsai.staff.links import address_of
from prongsai.staff.models import Invitation
from prongsai.thai.dates import format_datetime

log = logging.getLogger(__name__)

Mail = Invitation.Mail
LONGEST_RUN = 45.0  # seconds; what is left goes out in the next minute
SUBJECT = "[โปร่งใส] คำเชิญเปิดบัญชี"
INVITED = (
    "ท่านได้รับเชิญจากหัวหน้าหน่วยงานให้เปิดบัญชีในระบบโปร่งใส โปรดเปิดลิงก์ด้านล่างเพื่อยืนยันข้อมูลและตั้งรหัสผ่าน\n\n"
    "{address}\n\n"
    "ลิงก์นี้ใช้ได้ครั้งเดียว ถึง {until} โปรดอย่าส่งต่อให้ผู้อื่น\n"
    "หากท่านไม่ทราบเรื่องนี้ โปรดไม่ต้องดำเนินการใด\n"
)
HAS_ACCOUNT = (
    "มีผู้เชิญให้เปิดบัญชีในระบบโปร่งใสด้วยอีเมลนี้ แต่อีเมลนี้มีบัญชีที่เปิดใช้งานอยู่แล้ว ท่านไม่ต้องดำเนินการใด\n"
    "โปรดเข้าสู่ระบบตามปกติ หากลืมรหัสผ่าน โปรดติดต่อผู้ดูแลระบบของจังหวัด\n"
)


def send_invitations(now: dt.datetime | None = None) -> int:
    """Send what is due; returns how many mails were tried. May run twice at once and be killed at any moment."""
    fixed, end, tried = now, time.monotonic() + LONGEST_RUN, 0
    with ExitStack() as stack:
        server = (
            None  # made for the first mail only: a sample without a mail server writes mails into a directory
        )
        while time.monotonic() < end:
            invitation = _claim(fixed or timezone.now())
            if invitation is None:
                break
            if server is None:
                server = connection_to_server()
                stack.callback(server.close)
            tried += 1
            if not _send(invitation, server, fixed or timezone.now()):
                break
    return tried


def _claim(now: dt.datetime) -> Invitation | None:
    due = Invitation.objects.filter(
        state=Invitation.State.INVITED, mail=Mail.QUEUED, mail_next_at__lte=now, expires_at__gt=now
    )
    with transaction.atomic():
        found = due.select_for_update(skip_locked=True).order_by("mail_next_at").first()
        if found is not None:
            Invitation.objects.filter(pk=found.pk).update(mail_next_at=now + CLAIM)
    return found


def _send(invitation: Invitation, server: BaseEmailBackend, now: dt.datetime) -> bool:
    """False: the server cannot be used now. Marks only the round that was sent: another may have begun meanwhile."""
    row = Invitation.objects.filter(pk=invitation.pk, round=invitation.round)
    try:
        server.open()
        server.send_messages([letter(invitation)])
    except (OSError, ValueError) as error:
        server.close()
        found, attempts = failure(error), invitation.mail_attempts + 1
        log.warning("invitation %s was not taken: %s", invitation.pk, found.words)
        pause = min(FIRST_PAUSE * 2 ** min(attempts - 1, 10), LONGEST_PAUSE)
        row.update(
            mail=Mail.UNDELIVERED if found.for_good else Mail.QUEUED,
            mail_attempts=attempts,
            mail_next_at=now + pause,
            mail_error=found.words,
        )
        return not found.of_server
    row.update(mail=Mail.SENT, mail_attempts=invitation.mail_attempts + 1, mail_error="")
    return True


def letter(invitation: Invitation) -> EmailMessage:
    user = User.objects.select_related("person").filter(email=invitation.email).first()
    if user is not None and user.may_sign_in():
        text = HAS_ACCOUNT
    else:
        until = format_datetime(timezone.localtime(invitation.expires_at))
        text = INVITED.format(address=address_of(invitation), until=until)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    return EmailMessage(
        SUBJECT,
        text,
        to=[invitation.email],
        headers={
            # The same at every attempt of one round, so that a mail system that gets it twice can tell.
            "Message-ID": f"<{invitation.pk}.{invitation.round}@{domain}>",
            "Auto-Submitted": "auto-generated",
        },
    )
