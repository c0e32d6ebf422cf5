"""The two-person rule: a custodian lends the second share to one handler, for a short time.

The handler's own share and the lent one open the envelope until the release ends. What the screen has shown cannot be
taken back, and a copy of the database taken while a release stands helps only somebody who has that handler's passphrase
too; so releases are short, and the worker deletes those that have ended.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.sealed import boxes
from prongsai.sealed.envelopes import Unlocked
from prongsai.sealed.errors import NotAMember, ReleaseRefused, SamePerson
from prongsai.sealed.models import Envelope, Grant, Keyholder, Share, grant_context

LONGEST = timedelta(hours=24)


def release(custodian: Unlocked, envelope: Envelope, *, to: Keyholder, until: datetime) -> Grant:
    """Lend share 2 to the handler ``to`` until ``until`` (at most 24 hours). A later release replaces an earlier one.

    Raises ``NotAMember`` when the giver is no custodian of this envelope, ``SamePerson`` and ``ReleaseRefused``. The
    caller writes both persons and the reason to the ledger.
    """
    share, secret = custodian.own_share(envelope)
    if share != Share.CUSTODIAN:
        raise NotAMember
    if to.person_id is None or to.person_id == custodian.keyholder.person_id:
        raise SamePerson
    now = timezone.now()
    until = until.replace(microsecond=0)
    if not now < until <= now + LONGEST:
        raise ReleaseRefused(_("เวลาสิ้นสุดสิทธิเปิดข้อมูลต้องอยู่ภายใน 24 ชั่วโมงนับจากนี้"))
    own = Grant.objects.lasting().filter(envelope=envelope, keyholder=to, share=Share.HANDLER)
    with transaction.atomic():
        if to.retired_at is not None or not own.select_for_update().exists():
            raise ReleaseRefused(_("ผู้ขอเปิดข้อมูลมิได้เป็นผู้รับผิดชอบเรื่องนี้"))
        Grant.objects.filter(envelope=envelope, keyholder=to, expires_at__isnull=False).delete()
        return Grant.objects.create(
            envelope=envelope,
            keyholder=to,
            share=share,
            sealed=boxes.seal(bytes(to.public_key), secret, grant_context(envelope.id, share, until)),
            expires_at=until,
            released_by=custodian.keyholder,
        )


def purge_releases() -> int:
    """Delete releases that have ended; how many. For the worker's clock; expired ones open nothing in any case."""
    return Grant.objects.filter(expires_at__lte=timezone.now()).delete()[0]
