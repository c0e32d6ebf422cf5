"""How long a complaint is kept, and what its destruction takes out. What counts stays: number, dates, grounds, outcome."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from prongsai import files, sealed
from prongsai.complaints import rooms
from prongsai.complaints.models import (
    Case,
    CaseNote,
    EnvelopeScan,
    Evidence,
    Identity,
    Message,
    MessageFile,
    Receipt,
    Reveal,
)
from prongsai.complaints.team import may_handle
from prongsai.files.models import SealedFile
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Province
from prongsai.retention.disposables import Disposable
from prongsai.retention.holding import PlaceHold
from prongsai.sealed.models import Envelope


class HoldCase(PlaceHold):
    """ระงับการทำลาย: any member of the team, and whoever decides above; a court or an inquiry may need the file."""

    record = Case
    secrecy = "S3"

    def by(self, actor: Actor, record: Case) -> str | None:
        return may_handle(actor, record)


class Complaints(Disposable):
    """Kept for ten years after the last thing that happened (PM Office Regulation on Documentary Work, ข้อ 57)."""

    record = Case
    title = "เรื่องร้องเรียน"
    rule = "complaint_retention"
    audience = ("center_officer",)

    def ended(self, province: Province) -> QuerySet[Case]:
        """Over, with everything that was merged into it; a merged case goes when its main one may go."""
        cases = Case.objects.filter(province=province, state__in=Case.OVER, destroyed_at=None)
        # A list goes past the centre and the governor: what is the custodians' alone never stands in one (AT-M5-07).
        cases = cases.filter(custodians_only=False)
        return cases.exclude(Q(merged_into__isnull=False) & ~Q(merged_into__state__in=Case.OVER)).exclude(
            merged__state__in=set(Case.State.values) - set(Case.OVER)
        )

    def contents(self, record: Case) -> dict[str, int]:
        counts = {
            "หนังสือหรือข้อความที่รับ": record.receipts.count(),
            "ข้อความ": Message.objects.filter(receipt__case=record).count(),
            "บันทึกในสำนวน": record.notes.count(),
            "ไฟล์": kept_files(record).count(),
            "ข้อมูลผู้ร้องเรียน": Identity.objects.filter(receipt__case=record).count(),
            "คำขอเปิดดูข้อมูลผู้ร้องเรียน": record.reveals.count(),
        }
        return {what: n for what, n in counts.items() if n}

    def destroy(self, record: Case, *, by: str) -> None:
        """Keys, files and sealed rows. Identity requests keep who asked and when, which the sender was told."""
        for file in kept_files(record):
            files.remove(file, by=by)
        sealed.shred(envelopes_of(record))
        Evidence.objects.filter(case=record).delete()
        EnvelopeScan.objects.filter(item__case=record).delete()
        MessageFile.objects.filter(message__receipt__case=record).delete()
        CaseNote.objects.filter(case=record).delete()
        Message.objects.filter(receipt__case=record).delete()
        Identity.objects.filter(receipt__case=record).delete()
        Receipt.objects.filter(case=record).update(copy=b"")
        record.reveals.update(reason=b"")
        Case.objects.filter(pk=record.pk).update(file=b"", destroyed_at=timezone.now())


def envelopes_of(case: Case) -> QuerySet[Envelope]:
    """Every envelope that something of the case is sealed to: its own, its receipts', its identities', of other rooms."""
    receipts = Receipt.objects.filter(case=case)
    ids = {case.envelope_id, *receipts.values_list("correspondence_id", flat=True)}
    ids |= set(Identity.objects.filter(receipt__in=receipts).values_list("envelope_id", flat=True))
    ids |= set(Reveal.objects.filter(case=case).values_list("envelope_id", flat=True))
    return Envelope.objects.filter(pk__in=ids | rooms.envelopes(case))


def kept_files(case: Case) -> QuerySet[SealedFile]:
    """Files that are still there, whatever row names them; working copies go with their originals."""
    return SealedFile.objects.filter(envelope__in=envelopes_of(case), removed_at=None, original=None)
