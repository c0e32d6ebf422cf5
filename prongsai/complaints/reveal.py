"""Seeing who a sender is: two persons, one look, always told (domain analysis 2.3; NACC Act s.60).

A handler asks with purpose and reason; a custodian allows it within a day by lending the second share of the key; the
handler opens it once, for a quarter of an hour. The sender's tracking page says how often and why.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from prongsai import sealed
from prongsai.acts import Act, Refused, Step, perform
from prongsai.complaints.forms import reason_field
from prongsai.complaints.keyring import key_in_hand
from prongsai.complaints.models import Case, EnvelopeScan, Receipt, Reveal
from prongsai.complaints.team import may_handle, never_told
from prongsai.notices import To
from prongsai.organisation.actors import Actor
from prongsai.organisation.holders import holders
from prongsai.sealed.models import Grant, Keyholder, Share
from prongsai.ui.forms import RadioGroup, ThaiTextField

S = Reveal.State


class RevealForm(forms.Form):
    purpose = forms.ChoiceField(label="วัตถุประสงค์", choices=Reveal.Purpose.choices, widget=RadioGroup)
    document_no = ThaiTextField(
        label="เลขที่คำสั่งหรือหนังสือ", help_text="จำเป็นเมื่อเป็นคำสั่งศาลหรือหน่วยงาน", required=False, max_length=80
    )
    reason = reason_field("เหตุผลและข้อมูลที่ต้องการ")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        by_order = data.get("purpose") in (Reveal.Purpose.COURT, Reveal.Purpose.AUTHORITY)
        if by_order and not data.get("document_no") and "document_no" not in self.errors:
            self.add_error("document_no", "โปรดระบุเลขที่คำสั่งหรือหนังสือ")
        return data


def custodians(step: Step) -> Iterable[int]:
    keepers = [p.pk for p in holders("identity_custodian", step.record.province)]
    barred = {person for _case, person in never_told([str(step.record.pk)], keepers)}
    return [pk for pk in keepers if pk != step.actor.person_id and pk not in barred]


def every_custodian(step: Step) -> Iterable[To]:
    """Whoever keeps identities when the mail goes out; not the one who asks."""
    return [To("identity_custodian", step.record.province)]


def requester(step: Step) -> Iterable[int]:
    return [step.record.requested_by_id]


class RequestReveal(Act):
    """ขอเปิดดูข้อมูลผู้ร้องเรียน: purpose, reason of at least 30 characters; nothing is shown by asking."""

    title = "ขอเปิดดูข้อมูลผู้ร้องเรียน"
    title_en = "Request to see the sender's identity"
    record = Case
    secrecy = "S4"
    clauses = ("M5.2.2.1",)
    form = RevealForm
    tells = [every_custodian]
    tells_text = "มีคำขอเปิดดูข้อมูลผู้ร้องเรียน"
    tells_of_duty = True
    grave = True
    done = "ส่งคำขอถึงผู้เก็บรักษาข้อมูลแล้ว"

    def by(self, actor: Actor, record: Case) -> str | None:
        if why_not := may_handle(actor, record):
            return why_not
        return None if record.matter.handler_id == actor.person_id else "เฉพาะผู้รับผิดชอบเรื่องนี้"

    def ready(self, actor: Actor, record: Case) -> str | None:
        waiting = record.reveals.filter(requested_by=actor.person, state__in=(S.REQUESTED, S.APPROVED))
        return "มีคำขอของท่านที่รอพิจารณาหรือรอเปิดดูอยู่แล้ว" if waiting.exists() else None

    def apply(self, step: Step) -> None:
        case: Case = step.record
        receipt = Receipt.objects.filter(case=case, identity__isnull=False).order_by("received_at").first()
        own = Keyholder.objects.of(step.actor.person_id).first()
        if receipt is None or own is None:
            raise Refused("ไม่มีข้อมูลผู้ร้องเรียนในเรื่องนี้ หรือท่านยังไม่มีกุญแจ")
        keepers = Keyholder.objects.of(*[i for i in custodians(step)])
        envelope = sealed.create_envelope("reveal", members=[own, *keepers])
        reveal = Reveal(
            province=case.province,
            agency=case.agency,
            state=S.REQUESTED,
            case=case,
            receipt=receipt,
            purpose=step.data["purpose"],
            document_no=step.data["document_no"],
            envelope=envelope,
            requested_by=step.actor.person,
            requested_label=step.actor.label,
            requested_at=step.now,
            is_sample=case.is_sample,
        )
        reveal.reason = envelope.put(step.data["reason"], context=f"reveal:{reveal.pk}")
        reveal.save(force_insert=True)
        step.content.update(reveal=str(reveal.pk), purpose=reveal.purpose)


class CustodianAct(Act):
    record = Reveal
    secrecy = "S4"
    clauses = ("M5.2.2.1",)

    def by(self, actor: Actor, record: Reveal) -> str | None:
        if actor.kind != "staff" or not actor.has("identity_custodian"):
            return "เฉพาะผู้เก็บรักษาข้อมูลผู้ร้องเรียน"
        if record.requested_by_id == actor.person_id:
            return "ผู้ขอและผู้อนุญาตต้องมิใช่บุคคลเดียวกัน"
        return None

    def sets(self, step: Step) -> dict[str, Any]:
        return {"decided_by": step.actor.person, "decided_label": step.actor.label, "decided_at": step.now}


class AllowReveal(CustodianAct):
    """อนุญาต: the custodian lends the second share of the key to this handler alone, for a day at most."""

    title = "อนุญาตให้เปิดดู"
    title_en = "Allow"
    moves = {S.REQUESTED: S.APPROVED}
    tells = [requester]
    tells_text = "คำขอเปิดดูข้อมูลผู้ร้องเรียนได้รับอนุญาตแล้ว"
    needs_unlock = True
    proof = True
    main = True

    def ready(self, actor: Actor, record: Reveal) -> str | None:
        late = timezone.now() > record.requested_at + Reveal.ANSWER_WITHIN
        return "คำขอนี้พ้นกำหนด ๒๔ ชั่วโมงแล้ว" if late and record.state == S.REQUESTED else None

    def apply(self, step: Step) -> None:
        reveal: Reveal = step.record
        unlocked = key_in_hand(step)
        to = Keyholder.objects.of(reveal.requested_by_id).first()
        if to is None:
            raise Refused("ผู้ขอไม่มีกุญแจแล้ว จึงอนุญาตมิได้")
        try:
            until = timezone.now() + Reveal.ANSWER_WITHIN
            sealed.release(unlocked, reveal.receipt.identity.envelope, to=to, until=until)
        except sealed.SealError as error:
            raise Refused(str(error)) from error


class DeclineReveal(CustodianAct):
    title = "ไม่อนุญาต"
    title_en = "Decline"
    moves = {S.REQUESTED: S.DECLINED}
    tells = [requester]
    tells_text = "คำขอเปิดดูข้อมูลผู้ร้องเรียนไม่ได้รับอนุญาต"
    grave = True


class OpenIdentity(Act):
    """เปิดดู: the one look; from now on a quarter of an hour."""

    title = "เปิดดูข้อมูลผู้ร้องเรียน (๑๕ นาที)"
    title_en = "Open the identity (15 minutes)"
    record = Reveal
    secrecy = "S4"
    clauses = ("M5.2.2.1",)
    moves = {S.APPROVED: S.OPENED}
    tells = [every_custodian]
    tells_text = "มีการเปิดดูข้อมูลผู้ร้องเรียน"
    needs_unlock = True
    proof = True
    main = True

    def by(self, actor: Actor, record: Reveal) -> str | None:
        return None if actor.person and record.requested_by_id == actor.person_id else "เฉพาะผู้ที่ได้รับอนุญาต"

    def sets(self, step: Step) -> dict[str, Any]:
        return {"opened_at": step.now}

    def apply(self, step: Step) -> None:
        key_in_hand(step)
        step.content.update(purpose=step.record.purpose)


class LapseReveal(Act):
    """พ้นกำหนด: nobody answered, or nobody looked, within a day."""

    title = "คำขอพ้นกำหนด"
    title_en = "The request has lapsed"
    record = Reveal
    secrecy = "S4"
    clauses = ("M5.2.2.1",)
    moves = {S.REQUESTED: S.LAPSED, S.APPROVED: S.LAPSED}
    face = "system"

    def by(self, actor: Actor, record: Reveal) -> str | None:
        return None if actor.kind == "system" else "ระบบดำเนินการเมื่อพ้นกำหนด"


def identity_of(reveal: Reveal, unlocked: sealed.Unlocked) -> dict[str, str]:
    """The sender's identity, while the look is on. Raises Refused afterwards."""
    if not reveal.is_open(timezone.now()):
        raise Refused("พ้นเวลาเปิดดูแล้ว")
    identity = reveal.receipt.identity
    opened = unlocked.open(identity.envelope)
    return opened.json(bytes(identity.sealed), context=f"identity:{reveal.case_id}")


def envelope_scans(reveal: Reveal) -> QuerySet[EnvelopeScan]:
    """Scans of the letter's envelope, which are sealed with the identity and given out while the look is on."""
    scans = EnvelopeScan.objects.filter(item__receipt_id=reveal.receipt_id)
    return scans.select_related("file__working_copy").order_by("pk")


def close_looks() -> int:
    """Take back what was lent for looks that are over, and lapse requests nobody answered. For the worker's clock."""
    now, count = timezone.now(), 0
    for reveal in Reveal.objects.filter(state=S.OPENED, opened_at__lte=now - Reveal.WINDOW).select_related(
        "receipt__identity"
    ):
        lent = Grant.objects.filter(
            envelope=reveal.receipt.identity.envelope_id,
            keyholder__person=reveal.requested_by_id,
            share=Share.CUSTODIAN,
            created_at__lte=reveal.opened_at,
        )
        count += lent.delete()[0]
    waiting = Reveal.objects.filter(state__in=(S.REQUESTED, S.APPROVED)).select_related("province", "case")
    for reveal in waiting:
        if now > (reveal.decided_at or reveal.requested_at) + Reveal.ANSWER_WITHIN:
            perform(LapseReveal, reveal, actor=Actor.system(reveal.province))
            count += 1
    return count


ALL = [RequestReveal, AllowReveal, DeclineReveal, OpenIdentity, LapseReveal]
