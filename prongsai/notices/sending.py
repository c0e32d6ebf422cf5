"""Mails to the mail server, each tried until it is taken, refused for good, or too old.

A mail is claimed (its row says so, and until when), sent, and marked. A worker that is killed in between loses nothing:
when the claim has run out, the mail is tried again. Only when it was killed between the server's "250" and the mark does
the recipient get the mail a second time, at most once per kill, with the same Message-ID.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
import smtplib
from dataclasses import dataclass

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from prongsai.notices import undelivered
from prongsai.notices.addressing import no_longer_right
from prongsai.notices.letters import letter
from prongsai.notices.models import Mailing, Notice, Outgoing
from prongsai.notices.planning import address_of, settings_of

log = logging.getLogger(__name__)

State = Outgoing.State
CLAIM = dt.timedelta(
    minutes=5
)  # longer than any exchange with the server (EMAIL_TIMEOUT is 10 seconds a step)
FIRST_PAUSE, LONGEST_PAUSE = dt.timedelta(minutes=1), dt.timedelta(hours=1)
GIVE_UP = dt.timedelta(days=5)  # RFC 5321 4.5.4.1
ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")  # RFC 3463


@dataclass(frozen=True)
class Failure:
    """What went wrong. ``for_good``: this mail never arrives; ``of_server``: no other one would get further now."""

    words: str
    for_good: bool = False
    of_server: bool = False


def failure(error: Exception) -> Failure:
    """Read an exception of the mail backend. Only codes are kept: a server's text could repeat what it was sent."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return Failure(_code("RCPT", code, text), for_good=code >= 500, of_server=code == 421)
    if isinstance(error, smtplib.SMTPDataError):
        words = _code("DATA", error.smtp_code, error.smtp_error)
        return Failure(words, for_good=error.smtp_code >= 500, of_server=error.smtp_code == 421)
    if isinstance(error, smtplib.SMTPResponseException):  # greeting, sign-in, our own sender address
        return Failure(_code("SERVER", error.smtp_code, error.smtp_error), of_server=True)
    if isinstance(error, OSError):
        return Failure(type(error).__name__, of_server=True)
    return Failure(type(error).__name__, for_good=True)  # an address that no mail header can carry


def _code(step: str, code: int, text: bytes | str) -> str:
    said = text.decode("ascii", "replace") if isinstance(text, bytes) else text
    found = ENHANCED.search(said)
    return f"{step} {code}{f' {found[0]}' if found else ''}"


def send_one(now: dt.datetime, server: BaseEmailBackend) -> bool | None:
    """Take the next mail that is due and try it. None: nothing is due; False: the server cannot be used now."""
    mail = _claim(now)
    if mail is None:
        return None
    with transaction.atomic():
        notices = _still_right(mail)
    if not notices:
        _move(mail, State.WITHHELD)
        return True
    wishes = settings_of(mail.recipient)
    if wishes.is_quiet(now):
        _move(mail, State.QUEUED, next_attempt_at=wishes.quiet_ends(now))
        return True
    address = address_of(mail.recipient)
    try:
        server.open()  # once for a whole run
        server.send_messages([letter(mail, notices, address)])
    except (OSError, ValueError) as error:
        server.close()
        return _failed(mail, failure(error), address, now)
    _move(mail, State.SENT, sent_at=now, address=address, attempts=mail.attempts + 1, last_error="")
    return True


def _claim(now: dt.datetime) -> Outgoing | None:
    """The oldest mail that is due, ours until the claim runs out. Other workers pass over it."""
    with transaction.atomic():
        due = Outgoing.objects.due(now).order_by("next_attempt_at", "pk")
        mail = due.select_for_update(skip_locked=True).first()
        if mail is not None:
            _move(mail, State.SENDING, next_attempt_at=now + CLAIM)
    if mail is None:
        return None
    return Outgoing.objects.select_related("recipient__user", "recipient__mail_settings").get(pk=mail.pk)


def _still_right(mail: Outgoing) -> list[Notice]:
    """The notices to send now. The others wait again: the planner holds them back or finds who is right instead."""
    notices = list(mail.notices.select_related("recipient__province").order_by("pk"))
    wrong = no_longer_right(notices) if address_of(mail.recipient) else {n.pk for n in notices}
    if wrong:
        Notice.objects.filter(pk__in=wrong).update(mailing=Mailing.WAITING, mail=None)
    return [n for n in notices if n.pk not in wrong]


def _failed(mail: Outgoing, found: Failure, address: str, now: dt.datetime) -> bool:
    attempts = mail.attempts + 1
    log.warning("mail %s was not taken: %s", mail.message_id, found.words)
    changes = {"attempts": attempts, "last_error": found.words, "address": address}
    if found.for_good or now - mail.created_at > GIVE_UP:
        with transaction.atomic():
            _move(mail, State.UNDELIVERED, **changes)
            undelivered.report(mail)
    else:
        pause = min(FIRST_PAUSE * 2 ** min(attempts - 1, 10), LONGEST_PAUSE)
        _move(mail, State.QUEUED, next_attempt_at=now + pause, **changes)
    return not found.of_server


def _move(mail: Outgoing, state: State, **changes: object) -> None:
    Outgoing.objects.filter(pk=mail.pk).update(state=state, **changes)


def connection_to_server() -> BaseEmailBackend:
    return get_connection(fail_silently=False)
